/** The small tokenizers and the text encoder of `test/fixtures/prompts`, and what the reference makes of prompts. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import {
  clipTextConfigSchema,
  clipTextGraph,
} from '../../../../src/engine/checkpoint/networks/clip-text-model.js';
import { parseNetworkConfig } from '../../../../src/engine/checkpoint/networks/config.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { EngineError } from '../../../../src/engine/errors.js';
import type { InferenceSession, NamedTensors } from '../../../../src/engine/runtime/inference-session.js';
import { OnnxSession } from '../../../../src/engine/runtime/onnx-session.js';

const ROOT = fileURLToPath(new URL('../../../fixtures/prompts/', import.meta.url));

export function fixtureJson(name: string): unknown {
  return JSON.parse(readFileSync(`${ROOT}${name}`, 'utf8'));
}

export const EXPECTED_EMBEDS = `${ROOT}expected.safetensors`;

/** A tokenizer's files in memory, to be spoilt. */
export class FilesInMemory {
  readonly files: Map<string, string>;

  constructor(files: ReadonlyMap<string, string>) {
    this.files = new Map(files);
  }

  static of(name: 'sd1' | 'sd2' | 'newer'): FilesInMemory {
    const folder = `${ROOT}${name}/tokenizer`;
    const read = (file: string) => [`tokenizer/${file}`, readFileSync(`${folder}/${file}`, 'utf8')] as const;
    return new FilesInMemory(new Map(readdirSync(folder).map(read)));
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  readText(path: string): Promise<string> {
    const text = this.files.get(path);
    if (text !== undefined) return Promise.resolve(text);
    return Promise.reject(new EngineError('model_missing', `The model has no file ${path}.`));
  }

  with(path: string, text: string): FilesInMemory {
    return new FilesInMemory(new Map(this.files).set(path, text));
  }

  without(...paths: readonly string[]): FilesInMemory {
    return new FilesInMemory(new Map([...this.files].filter(([path]) => !paths.includes(path))));
  }
}

/** The real text encoder, which counts how often it is asked. */
export class CountingTextEncoder implements InferenceSession {
  readonly #session: InferenceSession;
  runs = 0;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  static async open(): Promise<CountingTextEncoder> {
    const folder = `${ROOT}sd1`;
    const path = 'text_encoder/config.json';
    const config = parseNetworkConfig(readFileSync(`${folder}/${path}`, 'utf8'), clipTextConfigSchema, path);
    const weights = await CheckpointWeights.open(folder, 'text_encoder/model.safetensors');
    const graph = clipTextGraph(config, weights);
    return new CountingTextEncoder(await OnnxSession.create(graph, { externalDataFolder: folder }));
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  run(feeds: NamedTensors): Promise<NamedTensors> {
    this.runs++;
    return this.#session.run(feeds);
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}
