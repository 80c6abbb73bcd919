import type { InputOrigin } from './clip-job.js';

/** Which file of a message is meant, where it has several. */
export type WantedFile = 'any' | 'picture' | 'sound';

/** A file on Discord that may be a clip; its address is good for some hours. */
export interface FileReference {
  readonly url: string;
  readonly name: string;
  /** As Discord declares it; undefined when it does not. */
  readonly contentType?: string | undefined;
  /** Bytes, as Discord declares them; undefined when it does not. */
  readonly size?: number | undefined;
  /** Null when it is in no message. */
  readonly origin: InputOrigin | null;
}

/** Where, and for whom, clips are looked for. */
export interface Whereabouts {
  readonly userId: string;
  /** Null in direct messages. */
  readonly guildId: string | null;
  readonly channelId: string;
  /** The bot's own user. */
  readonly botUserId: string;
}

/** Finds clips in messages, as far as both the bot and the asker may read them. */
export interface ClipFinder {
  /** In the newest message of the bot's own that has one. @throws CommandError */
  latest(where: Whereabouts, wanted: WantedFile): Promise<FileReference>;
  /** @throws CommandError */
  inMessage(message: InputOrigin, where: Whereabouts, wanted: WantedFile): Promise<FileReference>;
}
