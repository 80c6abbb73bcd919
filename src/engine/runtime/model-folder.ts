/** One model on disk: a folder whose manifest names its files. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';

import { EngineError } from '../errors.js';
import { MANIFEST_FILE, MODEL_WAY_OUT, parseModelManifest, verifyModelFile } from './model-manifest.js';
import type { ManifestFile, ModelManifest } from './model-manifest.js';

export class ModelFolder {
  /** SHA-256 of the manifest's bytes, hex: the model's identity in recipes. */
  readonly sha256: string;
  readonly #folder: string;
  readonly #manifest: ModelManifest;
  readonly #verifiedPaths = new Set<string>();

  private constructor(folder: string, manifest: ModelManifest, sha256: string) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.sha256 = sha256;
  }

  /**
   * Reads the manifest and nothing else.
   * @throws EngineError `model_missing` when there is no manifest, `model_corrupt` when it is not understood
   */
  static async open(folder: string): Promise<ModelFolder> {
    const bytes = await readFile(join(folder, MANIFEST_FILE)).catch((cause: unknown) => {
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

  /** The folder's own path; its files are better asked for by `path`, which checks them. */
  get root(): string {
    return this.#folder;
  }

  /** True when the manifest names this file, whether or not it is there. */
  has(relativePath: string): boolean {
    return this.#manifest.files.some((file) => file.path === relativePath);
  }

  /** Checks every file that the manifest names. @throws EngineError `model_missing` or `model_corrupt` */
  async verify(): Promise<void> {
    for (const file of this.#manifest.files) await this.#verifyOnce(file);
  }

  /**
   * Path of a file of the model, checked against the manifest (once).
   * @throws EngineError `model_missing` or `model_corrupt`
   */
  async path(relativePath: string): Promise<string> {
    const file = this.#manifest.files.find((candidate) => candidate.path === relativePath);
    const path = join(this.#folder, relativePath);
    if (!file) {
      throw new EngineError(
        'model_missing',
        `The model "${this.name}" has no file ${path}. ${MODEL_WAY_OUT}`,
      );
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
      const path = join(this.#folder, relativePath);
      const message = `The model file ${path} is not as this version of the engine expects it. ${MODEL_WAY_OUT}`;
      throw new EngineError('model_corrupt', message, { cause });
    }
  }

  async #verifyOnce(file: ManifestFile): Promise<void> {
    if (this.#verifiedPaths.has(file.path)) return;
    await verifyModelFile(this.#folder, file);
    this.#verifiedPaths.add(file.path);
  }
}
