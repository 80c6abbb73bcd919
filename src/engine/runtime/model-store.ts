/** The models on this machine: each is a folder with a manifest, in one of the roots. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { EngineError } from '../errors.js';
import { ModelFolder } from './model-folder.js';
import { MODEL_WAY_OUT } from './model-manifest.js';
import type { ModelKind } from './model-manifest.js';
import { readDefaultModel } from './model-settings.js';

export interface ModelStoreOptions {
  /** Folders that hold model folders; earlier ones win when two hold a model of the same name. */
  readonly modelRoots: readonly string[];
  /** Listed first when it is there. @defaultValue as `settings.json` in a root says, else the first by root and name */
  readonly defaultModel?: string;
}

/** Everything in the roots. */
export interface StoredModels {
  /** Checkpoints and LoRAs whose manifest can be read. */
  readonly models: readonly ModelFolder[];
  /** What is wrong with the others. */
  readonly faults: readonly Error[];
}

export class ModelStore {
  readonly #modelRoots: readonly string[];
  readonly #defaultModel: string | undefined;

  constructor(options: ModelStoreOptions) {
    this.#modelRoots = options.modelRoots;
    this.#defaultModel = options.defaultModel;
  }

  /**
   * The checkpoints whose manifest can be read, the default first. Their other files are checked when they are used.
   * @throws EngineError `model_missing` when there is none, or the error of the only ones there are
   */
  async list(): Promise<readonly ModelFolder[]> {
    const { models, faults } = await this.#open('checkpoint');
    if (models.length === 0) throw faults[0] ?? this.#noModels();
    const defaultModel = this.#defaultModel ?? (await readDefaultModel(this.#modelRoots));
    const rank = (model: ModelFolder): number => (model.name === defaultModel ? 0 : 1);
    return [...models].sort((a, b) => rank(a) - rank(b));
  }

  /** The LoRAs whose manifest can be read; none is no error. */
  async loras(): Promise<readonly ModelFolder[]> {
    return (await this.#open('lora')).models;
  }

  /** Checkpoints, then LoRAs, and what cannot be read. */
  async all(): Promise<StoredModels> {
    const checkpoints = await this.#open('checkpoint');
    return { models: [...checkpoints.models, ...(await this.loras())], faults: checkpoints.faults };
  }

  /**
   * A checkpoint.
   * @param name undefined = the default
   * @throws EngineError `model_missing`, listing the known ones, or as `list`
   */
  async find(name?: string): Promise<ModelFolder> {
    const models = await this.list();
    const wanted = name ?? this.#defaultModel;
    const model = wanted === undefined ? models[0] : models.find((candidate) => candidate.name === wanted);
    if (!model) throw noSuchModel('model', wanted, models);
    return model;
  }

  /** @throws EngineError `model_missing`, listing the known ones */
  async findLora(name: string): Promise<ModelFolder> {
    const loras = await this.loras();
    const lora = loras.find((candidate) => candidate.name === name);
    if (!lora) throw noSuchModel('LoRA', name, loras);
    return lora;
  }

  async #open(kind: ModelKind): Promise<StoredModels> {
    const perRoot = await Promise.all(this.#modelRoots.map((root) => subfolders(root)));
    const opened = await Promise.allSettled(perRoot.flat().map((folder) => ModelFolder.open(folder)));
    const models = new Map<string, ModelFolder>();
    for (const result of opened) {
      if (result.status === 'rejected' || result.value.kind !== kind) continue;
      if (!models.has(result.value.name)) models.set(result.value.name, result.value);
    }
    const faults = opened.flatMap((result): Error[] =>
      result.status === 'rejected' ? [result.reason as Error] : [],
    );
    return { models: [...models.values()], faults };
  }

  #noModels(): EngineError {
    const places = this.#modelRoots.join(', ') || 'no folder at all';
    return new EngineError('model_missing', `No model was found (looked in ${places}). ${MODEL_WAY_OUT}`);
  }
}

function noSuchModel(what: string, name: string | undefined, known: readonly ModelFolder[]): EngineError {
  const names = known.map((candidate) => candidate.name).join(', ');
  const wayOut = names === '' ? 'Add one with `riffcord models add`.' : `Choose one of: ${names}.`;
  return new EngineError('model_missing', `There is no ${what} "${name}". ${wayOut}`);
}

/** Sorted by code unit, so that the order does not depend on the machine's locale. What begins with a dot is not ours. */
async function subfolders(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return folders
    .map((entry) => entry.name)
    .sort()
    .map((name) => join(root, name));
}
