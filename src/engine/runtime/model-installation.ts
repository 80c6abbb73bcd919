/**
 * A model on its way into a folder of models. It is put together in a folder whose name begins with a dot, which nobody
 * takes for a model, and gets its name when it is whole. A later installation of the same name finds what is there.
 */
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { EngineError } from '../errors.js';
import { saveFile, writeFailure } from '../files/save-file.js';
import { lockInstallation } from './installation-lock.js';
import { sha256OfFile } from './model-file-check.js';
import type { CheckModelFileOptions } from './model-file-check.js';
import { ModelFolder } from './model-folder.js';
import { MANIFEST_FILE, serializeModelManifest } from './model-manifest.js';
import type { ManifestFile, ModelManifest } from './model-manifest.js';

export type HashingOptions = Pick<CheckModelFileOptions, 'signal' | 'onBytes'>;

const STAGING_PREFIX = '.adding-';
/** Bytes that stay free for everything else. */
const SPARE_BYTES = 64 * 2 ** 20;

export class ModelInstallation {
  /** Where the model is put together. */
  readonly folder: string;
  readonly #target: string;

  private constructor(folder: string, target: string) {
    this.folder = folder;
    this.#target = target;
  }

  /**
   * @param modelRoot is made when it is missing
   * @param name see `isModelName`
   * @throws EngineError `io_failed`, also while another process installs it; `disk_full`
   */
  static async begin(modelRoot: string, name: string): Promise<ModelInstallation> {
    const folder = join(modelRoot, STAGING_PREFIX + name);
    await guarded(folder, async () => {
      await mkdir(folder, { recursive: true });
      await lockInstallation(folder);
    });
    return new ModelInstallation(folder, join(modelRoot, name));
  }

  /** Path for a file of the model, in a folder that exists. @throws EngineError `io_failed`, `disk_full` */
  async pathFor(relativePath: string): Promise<string> {
    const path = join(this.folder, relativePath);
    await guarded(path, () => mkdir(dirname(path), { recursive: true }));
    return path;
  }

  /** @throws EngineError `disk_full` when fewer bytes than these are free */
  async checkSpace(bytes: number): Promise<void> {
    const { bavail, bsize } = await guarded(this.folder, () => statfs(this.folder));
    const missing = bytes + SPARE_BYTES - bavail * bsize;
    if (missing <= 0) return;
    const message = `There is not enough space in ${dirname(this.folder)}: free ${Math.ceil(missing / 1e6)} MB more, or set RIFFCORD_MODELS to another folder.`;
    throw new EngineError('disk_full', message);
  }

  /**
   * Takes a file of this machine: linked, so that it needs no space, or copied where that cannot be.
   * @throws EngineError `io_failed`, `disk_full`
   */
  async adopt(source: string, relativePath: string): Promise<void> {
    const path = await this.pathFor(relativePath);
    await guarded(path, async () => {
      await rm(path, { force: true });
      await link(source, path).catch(() => copyFile(source, path, constants.COPYFILE_FICLONE));
    });
  }

  /** What the manifest says of a file that is here. @throws EngineError `io_failed`; CancelledError */
  async describe(relativePath: string, options: HashingOptions = {}): Promise<ManifestFile> {
    const path = join(this.folder, relativePath);
    const { size: bytes } = await guarded(path, () => stat(path));
    return { path: relativePath, bytes, sha256: await sha256OfFile(path, options) };
  }

  /** The model as far as it is here, to be looked at. @throws EngineError */
  async writeManifest(manifest: ModelManifest): Promise<ModelFolder> {
    await saveFile(join(this.folder, MANIFEST_FILE), Buffer.from(serializeModelManifest(manifest)));
    return ModelFolder.open(this.folder);
  }

  /**
   * Gives the model its name, with the files of its manifest and no others.
   * @throws EngineError `io_failed` when there is a model of that name, and whatever the disk may do
   */
  async finish(): Promise<ModelFolder> {
    const { files } = await ModelFolder.open(this.folder);
    const kept = new Set([MANIFEST_FILE, ...files.map(({ path }) => path)]);
    await guarded(this.#target, async () => {
      await removeOthers(this.folder, kept);
      await rename(this.folder, this.#target);
    });
    return ModelFolder.open(this.#target);
  }

  /** Takes everything back. */
  async discard(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Names of the models whose installation was begun and not finished. */
export async function unfinishedInstallations(modelRoot: string): Promise<readonly string[]> {
  const names = await readdir(modelRoot).catch(() => []);
  return names
    .filter((name) => name.startsWith(STAGING_PREFIX))
    .map((name) => name.slice(STAGING_PREFIX.length))
    .sort();
}

async function removeOthers(folder: string, kept: ReadonlySet<string>, below = ''): Promise<void> {
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      await removeOthers(folder, kept, path);
      // One that is needed is not empty, and stays.
      await rmdir(join(folder, path)).catch(() => undefined);
    } else if (!kept.has(path)) await rm(join(folder, path), { force: true });
  }
}

async function guarded<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw cause instanceof EngineError ? cause : writeFailure(path, cause);
  }
}
