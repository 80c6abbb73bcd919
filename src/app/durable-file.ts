/** Small files that are replaced as a whole: after a crash there is the old one or the new one. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { QueueError } from '../queue/errors.js';

/** Of files that were being written when the program died. */
export const UNFINISHED_SUFFIX = '.part';
const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;

/** What stands in a file; `damaged` files were put aside under another name. */
export type Reading<Value> =
  | { readonly state: 'missing' }
  | { readonly state: 'read'; readonly value: Value }
  | { readonly state: 'damaged'; readonly keptAs: string; readonly cause: unknown };

/** Resolves once it is on the disk (fsync of file and folder). @throws QueueError `storage_failed`: the old one stands then */
export async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}${UNFINISHED_SUFFIX}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY.folder });
    await writeWhole(unfinished, text);
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new QueueError('storage_failed', 'This could not be saved, so nothing has changed.', { cause });
  }
}

/** @param parse - Throws for what is not what it should be. @throws the error of the file system */
export async function readOrPutAside<Value>(
  path: string,
  parse: (text: string) => Value,
): Promise<Reading<Value>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'missing' };
    throw error;
  }
  try {
    return { state: 'read', value: parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (cause) {
    const keptAs = `${path}.damaged-${randomUUID().slice(0, 8)}`;
    await rename(path, keptAs);
    return { state: 'damaged', keptAs, cause };
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY.file);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename durable. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
