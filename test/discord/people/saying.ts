import { lengthOf } from '../rules/fields.js';
import { ATTACHMENT_SIZE_LIMIT } from '../rules/file-rules.js';
import { may } from '../rules/permissions.js';
import type { Channel } from '../state/channel.js';
import type { Message } from '../state/message.js';
import type { User } from '../state/user.js';
import { ClientRefusal } from './client-refusal.js';
import type { LocalFile } from './command-input.js';

/** What a person adds to a message. */
export interface SayOptions {
  readonly replyTo?: Message;
  /**
   * Whether a reply notifies the author of the other message. A response to an interaction has no author who could
   * be notified.
   *
   * @defaultValue true
   */
  readonly ping?: boolean;
  readonly files?: readonly LocalFile[];
}

/** What a person has spoken or played into a microphone. */
export interface Recording {
  /** Ogg with Opus. */
  readonly bytes: Buffer;
  readonly durationSeconds: number;
}

const MAX_LENGTH = 2000;
const MAX_FILES = 10;

/** @throws ClientRefusal for a message that the client would not send */
export function checkSaying(author: User, channel: Channel, content: string, options: SayOptions): void {
  const { files = [], replyTo } = options;
  if (!may(channel, author, 'ViewChannel', 'SendMessages')) {
    throw new ClientRefusal('You may not write here.');
  }
  if (channel.kind === 'thread' && channel.locked) throw new ClientRefusal('The thread is locked.');
  if (files.length > 0 && !may(channel, author, 'AttachFiles')) {
    throw new ClientRefusal('You may not attach files here.');
  }
  if (files.length > MAX_FILES || files.some(({ bytes }) => bytes.length > ATTACHMENT_SIZE_LIMIT)) {
    throw new ClientRefusal('Your files are too powerful.');
  }
  if (content.trim() === '' && files.length === 0) throw new ClientRefusal('There is nothing to send.');
  if (lengthOf(content) > MAX_LENGTH) throw new ClientRefusal('Your message is too long.');
  if (replyTo !== undefined) checkReplying(author, channel, replyTo);
}

function checkReplying(author: User, channel: Channel, replyTo: Message): void {
  const isThere = replyTo.channel.id === channel.id && !replyTo.deleted;
  if (!isThere || replyTo.ephemeral || !may(channel, author, 'ReadMessageHistory')) {
    throw new ClientRefusal('You cannot reply to that message.');
  }
}
