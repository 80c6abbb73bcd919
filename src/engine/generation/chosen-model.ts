import { readModelConfig } from '../diffusion/model-config.js';
import type { ModelConfig } from '../diffusion/model-config.js';
import type { GenerationRequest } from '../generation-request.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import type { ModelStore } from '../runtime/model-store.js';

export interface ChosenLora {
  readonly folder: ModelFolder;
  readonly weight: number;
}

/** What has to be in memory for a request. */
export interface ChosenModel {
  readonly checkpoint: ModelFolder;
  readonly config: ModelConfig;
  readonly loras: readonly ChosenLora[];
  /** Its pictures are to continue at their left edge, though it was not made for that. */
  readonly loop: boolean;
}

/** @throws EngineError `model_missing` when the model or a LoRA is not there, or as `readModelConfig` */
export async function chooseModel(
  { model, loras, loop }: Pick<GenerationRequest, 'model' | 'loras' | 'loop'>,
  store: ModelStore,
): Promise<ChosenModel> {
  const checkpoint = await store.find(model);
  const config = await readModelConfig(checkpoint);
  const found: ChosenLora[] = [];
  for (const { name, weight } of loras) found.push({ folder: await store.findLora(name), weight });
  return { checkpoint, config, loras: found, loop: loop === true && !config.circular };
}

/** Equal for choices that are the same in memory. */
export function memoryKey({ checkpoint, loras, loop }: ChosenModel): string {
  const adapters = loras.map(({ folder, weight }) => `${folder.sha256}:${weight}`);
  return [checkpoint.sha256, loop, ...adapters].join(' ');
}
