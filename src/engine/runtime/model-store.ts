/** The models on this machine: each is a folder with a manifest, in one of the roots. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { EngineError } from '../errors.js';
import { ModelFolder } from './model-folder.js';
import { MODEL_WAY_OUT } from './model-manifest.js';

export interface ModelStoreOptions {
  /** Folders that hold model folders; earlier ones win when two hold a model of the same name. */
  readonly modelRoots: readonly string[];
  /** Listed first when it is there. @defaultValue the first by root and name */
  readonly defaultModel?: string;
}

export class ModelStore {
  readonly #modelRoots: readonly string[];
  readonly #defaultModel: string | undefined;

  constructor(options: ModelStoreOptions) {
    this.#modelRoots = options.modelRoots;
    this.#defaultModel = options.defaultModel;
  }

  /**
   * The models whose manifest can be read, the default first. Their other files are checked when they are used.
   * @throws EngineError `model_missing` when there is none, or the error of the only ones there are
   */
  async list(): Promise<readonly ModelFolder[]> {
    const opened = await Promise.allSettled(
      (await this.#folders()).map((folder) => ModelFolder.open(folder)),
    );
    const models = new Map<string, ModelFolder>();
    for (const result of opened) {
      if (result.status === 'fulfilled' && !models.has(result.value.name)) {
        models.set(result.value.name, result.value);
      }
    }
    if (models.size > 0) return this.#defaultFirst([...models.values()]);
    const failure = opened.find((result) => result.status === 'rejected');
    throw failure ? failure.reason : this.#noModels();
  }

  /**
   * @param name undefined = the default
   * @throws EngineError `model_missing`, listing the known ones, or as `list`
   */
  async find(name?: string): Promise<ModelFolder> {
    const models = await this.list();
    const wanted = name ?? this.#defaultModel;
    const model = wanted === undefined ? models[0] : models.find((candidate) => candidate.name === wanted);
    if (!model) {
      const known = models.map((candidate) => candidate.name).join(', ');
      throw new EngineError('model_missing', `There is no model "${wanted}". Choose one of: ${known}.`);
    }
    return model;
  }

  async #folders(): Promise<readonly string[]> {
    const perRoot = await Promise.all(this.#modelRoots.map((root) => subfolders(root)));
    return perRoot.flat();
  }

  #defaultFirst(models: ModelFolder[]): ModelFolder[] {
    const rank = (model: ModelFolder): number => (model.name === this.#defaultModel ? 0 : 1);
    return models.sort((a, b) => rank(a) - rank(b));
  }

  #noModels(): EngineError {
    const places = this.#modelRoots.join(', ') || 'no folder at all';
    return new EngineError('model_missing', `No model was found (looked in ${places}). ${MODEL_WAY_OUT}`);
  }
}

/** Sorted by code unit, so that the order does not depend on the machine's locale. */
async function subfolders(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return names.sort().map((name) => join(root, name));
}
