import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

import { DEFAULT_GUILD_SETTINGS, guildSettingsSchema } from '../commands/settings/guild-settings.js';
import type { GuildSettings } from '../commands/settings/guild-settings.js';
import type { SettingsStore } from '../commands/settings/settings-store.js';
import type { Logger } from '../logger.js';
import { readOrPutAside, replaceFile, UNFINISHED_SUFFIX } from './durable-file.js';

const VERSION = 1;
const FILE = /^(\d{1,20})\.json$/;

const fileSchema = z.object({ version: z.literal(VERSION), settings: guildSettingsSchema });

/** What guilds have decided, one file for each, and in memory. Only one process may have the folder. */
export class SettingsFolder implements SettingsStore {
  readonly #path: string;
  readonly #settings: Map<string, GuildSettings>;
  /** The end of the line of writers. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(path: string, settings: Map<string, GuildSettings>) {
    this.#path = path;
    this.#settings = settings;
  }

  /** Reads what there is. A damaged file is put aside, and its guild has the defaults. @throws the error of the file system */
  static async open(path: string, logger: Logger): Promise<SettingsFolder> {
    const settings = new Map<string, GuildSettings>();
    for (const name of await namesIn(path)) {
      const [, guildId] = FILE.exec(name) ?? [];
      if (name.endsWith(UNFINISHED_SUFFIX)) await rm(join(path, name), { force: true });
      if (guildId === undefined) continue;
      const reading = await readOrPutAside(join(path, name), parseFile);
      if (reading.state === 'read') settings.set(guildId, reading.value);
      if (reading.state === 'damaged') {
        const { keptAs, cause: err } = reading;
        const message = 'The settings of a guild are damaged: it has the defaults until they are set anew.';
        logger.error(message, { guildId, keptAs, err });
      }
    }
    return new SettingsFolder(path, settings);
  }

  read(guildId: string | null): GuildSettings {
    return (guildId === null ? undefined : this.#settings.get(guildId)) ?? DEFAULT_GUILD_SETTINGS;
  }

  change(guildId: string, change: (settings: GuildSettings) => GuildSettings): Promise<GuildSettings> {
    return this.#inTurn(async () => {
      const settings = Object.freeze(guildSettingsSchema.parse(change(this.read(guildId))));
      await this.#write(guildId, settings);
      this.#settings.set(guildId, settings);
      return settings;
    });
  }

  async #write(guildId: string, settings: GuildSettings): Promise<void> {
    if (!/^\d{1,20}$/.test(guildId)) throw new RangeError('Expected the id of a guild.');
    const path = join(this.#path, `${guildId}.json`);
    if (isDeepStrictEqual(settings, DEFAULT_GUILD_SETTINGS)) await rm(path, { force: true });
    else await replaceFile(path, `${JSON.stringify({ version: VERSION, settings }, null, 2)}\n`);
  }

  #inTurn<Result>(write: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(write);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function parseFile(text: string): GuildSettings {
  return Object.freeze(fileSchema.parse(JSON.parse(text)).settings);
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
