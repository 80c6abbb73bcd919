/**
 * `manifest.json` of a model folder: what files belong to the model, and the hash of each. A model's identity is the
 * SHA-256 of the manifest's own bytes, so it holds nothing that differs from machine to machine.
 */
import { join } from 'node:path';
import { z } from 'zod';

import { EngineError } from '../errors.js';

export const MANIFEST_FILE = 'manifest.json';

/** What to do about a file of a model that ships with the project. */
export const MODEL_WAY_OUT =
  'Restore it with `git checkout -- models` in the project folder, or clone the project again.';

/** Files that one model may name; Stable Diffusion has about twenty. */
const MAX_FILES = 1000;
/** Characters. */
const MAX_PATH_LENGTH = 240;
/** Names that Windows gives to devices, with any ending. */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const manifestFileSchema = z.object({
  /** Relative to the model folder, with forward slashes. */
  path: z.string().refine(isPlainRelativePath, 'must stay inside the model folder'),
  bytes: z.int().min(0),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
});

const sourceSchema = z.discriminatedUnion('type', [
  /** A model hub: which model, and its commit. */
  z.object({ type: z.literal('hub'), id: z.string().min(1), revision: z.string().min(1) }),
  /** A folder or file of the machine it was added on. */
  z.object({ type: z.literal('local') }),
]);

const manifestSchema = z.object({
  name: z.string().refine(isModelName, 'must be letters, digits, dots, hyphens and underscores'),
  version: z.string().min(1).max(100),
  licence: z.string().max(200).optional(),
  /** A checkpoint makes clips; a LoRA changes the checkpoint that it is used with. */
  kind: z.enum(['checkpoint', 'lora']).default('checkpoint'),
  /** Absent when the model was put there by hand, or ships. */
  source: sourceSchema.optional(),
  files: z.array(manifestFileSchema).min(1).max(MAX_FILES).refine(namesNoFileTwice, 'must be distinct'),
});

export type ModelManifest = z.infer<typeof manifestSchema>;
export type ManifestFile = z.infer<typeof manifestFileSchema>;
export type ModelKind = ModelManifest['kind'];
export type ModelSource = z.infer<typeof sourceSchema>;

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

/** The same bytes for the same model, in whatever order its files were found. @throws ZodError */
export function serializeModelManifest(manifest: ModelManifest): string {
  const { name, version, licence, kind, source, files } = manifestSchema.parse(manifest);
  const byPath = files
    .map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return `${JSON.stringify({ name, version, licence, kind, source, files: byPath }, undefined, 2)}\n`;
}

/** How to get the files of a model back as they were. */
export function wayOutOf({ name, source }: ModelManifest): string {
  if (source === undefined) return MODEL_WAY_OUT;
  const again =
    source.type === 'hub'
      ? `\`riffcord models add ${source.id} --revision ${source.revision}\``
      : 'add it again from where it came';
  return `Remove it with \`riffcord models remove ${name}\`, then ${again}.`;
}

/** Fit to be the name of a folder on every system. */
export function isModelName(name: string): boolean {
  return /^[A-Za-z0-9](?:[\w.-]{0,98}[\w-])?$/.test(name) && !WINDOWS_DEVICE.test(name);
}

/** True when no system can read the path as one that leads out of the folder, or to a device. */
export function isPlainRelativePath(path: string): boolean {
  const isPlain = (part: string): boolean => /[^. ]$/.test(part) && !WINDOWS_DEVICE.test(part);
  return path.length <= MAX_PATH_LENGTH && !/[\p{Cc}\\:*?"<>|]/u.test(path) && path.split('/').every(isPlain);
}

/** Some file systems take upper and lower case for the same. */
function namesNoFileTwice(files: readonly { readonly path: string }[]): boolean {
  return new Set(files.map(({ path }) => path.toLowerCase())).size === files.length;
}
