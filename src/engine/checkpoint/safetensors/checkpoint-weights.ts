/** The weights of one network of a checkpoint: one safetensors file, or several named by an index. */
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { z } from 'zod';

import { unreadable } from '../unreadable.js';
import type { NamedWeights, TensorLocation } from '../weight-source.js';
import { openTensors, pathInside } from './located-tensors.js';
import type { LocateOptions } from './located-tensors.js';
import { parseStrictJson } from './strict-json.js';

const MAX_INDEX_BYTES = 16 * 2 ** 20;
/** The object, its map of weights or its metadata, and one list in these. */
const MAX_INDEX_DEPTH = 3;

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

export class CheckpointWeights implements NamedWeights {
  readonly #locations: ReadonlyMap<string, TensorLocation>;

  private constructor(locations: ReadonlyMap<string, TensorLocation>) {
    this.#locations = locations;
  }

  /**
   * Reads the headers, never the data. No file outside the folder is opened, whatever an index or a link says.
   * @param folder the checkpoint's
   * @param file of the weights, relative to it, with forward slashes; when it is absent, `<file>.index.json` beside
   * it names the parts
   * @throws EngineError `model_missing` or `model_corrupt`
   */
  static async open(folder: string, file: string, options: LocateOptions = {}): Promise<CheckpointWeights> {
    const index = `${file}.index.json`;
    const isSharded = !(await exists(join(folder, file))) && (await exists(join(folder, index)));
    if (isSharded) return new CheckpointWeights(await openParts(folder, index, options));
    return new CheckpointWeights((await openTensors(folder, file, options)).locations);
  }

  get names(): readonly string[] {
    return [...this.#locations.keys()];
  }

  find(name: string): TensorLocation | undefined {
    return this.#locations.get(name);
  }
}

async function openParts(
  folder: string,
  index: string,
  options: LocateOptions,
): Promise<Map<string, TensorLocation>> {
  const weightMap = await readIndex(folder, index);
  const parts = new Map<string, ReadonlyMap<string, TensorLocation>>();
  for (const name of new Set(weightMap.values())) {
    if (!/^[\w.-]+\.safetensors$/.test(name)) {
      throw unreadable(index, 'it names a file that is not a part of it');
    }
    const part = await openTensors(folder, posix.join(posix.dirname(index), name), options);
    parts.set(name, part.locations);
  }
  const locations = new Map<string, TensorLocation>();
  for (const [tensor, part] of weightMap) {
    const location = parts.get(part)?.get(tensor);
    if (!location) throw unreadable(index, `the tensor "${tensor}" is not in ${part}`);
    locations.set(tensor, location);
  }
  return locations;
}

async function readIndex(folder: string, index: string): Promise<Map<string, string>> {
  const path = await pathInside(folder, index);
  if ((await stat(path)).size > MAX_INDEX_BYTES) throw unreadable(path, 'it is too large');
  try {
    const json = parseStrictJson(await readFile(path, 'utf8'), { maxDepth: MAX_INDEX_DEPTH });
    return new Map(Object.entries(indexSchema.parse(json).weight_map));
  } catch (cause) {
    throw unreadable(path, 'it is not an index of weights', { cause });
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
