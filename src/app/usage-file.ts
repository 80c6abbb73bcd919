import { z } from 'zod';

import type { PersonalRecords } from '../commands/personal-records.js';
import { USAGE_WINDOW_MS } from '../commands/settings/usage-log.js';
import type { Usage, UsageLog } from '../commands/settings/usage-log.js';
import type { Logger } from '../logger.js';
import type { Clock } from './clock.js';
import { readOrPutAside, replaceFile } from './durable-file.js';

const id = z.string().regex(/^\d{1,20}$/);
const fileSchema = z.object({
  version: z.literal(1),
  usage: z.array(
    z.object({ at: z.number(), userId: id, guildId: id.nullable(), clips: z.int().min(1) }).readonly(),
  ),
});

export interface UsageFileOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who was promised how many clips in the last hour: in memory, and soon after in a file. */
export class UsageFile implements UsageLog, PersonalRecords {
  readonly #options: UsageFileOptions;
  /** Oldest first. */
  #usage: readonly Usage[];
  /** People who want to be forgotten: what is known of them stays in memory alone, for quotas, until its hour is over. */
  readonly #forgotten = new Set<Usage>();
  #isStale = false;
  #writing: Promise<void> | undefined;

  private constructor(options: UsageFileOptions, usage: readonly Usage[]) {
    this.#options = options;
    this.#usage = usage;
  }

  /** @throws the error of the file system */
  static async open(options: UsageFileOptions): Promise<UsageFile> {
    const parse = (text: string) => fileSchema.parse(JSON.parse(text)).usage;
    const reading = await readOrPutAside(options.path, parse);
    if (reading.state === 'damaged') {
      const { keptAs, cause: err } = reading;
      options.logger.error('The count of clips is damaged: it begins anew.', { keptAs, err });
    }
    return new UsageFile(options, reading.state === 'read' ? reading.value : []);
  }

  recent(): readonly Usage[] {
    const now = this.#options.clock.now();
    // A clock that was set back must not keep people waiting for what lies in its future.
    const isRecent = ({ at }: Usage) => at > now - USAGE_WINDOW_MS && at <= now;
    this.#usage = this.#usage.filter(isRecent);
    for (const usage of this.#forgotten) if (!isRecent(usage)) this.#forgotten.delete(usage);
    return this.#usage;
  }

  note(usage: Omit<Usage, 'at'>): Usage {
    const noted = { ...usage, at: this.#options.clock.now() };
    this.#usage = [...this.recent(), noted];
    void this.#save();
    return noted;
  }

  takeBack(usage: Usage): void {
    this.#usage = this.#usage.filter((one) => one !== usage);
    void this.#save();
  }

  async forget(userId: string): Promise<void> {
    const usage = this.recent().filter((one) => one.userId === userId && !this.#forgotten.has(one));
    if (usage.length === 0) return;
    for (const one of usage) this.#forgotten.add(one);
    await this.#save();
  }

  /** Resolves when everything is written. Never rejects. */
  async close(): Promise<void> {
    await this.#writing;
  }

  /** What comes while the file is being written is written after that, together. Never rejects. */
  #save(): Promise<void> {
    this.#isStale = true;
    this.#writing ??= this.#writeWhileStale().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeWhileStale(): Promise<void> {
    const { path, logger } = this.#options;
    while (this.#isStale) {
      this.#isStale = false;
      const usage = this.recent().filter((one) => !this.#forgotten.has(one));
      try {
        await replaceFile(path, JSON.stringify({ version: 1, usage }));
      } catch (err) {
        logger.warn('The count of clips could not be written; after a restart it is lower.', { err });
      }
    }
  }
}
