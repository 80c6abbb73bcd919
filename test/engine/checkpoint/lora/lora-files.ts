/** The small LoRAs of `test/fixtures/lora`, and files made up for a test. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { commonFolder } from '../../../../src/engine/checkpoint/common-folder.js';
import { LoraFile } from '../../../../src/engine/checkpoint/lora/lora-file.js';
import type { AdaptableWeights } from '../../../../src/engine/checkpoint/lora/lora-fit.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import type { Dtype } from '../../../../src/engine/checkpoint/safetensors/dtype.js';
import { DTYPE_BYTES } from '../../../../src/engine/checkpoint/safetensors/dtype.js';
import { floatBytes, safetensorsBytes } from '../safetensors-bytes.js';
import { checkpointFolder, WEIGHTS } from '../sd1x-checkpoints.js';
import type { CheckpointName } from '../sd1x-checkpoints.js';

export const LORA_FOLDER = fileURLToPath(new URL('../../../fixtures/lora/', import.meta.url));

/** A folder that holds the LoRAs and the checkpoints. */
export function fixturesFolder(): Promise<string> {
  return commonFolder([LORA_FOLDER, checkpointFolder('sd1'), checkpointFolder('sd2')]);
}

export async function openLora(name: string): Promise<LoraFile> {
  return LoraFile.open(LORA_FOLDER, `${name}.safetensors`, { relativeTo: await fixturesFolder() });
}

export async function openBases(name: CheckpointName): Promise<AdaptableWeights> {
  const options = { relativeTo: await fixturesFolder() };
  const folder = checkpointFolder(name);
  return {
    unet: await CheckpointWeights.open(folder, WEIGHTS.unet, options),
    text_encoder: await CheckpointWeights.open(folder, WEIGHTS.text_encoder, options),
  };
}

export interface MadeUpTensor {
  /** @defaultValue 'F32' */
  readonly dtype?: Dtype;
  readonly shape: readonly number[];
  /** Float32. @defaultValue zeros */
  readonly values?: readonly number[];
}

/** A safetensors file of the given tensors. */
export function madeUpBytes(
  tensors: Readonly<Record<string, MadeUpTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Buffer {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const data: Uint8Array[] = [];
  let end = 0;
  for (const [name, { dtype = 'F32', shape, values }] of Object.entries(tensors)) {
    const length = shape.reduce((product, size) => product * size, DTYPE_BYTES[dtype]);
    data.push(values ? floatBytes(values) : new Uint8Array(length));
    header[name] = { dtype, shape, data_offsets: [end, end + length] };
    end += length;
  }
  return safetensorsBytes(header, Buffer.concat(data));
}

/** Writes `lora.safetensors` into the folder, and opens it. */
export async function openMadeUp(
  folder: string,
  tensors: Readonly<Record<string, MadeUpTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<LoraFile> {
  await writeFile(join(folder, 'lora.safetensors'), madeUpBytes(tensors, metadata));
  return LoraFile.open(folder, 'lora.safetensors');
}
