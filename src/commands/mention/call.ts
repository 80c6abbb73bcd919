/** Whether a message asks the bot for something, and of which clip. */
import { MessageType } from 'discord.js';
import type { Message } from 'discord.js';

import type { FileReference } from '../clip-finder.js';
import type { InputOrigin } from '../clip-job.js';
import { isClipFile } from '../file-names.js';
import { parseInstruction } from './instruction.js';
import type { Instruction, InstructionWords } from './instruction.js';

export type Call =
  /** Somebody mentions the bot and does not say what it should do. */
  | { readonly type: 'greeting' }
  | { readonly type: 'remix'; readonly instruction: Instruction; readonly clip: CalledClip };

/** What is to be remixed. */
export type CalledClip =
  | { readonly type: 'file'; readonly file: FileReference }
  | { readonly type: 'message'; readonly message: InputOrigin };

/** Discord declares so what people attach that may be a clip. */
const CLIP_TYPES = /^(audio|image)\/|^video\/ogg|^application\/ogg/;

/**
 * Who mentions the bot in words wants something of it. Who replies to one of its clips may as well talk of it: then
 * the reply must say how, or begin as instructions do. Without the message-content intent Discord shows the bot the text
 * of both, and of no other message in a guild.
 *
 * @returns `undefined` for a message that is none of the bot's business
 */
export function callOf(message: Message, botUserId: string, words: InstructionWords): Call | undefined {
  const { author, system, webhookId, content } = message;
  if (author.bot || system || webhookId !== null) return undefined;
  const isMentioned = new RegExp(`<@!?${botUserId}>`).test(content);
  const instruction = parseInstruction(content, words);
  const clip = calledClip(message);
  if (!isMentioned) {
    const isMeant = instruction.isExplicit && clip?.type === 'message' && repliesToClipOf(message, botUserId);
    return isMeant ? { type: 'remix', instruction, clip } : undefined;
  }
  const saysNothing = instruction.words === '' && !instruction.isExplicit;
  return clip === undefined || saysNothing ? { type: 'greeting' } : { type: 'remix', instruction, clip };
}

/** A file that the message brings along goes before the message that it replies to. */
function calledClip(message: Message): CalledClip | undefined {
  const { id: messageId, guildId, channelId, reference } = message;
  const file = [...message.attachments.values()].find(({ contentType }) =>
    CLIP_TYPES.test(contentType ?? ''),
  );
  if (file) {
    const { url, name, size, contentType } = file;
    const origin = { guildId, channelId, messageId };
    return { type: 'file', file: { url, name, size, contentType: contentType ?? undefined, origin } };
  }
  const repliedId = message.type === MessageType.Reply ? reference?.messageId : undefined;
  return repliedId === undefined
    ? undefined
    : { type: 'message', message: { guildId, channelId, messageId: repliedId } };
}

/** Discord sends along the message that is replied to. */
function repliesToClipOf({ channel, reference }: Message, botUserId: string): boolean {
  const replied = channel.messages.cache.get(reference?.messageId ?? '');
  if (replied?.author.id !== botUserId) return false;
  const shown = replied.embeds.some(({ image }) => image !== null);
  return shown || replied.attachments.some(({ name }) => isClipFile(name));
}
