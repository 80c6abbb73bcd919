import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { APIMessage, REST } from 'discord.js';

import { clipIn } from '../commands/clip-candidates.js';
import type { ClipFinder, FileReference, WantedFile, Whereabouts } from '../commands/clip-finder.js';
import type { InputOrigin } from '../commands/clip-job.js';
import { CommandError } from '../commands/errors.js';
import type { CommandErrorCode } from '../commands/errors.js';
import { shownMessage } from '../commands/shown-message.js';

/** Whether a person may read the messages of a guild's channel. */
export type MayRead = (userId: string, guildId: string, channelId: string) => Promise<boolean>;

export interface DiscordClipFinderOptions {
  readonly rest: REST;
  readonly mayRead: MayRead;
}

/** Messages that are looked through for the latest clip: what Discord lists at once. */
const LATEST = 100;

/** Finds clips by asking Discord for messages, anew each time: the addresses of files in them expire. */
export class DiscordClipFinder implements ClipFinder {
  readonly #options: DiscordClipFinderOptions;

  constructor(options: DiscordClipFinderOptions) {
    this.#options = options;
  }

  async latest({ guildId, channelId, botUserId }: Whereabouts, wanted: WantedFile): Promise<FileReference> {
    const query = new URLSearchParams({ limit: String(LATEST) });
    const found = await this.#ask(() => this.#options.rest.get(Routes.channelMessages(channelId), { query }));
    for (const message of found as APIMessage[]) {
      if (message.author.id !== botUserId) continue;
      const file = clipIn(
        shownMessage(message, guildId),
        { guildId, channelId, messageId: message.id },
        wanted,
      );
      if (file) return file;
    }
    throw new CommandError('clip_not_found');
  }

  async inMessage(message: InputOrigin, where: Whereabouts, wanted: WantedFile): Promise<FileReference> {
    const { channelId, messageId } = message;
    if (!(await this.#isOpenTo(where, message))) throw new CommandError('link_foreign');
    const route = Routes.channelMessage(channelId, messageId);
    const found = (await this.#ask(() => this.#options.rest.get(route))) as APIMessage;
    const file = clipIn(shownMessage(found, message.guildId), message, wanted);
    if (!file) throw new CommandError('message_without_clip');
    return file;
  }

  /** Whoever uses a command in a channel can read it; of other channels nobody may learn through the bot. */
  async #isOpenTo({ userId, channelId }: Whereabouts, message: InputOrigin): Promise<boolean> {
    if (message.channelId === channelId) return true;
    return (
      message.guildId !== null && (await this.#options.mayRead(userId, message.guildId, message.channelId))
    );
  }

  async #ask(request: () => Promise<unknown>): Promise<unknown> {
    try {
      return await request();
    } catch (cause) {
      const code = cause instanceof DiscordAPIError ? REFUSALS.get(cause.code) : undefined;
      throw code === undefined ? cause : new CommandError(code, { cause });
    }
  }
}

const REFUSALS: ReadonlyMap<string | number, CommandErrorCode> = new Map([
  [RESTJSONErrorCodes.UnknownMessage, 'message_gone'],
  [RESTJSONErrorCodes.UnknownChannel, 'channel_unreadable'],
  [RESTJSONErrorCodes.MissingAccess, 'channel_unreadable'],
  [RESTJSONErrorCodes.MissingPermissions, 'channel_unreadable'],
]);
