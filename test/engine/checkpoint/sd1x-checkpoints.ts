/** The small checkpoints of `test/fixtures/sd1x`, and what the reference makes of given inputs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

import { SafetensorsFile } from '../../../src/engine/checkpoint/safetensors/safetensors-file.js';
import { floatOutput } from '../../../src/engine/runtime/inference-session.js';
import type { NamedTensors, Tensor } from '../../../src/engine/runtime/inference-session.js';
import { OnnxSession } from '../../../src/engine/runtime/onnx-session.js';

const ROOT = fileURLToPath(new URL('../../fixtures/sd1x/', import.meta.url));

export const CHECKPOINTS = ['sd1', 'sd2'] as const;
export type CheckpointName = (typeof CHECKPOINTS)[number];

export const WEIGHTS = {
  text_encoder: 'text_encoder/model.safetensors',
  unet: 'unet/diffusion_pytorch_model.safetensors',
  vae: 'vae/diffusion_pytorch_model.safetensors',
} as const;

export function checkpointFolder(name: CheckpointName): string {
  return join(ROOT, name);
}

export function configText(name: CheckpointName, network: keyof typeof WEIGHTS): string {
  return readFileSync(join(ROOT, name, network, 'config.json'), 'utf8');
}

export class ReferenceTensors {
  readonly #file: SafetensorsFile;

  private constructor(file: SafetensorsFile) {
    this.#file = file;
  }

  static async of(name: CheckpointName): Promise<ReferenceTensors> {
    return new ReferenceTensors(await SafetensorsFile.open(join(ROOT, `${name}-expected.safetensors`)));
  }

  async tensor(name: string): Promise<Tensor<Float32Array>> {
    const shape = this.#file.tensors.get(name)?.shape ?? [];
    return { shape, data: await this.#file.readFloats(name) };
  }

  async ids(name: string): Promise<Tensor<BigInt64Array>> {
    const { shape, data } = await this.tensor(name);
    return { shape, data: BigInt64Array.from(data, (id) => BigInt(id)) };
  }
}

/** Loads a graph whose weights lie in the checkpoint's folder, and runs it once for each of the feeds. */
export async function runGraph(
  graph: Uint8Array,
  folder: string,
  ...feeds: readonly NamedTensors[]
): Promise<NamedTensors[]> {
  const session = await OnnxSession.create(graph, { externalDataFolder: folder });
  const outputs = [];
  for (const feed of feeds) outputs.push(await session.run(feed));
  await session.dispose();
  return outputs;
}

/** Of float32 sums against float64 ones. */
const RELATIVE_TOLERANCE = 1e-5;

/** Each value within the tolerance times the largest of them. */
export function expectClose(
  outputs: NamedTensors | undefined,
  name: string,
  expected: Tensor<Float32Array>,
): void {
  const actual = floatOutput(outputs ?? {}, name);
  expect(actual.shape).toEqual(expected.shape);
  expect(maxRelativeError(actual.data, expected.data)).toBeLessThan(RELATIVE_TOLERANCE);
}

/** Largest |actual - expected|, over the largest |expected|. */
export function maxRelativeError(actual: Float32Array, expected: Float32Array): number {
  const differences = expected.map((value, index) => Math.abs(value - (actual[index] ?? NaN)));
  return maximum(differences) / maximum(expected.map(Math.abs));
}

/** NaN when there is one. */
function maximum(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}
