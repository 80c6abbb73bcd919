/** One model on disk: a folder whose manifest names its files. */
import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';

import { EngineError } from '../errors.js';
import { checkModelFile } from './model-file-check.js';
import type { CheckModelFileOptions } from './model-file-check.js';
import { MANIFEST_FILE, MODEL_WAY_OUT, parseModelManifest, wayOutOf } from './model-manifest.js';
import type { ManifestFile, ModelKind, ModelManifest, ModelSource } from './model-manifest.js';

export type VerifyModelOptions = Omit<CheckModelFileOptions, 'wayOut'>;

/** A thousand files with the longest paths have less. */
const MAX_MANIFEST_BYTES = 2 ** 20;

export class ModelFolder {
  /** Its own path; its files are better asked for by `path`, which checks them. */
  readonly root: string;
  /** SHA-256 of the manifest's bytes, hex: the model's identity in recipes. */
  readonly sha256: string;
  readonly #manifest: ModelManifest;
  readonly #wayOut: string;
  readonly #verifiedPaths = new Set<string>();

  private constructor(root: string, manifest: ModelManifest, sha256: string) {
    this.root = root;
    this.sha256 = sha256;
    this.#manifest = manifest;
    this.#wayOut = wayOutOf(manifest);
  }

  /**
   * Reads the manifest and nothing else.
   * @throws EngineError `model_missing` when there is no manifest, `model_corrupt` when it is not understood
   */
  static async open(folder: string): Promise<ModelFolder> {
    const bytes = await readManifest(folder).catch((cause: unknown) => {
      const message = `The model file ${join(folder, MANIFEST_FILE)} is missing. ${MODEL_WAY_OUT}`;
      throw new EngineError('model_missing', message, { cause });
    });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return new ModelFolder(folder, parseModelManifest(bytes, folder), sha256);
  }

  get name(): string {
    return this.#manifest.name;
  }

  get version(): string {
    return this.#manifest.version;
  }

  get kind(): ModelKind {
    return this.#manifest.kind;
  }

  get licence(): string | undefined {
    return this.#manifest.licence;
  }

  /** Undefined when it ships, or was put there by hand. */
  get source(): ModelSource | undefined {
    return this.#manifest.source;
  }

  /** Of all its files together. */
  get bytes(): number {
    return this.#manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  }

  get files(): readonly ManifestFile[] {
    return this.#manifest.files;
  }

  /** True when the manifest names this file, whether or not it is there. */
  has(relativePath: string): boolean {
    return this.#fileAt(relativePath) !== undefined;
  }

  /**
   * Checks every file that the manifest names.
   * @throws EngineError `model_missing` or `model_corrupt`; CancelledError
   */
  async verify(options: VerifyModelOptions = {}): Promise<void> {
    for (const file of this.#manifest.files) await this.#verifyOnce(file, options);
  }

  /**
   * Path of a file of the model, checked against the manifest (once).
   * @throws EngineError `model_missing` or `model_corrupt`
   */
  async path(relativePath: string): Promise<string> {
    const file = this.#fileAt(relativePath);
    const path = join(this.root, relativePath);
    if (!file) {
      throw new EngineError('model_missing', `The model "${this.name}" has no file ${path}. ${this.#wayOut}`);
    }
    await this.#verifyOnce(file);
    return path;
  }

  /** A checked text file, UTF-8. @throws EngineError `model_missing` or `model_corrupt` */
  async readText(relativePath: string): Promise<string> {
    return readFile(await this.path(relativePath), 'utf8');
  }

  /** A checked JSON file of the given shape. @throws EngineError `model_missing` or `model_corrupt` */
  async readJson<Schema extends z.ZodType>(relativePath: string, schema: Schema): Promise<z.output<Schema>> {
    const text = await this.readText(relativePath);
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      const path = join(this.root, relativePath);
      const message = `The model file ${path} is not as this version of the engine expects it. ${this.#wayOut}`;
      throw new EngineError('model_corrupt', message, { cause });
    }
  }

  #fileAt(relativePath: string): ManifestFile | undefined {
    return this.#manifest.files.find((candidate) => candidate.path === relativePath);
  }

  async #verifyOnce(file: ManifestFile, options: VerifyModelOptions = {}): Promise<void> {
    if (this.#verifiedPaths.has(file.path)) return;
    await checkModelFile(this.root, file, { ...options, wayOut: this.#wayOut });
    this.#verifiedPaths.add(file.path);
  }
}

async function readManifest(folder: string): Promise<Uint8Array> {
  const file = await open(join(folder, MANIFEST_FILE));
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_MANIFEST_BYTES), 0, MAX_MANIFEST_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
