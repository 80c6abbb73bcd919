import { MessageFlags } from 'discord.js';
import type { APIEmbed } from 'discord.js';
import { messageEvent } from '../payloads/message-events.js';
import { planAttachments } from '../rules/file-rules.js';
import type { UploadedFile } from '../rules/file-rules.js';
import { pingsOf } from '../rules/mentions.js';
import type { MessageForm } from '../rules/message-form.js';
import { checkDraft, checkVoiceMessage, draftNew } from '../rules/message-rules.js';
import { may } from '../rules/permissions.js';
import { guildOf } from '../state/channel.js';
import type { Channel } from '../state/channel.js';
import { Message } from '../state/message.js';
import type { MessageBody, MessageOrigin, Pings } from '../state/message.js';
import type { User } from '../state/user.js';
import type { World } from '../state/world.js';
import { announce } from './announce.js';
import { storeAttachments } from './store-attachments.js';

/** A message on its way into a channel. */
export interface Posting {
  readonly channel: Channel;
  readonly author: User;
  readonly form: MessageForm;
  readonly files: readonly UploadedFile[];
  readonly repliesTo?: Message | undefined;
  readonly origin?: MessageOrigin;
  /** Bits of `MessageFlags` that this way of posting lets the author set. */
  readonly allowedFlags: number;
  /** Bits that the message has whatever its author says. @defaultValue none */
  readonly forcedFlags?: number;
}

/** Flags that an edit may set; those that the message has otherwise stay. */
export const EDITABLE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/** Flags that a bot may set on an ordinary message. */
export const BOT_MESSAGE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

/** Flags that a bot may set on a response to an interaction. */
export const RESPONSE_FLAGS = BOT_MESSAGE_FLAGS | MessageFlags.Ephemeral;

/**
 * Checks a message, stores it and tells the gateway.
 *
 * @throws ApiError if it breaks a rule
 */
export function postMessage(world: World, posting: Posting): Message {
  const { body, pings } = composeMessage(world, posting);
  if (posting.channel.kind === 'thread') posting.channel.archived = false;
  const message = new Message({
    ...body,
    id: world.snowflakes.next(),
    channel: posting.channel,
    author: posting.author,
    createdAt: world.clock.now(),
    pings,
    nonce: posting.form.nonce ?? undefined,
    repliesTo: posting.repliesTo,
    origin: posting.origin,
  });
  addMessage(world, message);
  return message;
}

/** Stores a message that has been checked, and tells the gateway. */
export function addMessage(world: World, message: Message): void {
  world.messages.set(message.id, message);
  announce(world, message, messageEvent(world, 'MESSAGE_CREATE', message));
}

/**
 * Checks a message and makes all of it but its identity.
 *
 * @throws ApiError if it breaks a rule
 */
export function composeMessage(world: World, posting: Posting): { body: MessageBody; pings: Pings } {
  const { form, files, channel } = posting;
  const plan = planAttachments(form, files, []);
  const flags = ((form.flags ?? 0) & posting.allowedFlags) | (posting.forcedFlags ?? 0);
  const draft = draftNew(form, plan, flags);
  checkVoiceMessage(draft, plan);
  checkDraft(draft);
  const body: MessageBody = {
    content: draft.content,
    embeds: draft.embeds as readonly APIEmbed[],
    components: draft.components,
    attachments: storeAttachments(world, channel.id, plan),
    flags: draft.flags,
  };
  return { body, pings: pingsFor(posting) };
}

function pingsFor({ channel, author, form, repliesTo }: Posting): Pings {
  return pingsOf({
    content: form.content ?? '',
    allowed: form.allowed_mentions ?? undefined,
    repliesTo,
    mayMentionEveryone: may(channel, author, 'MentionEveryone'),
    isMentionableRole: (roleId) => guildOf(channel)?.roles.get(roleId)?.mentionable === true,
  });
}
