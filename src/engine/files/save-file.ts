/** Writing a file so that at every moment there is either the whole of it or none. */

import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { EngineError } from '../errors.js';

/** No space, quota used up, or past the process's file size limit. */
const FULL_DISK_CODES: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/**
 * Writes a temporary file in the same folder, then renames it: readers see the old file or the new one, and a
 * failure leaves nothing behind.
 * @throws EngineError `disk_full`, `io_failed`
 */
export async function saveFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.riffcord-${randomUUID()}.tmp`);
  try {
    await writeWhole(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFailure(path, cause);
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What the file system says about a path that was to be written, as a sentence with a way out. */
export function writeFailure(path: string, cause: unknown): EngineError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  if (FULL_DISK_CODES.includes(code)) {
    const message = `There is no space left to write ${path}: free some, or choose another folder.`;
    return new EngineError('disk_full', message, { cause });
  }
  return new EngineError('io_failed', `${path} could not be written: ${reasonOf(path, code)}`, { cause });
}

function reasonOf(path: string, code: string): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `there is no folder ${dirname(path)}. Create it first, or choose another.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'this account may not write there. Choose another folder.';
    case 'EISDIR':
    case 'ENOTEMPTY':
    case 'EEXIST':
      return 'a folder of that name is in the way. Choose another name.';
    case 'ENAMETOOLONG':
      return 'the name is too long. Choose a shorter one.';
    default:
      return `the system answered ${code}. Try again, or choose another folder.`;
  }
}
