/**
 * `manifest.json` of a model folder: what files belong to the model, and the hash of each. A model's identity is the
 * SHA-256 of the manifest's own bytes.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

import { EngineError } from '../errors.js';

export const MANIFEST_FILE = 'manifest.json';

/** What to do about a model file that is not as it should be. */
export const MODEL_WAY_OUT =
  'Restore it with `git checkout -- models` in the project folder, or clone the project again.';

const manifestFileSchema = z.object({
  /** Relative to the model folder, with forward slashes. */
  path: z.string().refine(isPlainRelativePath, 'must stay inside the model folder'),
  bytes: z.int().min(0),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
});

const manifestSchema = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  licence: z.string().optional(),
  files: z.array(manifestFileSchema).min(1),
});

export type ModelManifest = z.infer<typeof manifestSchema>;
export type ManifestFile = z.infer<typeof manifestFileSchema>;

/**
 * @param bytes content of `manifest.json`
 * @param folder named in the message
 * @throws EngineError `model_corrupt`
 */
export function parseModelManifest(bytes: Uint8Array, folder: string): ModelManifest {
  try {
    return manifestSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    const message = `${join(folder, MANIFEST_FILE)} is damaged. ${MODEL_WAY_OUT}`;
    throw new EngineError('model_corrupt', message, { cause });
  }
}

/**
 * Checks one file's size and SHA-256 without holding it in memory.
 * @throws EngineError `model_missing` or `model_corrupt`, naming the file
 */
export async function verifyModelFile(folder: string, file: ManifestFile): Promise<void> {
  const path = join(folder, file.path);
  const size = await sizeOfRealFile(folder, file.path);
  if (size !== file.bytes) {
    throw corrupt(path, `it has ${size} bytes and should have ${file.bytes}`);
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  if (hash.digest('hex') !== file.sha256) throw corrupt(path, 'its SHA-256 is not the one in the manifest');
}

/** A symbolic link anywhere below the folder is refused: it may lead outside, and its target may change. */
async function sizeOfRealFile(folder: string, relativePath: string): Promise<number> {
  const parts = relativePath.split('/');
  let path = folder;
  for (const [index, part] of parts.entries()) {
    path = join(path, part);
    const isLast = index === parts.length - 1;
    const stats = await lstat(path).catch((cause: unknown) => {
      const message = `The model file ${join(folder, relativePath)} is missing. ${MODEL_WAY_OUT}`;
      throw new EngineError('model_missing', message, { cause });
    });
    if (stats.isSymbolicLink()) throw corrupt(path, 'it is a symbolic link');
    if (isLast && !stats.isFile()) throw corrupt(path, 'it is not a file');
    if (isLast) return stats.size;
  }
  throw corrupt(path, 'it is not a file');
}

function isPlainRelativePath(path: string): boolean {
  const isPlain = (part: string): boolean => part !== '' && part !== '.' && part !== '..';
  return !/[\\:\0]/.test(path) && path.split('/').every(isPlain);
}

function corrupt(path: string, reason: string): EngineError {
  return new EngineError('model_corrupt', `The model file ${path} is damaged: ${reason}. ${MODEL_WAY_OUT}`);
}
