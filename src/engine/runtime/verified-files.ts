/**
 * Remembers that large files of a model were found whole, so that a start need not hash gigabytes again.
 *
 * Safe enough because of what the check is for. It finds damage: copies cut short, half a download, edits by mistake.
 * All of these change the file's size, a time stamp or its inode, and no program can set the change time (ctime).
 * Whoever may write to the folder could rewrite the manifest as well, against which no hash in it helps. What goes
 * unnoticed is decay of the disk below the file system; `riffcord models verify` hashes every byte, always.
 */
import { randomUUID } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import type { ManifestFile } from './model-manifest.js';

/** Bytes from which on a file is remembered: hashing less takes no time worth saving. */
export const REMEMBERED_FROM_BYTES = 256 * 2 ** 20;

const FILE_NAME = '.verified.json';
/** A file that changed so lately may change again within the same tick of the file system's clock. */
const SETTLED_AFTER_MS = 2000;

/** Integers of 64 bits as decimal text. */
const entrySchema = z.object({
  sha256: z.string(),
  bytes: z.string(),
  mtimeNs: z.string(),
  ctimeNs: z.string(),
  inode: z.string(),
});
const contentSchema = z.object({ version: z.literal(1), files: z.record(z.string(), entrySchema) });

type Entry = z.infer<typeof entrySchema>;

export class VerifiedFiles {
  readonly #path: string;

  /** @param folder the model's */
  constructor(folder: string) {
    this.#path = join(folder, FILE_NAME);
  }

  /** True when this very file, unchanged since, was found to have the hash that the manifest names. */
  async has(file: ManifestFile, stats: BigIntStats): Promise<boolean> {
    if (stats.size < REMEMBERED_FROM_BYTES) return false;
    const known = (await this.#read())[file.path];
    const current = entryOf(file, stats);
    return (
      known !== undefined &&
      Object.entries(current).every(([key, value]) => known[key as keyof Entry] === value)
    );
  }

  /** Notes that the file was found whole. Where the folder is read-only, nothing is noted. */
  async add(file: ManifestFile, stats: BigIntStats): Promise<void> {
    const changedAtMs = Number(stats.ctimeMs > stats.mtimeMs ? stats.ctimeMs : stats.mtimeMs);
    if (stats.size < REMEMBERED_FROM_BYTES || Date.now() - changedAtMs < SETTLED_AFTER_MS) return;
    const files = { ...(await this.#read()), [file.path]: entryOf(file, stats) };
    const temporary = `${this.#path}.${randomUUID()}.tmp`;
    try {
      await writeFile(temporary, JSON.stringify({ version: 1, files }), { flag: 'wx' });
      await rename(temporary, this.#path);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** What is damaged counts for nothing: the files are hashed again. */
  async #read(): Promise<Readonly<Record<string, Entry>>> {
    try {
      return contentSchema.parse(JSON.parse(await readFile(this.#path, 'utf8'))).files;
    } catch {
      return {};
    }
  }
}

function entryOf({ sha256 }: ManifestFile, stats: BigIntStats): Entry {
  return {
    sha256,
    bytes: String(stats.size),
    mtimeNs: String(stats.mtimeNs),
    ctimeNs: String(stats.ctimeNs),
    inode: String(stats.ino),
  };
}
