import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import type { FileReference } from '../commands/clip-finder.js';
import type { Choice, ChosenClips } from '../commands/menus/chosen-clips.js';
import type { PersonalRecords } from '../commands/personal-records.js';
import type { Logger } from '../logger.js';
import type { Clock } from './clock.js';
import { replaceFile } from './durable-file.js';

/** Milliseconds for which a choice is good. */
const LIFETIME_MS = 60 * 60 * 1000;
const CHOICES: readonly Choice[] = ['remix', 'morph'];

const fileSchema = z.object({
  chosenAt: z.number(),
  clip: z.object({
    url: z.string(),
    name: z.string(),
    contentType: z.string().optional(),
    size: z.number().optional(),
    origin: z
      .object({ guildId: z.string().nullable(), channelId: z.string(), messageId: z.string() })
      .nullable(),
  }),
});

export interface ChosenClipsFolderOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The clips that people have chosen in menus, one small file for each person and use. */
export class ChosenClipsFolder implements ChosenClips, PersonalRecords {
  readonly #options: ChosenClipsFolderOptions;

  constructor(options: ChosenClipsFolderOptions) {
    this.#options = options;
  }

  async remember(userId: string, choice: Choice, clip: FileReference): Promise<void> {
    const chosenAt = this.#options.clock.now();
    await replaceFile(this.#pathOf(userId, choice), JSON.stringify({ chosenAt, clip }));
  }

  async recall(userId: string, choice: Choice): Promise<FileReference | undefined> {
    const found = await readChoice(this.#pathOf(userId, choice));
    return found !== undefined && this.#isGood(found) ? found.clip : undefined;
  }

  async drop(userId: string, choice: Choice): Promise<void> {
    try {
      await rm(this.#pathOf(userId, choice), { force: true });
    } catch (err) {
      this.#options.logger.warn('A choice could not be removed from the disk.', { err });
    }
  }

  async forget(userId: string): Promise<void> {
    for (const choice of CHOICES) await rm(this.#pathOf(userId, choice), { force: true });
  }

  /** Removes what nobody can use any more. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#options.path).catch(() => [])) {
      const path = join(this.#options.path, name);
      const found = await readChoice(path);
      if (found === undefined || !this.#isGood(found)) await rm(path, { force: true });
    }
  }

  #isGood({ chosenAt }: z.output<typeof fileSchema>): boolean {
    return this.#options.clock.now() - chosenAt < LIFETIME_MS;
  }

  #pathOf(userId: string, choice: Choice): string {
    if (!/^\d{1,20}$/.test(userId)) throw new RangeError('Expected the id of a person.');
    return join(this.#options.path, `${userId}-${choice}.json`);
  }
}

/** Undefined when there is none, or none that can be read: a choice is made anew in no time. */
async function readChoice(path: string): Promise<z.output<typeof fileSchema> | undefined> {
  try {
    return fileSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
