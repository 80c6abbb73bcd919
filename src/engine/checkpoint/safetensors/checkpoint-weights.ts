/** The weights of one network of a checkpoint: one safetensors file, or several named by an index. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import { z } from 'zod';

import { EngineError } from '../../errors.js';
import type { TensorLocation, WeightSource } from '../weight-source.js';
import { SafetensorsFile } from './safetensors-file.js';
import { parseStrictJson } from './strict-json.js';
import { unreadable } from '../unreadable.js';

const MAX_INDEX_BYTES = 16 * 2 ** 20;
/** The object, its map of weights or its metadata, and one list in these. */
const MAX_INDEX_DEPTH = 3;

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

export class CheckpointWeights implements WeightSource {
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
  static async open(folder: string, file: string): Promise<CheckpointWeights> {
    const index = `${file}.index.json`;
    const isSharded = !(await exists(join(folder, file))) && (await exists(join(folder, index)));
    return new CheckpointWeights(isSharded ? await openParts(folder, index) : await openOne(folder, file));
  }

  get names(): readonly string[] {
    return [...this.#locations.keys()];
  }

  find(name: string): TensorLocation | undefined {
    return this.#locations.get(name);
  }
}

async function openOne(folder: string, file: string): Promise<Map<string, TensorLocation>> {
  const opened = await SafetensorsFile.open(await pathInside(folder, file));
  const locations = new Map<string, TensorLocation>();
  for (const { name, dtype, shape, begin, length } of opened.tensors.values()) {
    locations.set(name, { name, dtype, shape, file, offset: opened.dataStart + begin, length });
  }
  return locations;
}

async function openParts(folder: string, index: string): Promise<Map<string, TensorLocation>> {
  const weightMap = await readIndex(folder, index);
  const parts = new Map<string, Map<string, TensorLocation>>();
  for (const name of new Set(weightMap.values())) {
    if (!/^[\w.-]+\.safetensors$/.test(name)) {
      throw unreadable(index, 'it names a file that is not a part of it');
    }
    parts.set(name, await openOne(folder, posix.join(posix.dirname(index), name)));
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

/** @throws EngineError `model_missing`, or `model_corrupt` when a link leads out of the folder */
async function pathInside(folder: string, file: string): Promise<string> {
  const path = join(folder, file);
  const resolve = (name: string): Promise<string> =>
    realpath(name).catch((cause: unknown) => {
      const message = `The model file ${path} is missing. Download the checkpoint again.`;
      throw new EngineError('model_missing', message, { cause });
    });
  const inside = relative(await resolve(folder), await resolve(path));
  const isOutside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  if (isOutside) throw unreadable(path, 'it lies outside the model folder');
  return path;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
