/** The small LoRAs of `test/fixtures/lora`, and files made up for a test. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { commonFolder } from '../../../../src/engine/checkpoint/common-folder.js';
import { LoraFile } from '../../../../src/engine/checkpoint/lora/lora-file.js';
import type { AdaptableWeights } from '../../../../src/engine/checkpoint/lora/lora-fit.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { tensorsBytes } from '../safetensors-bytes.js';
import type { MadeUpTensor } from '../safetensors-bytes.js';
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

/** Writes `lora.safetensors` into the folder, and opens it. */
export async function openMadeUp(
  folder: string,
  tensors: Readonly<Record<string, MadeUpTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<LoraFile> {
  await writeFile(join(folder, 'lora.safetensors'), tensorsBytes(tensors, metadata));
  return LoraFile.open(folder, 'lora.safetensors');
}
