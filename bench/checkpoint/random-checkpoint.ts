/**
 * Writes a whole Stable Diffusion 1.5 checkpoint in diffusers' layout whose weights are random and seeded: as large and
 * as slow as a real one, and of no use for anything but measuring and testing. 4.3 GB as float32, half as float16:
 *
 *     node --import tsx bench/checkpoint/random-checkpoint.ts <folder> [float32 | float16]
 */
import { mkdirSync, openSync, closeSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { sd15Files } from './sd15-files.js';
import { textTensors, unetTensors, vaeTensors } from './sd15-tensors.js';
import type { TensorSpec } from './sd15-tensors.js';

export type StoredPrecision = 'float32' | 'float16';

const NETWORKS = {
  'text_encoder/model.safetensors': textTensors,
  'unet/diffusion_pytorch_model.safetensors': unetTensors,
  'vae/diffusion_pytorch_model.safetensors': vaeTensors,
} as const;

/** @param seed whole number, not 0 */
export function writeRandomCheckpoint(folder: string, precision: StoredPrecision, seed = 1): void {
  for (const [path, content] of sd15Files()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const random = new FastRandom(seed);
  for (const [path, tensors] of Object.entries(NETWORKS)) {
    writeWeights(join(folder, path), tensors(), precision, random);
  }
}

/** Values at once, so that memory stays small. */
const CHUNK = 2 ** 20;

function writeWeights(
  path: string,
  tensors: readonly TensorSpec[],
  precision: StoredPrecision,
  random: FastRandom,
): void {
  const file = openSync(path, 'w');
  writeSync(file, headerOf(tensors, precision));
  const chunk = new Float32Array(CHUNK);
  for (const tensor of tensors) {
    const { mean, deviation } = distributionOf(tensor);
    for (let left = sizeOf(tensor); left > 0; left -= CHUNK) {
      const values = chunk.subarray(0, Math.min(left, CHUNK));
      random.fill(values, mean, deviation);
      writeSync(file, bytesOf(precision === 'float32' ? values : toHalves(values)));
    }
  }
  closeSync(file);
}

/** The length of the JSON as 64 bits, then the JSON, padded with blanks. */
function headerOf(tensors: readonly TensorSpec[], precision: StoredPrecision): Uint8Array {
  const [dtype, bytes] = precision === 'float32' ? (['F32', 4] as const) : (['F16', 2] as const);
  let end = 0;
  const entries = tensors.map((tensor) => {
    const begin = end;
    end += bytes * sizeOf(tensor);
    return [tensor.name, { dtype, shape: tensor.shape, data_offsets: [begin, end] }] as const;
  });
  const json = JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) });
  const padded = Buffer.from(json.padEnd(8 * Math.ceil(json.length / 8)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded]);
}

function sizeOf({ shape }: TensorSpec): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Keeps what flows through the network about as large as it was, so that it stays finite. */
function distributionOf({ name, shape }: TensorSpec): { readonly mean: number; readonly deviation: number } {
  const fanIn = shape.slice(1).reduce((product, size) => product * size, 1);
  if (shape.length > 1) return { mean: 0, deviation: 1 / Math.sqrt(fanIn) };
  return { mean: name.endsWith('.weight') ? 1 : 0, deviation: 0.1 };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Marsaglia's xorshift32 (2003): a billion values in seconds. */
class FastRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** Sums of two uniform numbers: without tails, unlike trained weights. */
  fill(values: Float32Array, mean: number, deviation: number): void {
    const scale = (deviation * Math.sqrt(6)) / 2 ** 16;
    let state = this.#state;
    for (let i = 0; i < values.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      values[i] = mean + ((state & 0xffff) + (state >>> 16) - 0xffff) * scale;
    }
    this.#state = state;
  }
}

/** IEEE 754 binary16, to nearest; what is too small becomes 0. */
function toHalves(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (word) => {
    const sign = (word >>> 16) & 0x8000;
    const rounded = (word & 0x7fffffff) + 0x1000 - 0x38000000;
    return rounded < 0x00800000 ? sign : sign | (rounded >> 13);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , folder, precision = 'float32'] = process.argv;
  if (folder === undefined || (precision !== 'float32' && precision !== 'float16')) {
    console.error('Usage: random-checkpoint.ts <folder> [float32 | float16]');
    process.exitCode = 2;
  } else {
    writeRandomCheckpoint(folder, precision);
  }
}
