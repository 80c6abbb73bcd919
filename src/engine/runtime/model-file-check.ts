/** Whether a file of a model is the one that the manifest describes. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

import { throwIfCancelled } from '../cancellation.js';
import { EngineError } from '../errors.js';
import type { ManifestFile } from './model-manifest.js';
import { VerifiedFiles } from './verified-files.js';

export interface CheckModelFileOptions {
  /** What to do about a file that fails: a sentence or two. */
  readonly wayOut: string;
  /** False hashes every byte, whatever was found earlier. @defaultValue true */
  readonly trustEarlierChecks?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Hears how many more bytes were checked. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/** Bytes read at once. */
const READ_BYTES = 2 ** 20;

/**
 * Checks one file's place, size and SHA-256 without holding it in memory.
 * @param folder the model's
 * @throws EngineError `model_missing` or `model_corrupt`, naming the file; CancelledError
 */
export async function checkModelFile(
  folder: string,
  file: ManifestFile,
  options: CheckModelFileOptions,
): Promise<void> {
  const path = join(folder, file.path);
  const stats = await statsOfRealFile(folder, file.path, options);
  if (stats.size !== BigInt(file.bytes)) {
    throw corrupt(path, `it has ${stats.size} bytes and should have ${file.bytes}`, options);
  }
  const verified = new VerifiedFiles(folder);
  if ((options.trustEarlierChecks ?? true) && (await verified.has(file, stats))) {
    options.onBytes?.(file.bytes);
    return;
  }
  if ((await sha256OfFile(path, options)) !== file.sha256) {
    throw corrupt(path, 'its SHA-256 is not the one in the manifest', options);
  }
  // As it was before it was read: a change in the meantime shows the next time.
  await verified.add(file, stats);
}

/** @returns hexadecimal. @throws the file system's errors; CancelledError */
export async function sha256OfFile(
  path: string,
  { signal, onBytes }: Pick<CheckModelFileOptions, 'signal' | 'onBytes'> = {},
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    throwIfCancelled(signal);
    hash.update(chunk);
    onBytes?.(chunk.length);
  }
  return hash.digest('hex');
}

/** A symbolic link anywhere below the folder is refused: it may lead outside, and its target may change. */
async function statsOfRealFile(
  folder: string,
  relativePath: string,
  options: CheckModelFileOptions,
): Promise<BigIntStats> {
  let path = folder;
  let stats: BigIntStats | undefined;
  for (const part of relativePath.split('/')) {
    path = join(path, part);
    stats = await lstat(path, { bigint: true }).catch((cause: unknown) => {
      const message = `The model file ${join(folder, relativePath)} is missing. ${options.wayOut}`;
      throw new EngineError('model_missing', message, { cause });
    });
    if (stats.isSymbolicLink()) throw corrupt(path, 'it is a symbolic link', options);
  }
  if (!stats?.isFile()) throw corrupt(path, 'it is not a file', options);
  const inside = relative(await realpath(folder), await realpath(path));
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw corrupt(path, 'it lies outside the model folder', options);
  }
  return stats;
}

function corrupt(path: string, reason: string, { wayOut }: CheckModelFileOptions): EngineError {
  return new EngineError('model_corrupt', `The model file ${path} is damaged: ${reason}. ${wayOut}`);
}
