import type { Message, Pings } from '../state/message.js';
import type { AllowedMentions } from './message-form.js';

/** What decides who is notified. */
export interface MentionContext {
  readonly content: string;
  /** Undefined: everything that is mentioned is notified. */
  readonly allowed: AllowedMentions | undefined;
  readonly repliesTo: Message | undefined;
  /** Whether the author may mention @everyone, @here and roles that are not open to mentions. */
  readonly mayMentionEveryone: boolean;
  readonly isMentionableRole: (roleId: string) => boolean;
}

/** Works out who is notified by a new message, by the rules of `allowed_mentions`. */
export function pingsOf(context: MentionContext): Pings {
  const { allowed, content } = context;
  const parses = (kind: 'users' | 'roles' | 'everyone'): boolean =>
    allowed === undefined || allowed.parse?.includes(kind) === true;
  const userIds = mentionedIds(content, /<@!?(\d+)>/g).filter(
    (id) => parses('users') || allowed?.users?.includes(id) === true,
  );
  const roleIds = mentionedIds(content, /<@&(\d+)>/g).filter(
    (id) =>
      (parses('roles') || allowed?.roles?.includes(id) === true) &&
      (context.mayMentionEveryone || context.isMentionableRole(id)),
  );
  return {
    everyone: /@(everyone|here)\b/.test(content) && parses('everyone') && context.mayMentionEveryone,
    userIds: [...new Set([...userIds, ...repliedUser(context)])],
    roleIds,
  };
}

function mentionedIds(content: string, pattern: RegExp): string[] {
  return [...new Set([...content.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
}

/** Responses to interactions are written by a webhook, which nobody can notify. */
function repliedUser({ repliesTo, allowed }: MentionContext): string[] {
  const pinged = allowed === undefined || allowed.replied_user === true;
  return repliesTo !== undefined && repliesTo.origin === undefined && pinged ? [repliesTo.author.id] : [];
}
