/** One safetensors file by itself: a LoRA, or what people take for a model. */
import { join } from 'node:path';

import { EngineError } from '../errors.js';
import { LoraFile } from './lora/lora-file.js';
import { SafetensorsFile } from './safetensors/safetensors-file.js';

/** How the names of the tensors of a whole checkpoint begin, as its authors' own code writes it. */
const WHOLE_CHECKPOINT = ['model.diffusion_model.', 'first_stage_model.', 'cond_stage_model.'];

/** What to use instead of a whole checkpoint in one file. */
export const DIFFUSERS_LAYOUT =
  'Use its version in diffusers layout, which is a folder with model_index.json: the hub has one of most models, and ' +
  "diffusers' script convert_original_stable_diffusion_to_diffusers.py makes one.";

/**
 * Reads the header, never the data.
 * @param file relative to the folder
 * @throws EngineError `model_unsupported` for a whole checkpoint, `model_corrupt` for what is no LoRA that can be used,
 * `model_missing`
 */
export async function checkLora(folder: string, file: string): Promise<void> {
  const { tensors } = await SafetensorsFile.open(join(folder, file));
  const isWhole = [...tensors.keys()].some((name) =>
    WHOLE_CHECKPOINT.some((beginning) => name.startsWith(beginning)),
  );
  if (isWhole) {
    const message = `${file} is a whole checkpoint in one file, which is not read. ${DIFFUSERS_LAYOUT}`;
    throw new EngineError('model_unsupported', message);
  }
  await LoraFile.open(folder, file);
}
