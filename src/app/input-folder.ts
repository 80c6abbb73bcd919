import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { InputStore } from '../commands/input-store.js';
import type { Logger } from '../logger.js';
import { QueueError } from '../queue/errors.js';

const UNFINISHED_SUFFIX = '.part';
const KEY = /^[0-9a-f]{32}$/;

/** The files that people gave, one on the disk for each key. */
export class InputFolder implements InputStore {
  readonly #path: string;
  readonly #logger: Logger;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  async save(bytes: Uint8Array): Promise<string> {
    const key = randomBytes(16).toString('hex');
    const unfinished = this.#pathOf(key) + UNFINISHED_SUFFIX;
    try {
      await mkdir(this.#path, { recursive: true, mode: 0o700 });
      await writeFile(unfinished, bytes, { mode: 0o600 });
      await rename(unfinished, this.#pathOf(key));
      return key;
    } catch (cause) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw new QueueError('storage_failed', 'The file could not be kept, so it was not accepted.', {
        cause,
      });
    }
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.#pathOf(key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await rm(this.#pathOf(key), { force: true });
    } catch (err) {
      this.#logger.warn('A file that was given could not be removed from the disk.', { err });
    }
  }

  /** Removes what an earlier run left behind that no job needs. Call it before any file is saved. */
  async sweep(needed: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#path).catch(() => []);
    for (const name of names) {
      if (!needed.has(name)) await rm(join(this.#path, name), { recursive: true, force: true });
    }
  }

  #pathOf(key: string): string {
    if (!KEY.test(key)) throw new RangeError('Expected the key of a kept file.');
    return join(this.#path, key);
  }
}
