import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { CliError } from './cli-error.js';

/**
 * A file's bytes, and of a file larger than `maxBytes` just enough to see that it is: who reads them refuses it.
 * @throws CliError `input_unreadable`
 */
export async function readInputFile(path: string, maxBytes: number): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await readAtMost(file, maxBytes + 1);
  } catch (cause) {
    throw new CliError('input_unreadable', sentenceFor(path, cause), { cause });
  } finally {
    await file?.close();
  }
}

/** Read until the end rather than by size: pipes and devices have none. */
async function readAtMost(file: FileHandle, limit: number): Promise<Uint8Array> {
  const { size } = await file.stat();
  let bytes = Buffer.alloc(Math.min(limit, size + 1));
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length);
    length += bytesRead;
    if (bytesRead === 0 || length === limit) return bytes.subarray(0, length);
    if (length < bytes.length) continue;
    const larger = Buffer.alloc(Math.min(limit, 2 * bytes.length + 64 * 1024));
    bytes.copy(larger);
    bytes = larger;
  }
}

function sentenceFor(path: string, cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no file ${path}: check its name.`;
  if (code === 'EISDIR') return `${path} is a folder: name a file in it.`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read: check who owns it.`;
  return `${path} cannot be read (${code ?? String(cause)}): try a copy of it.`;
}
