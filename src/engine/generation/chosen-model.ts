import { readModelConfig } from '../diffusion/model-config.js';
import type { ModelConfig } from '../diffusion/model-config.js';
import type { GenerationRequest } from '../generation-request.js';
import type { Precision } from '../limits.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import type { ModelStore } from '../runtime/model-store.js';
import { planPiece } from './piece-plan.js';
import type { PiecePlan } from './piece-plan.js';

export interface ChosenLora {
  readonly folder: ModelFolder;
  readonly weight: number;
}

/** What has to be in memory for a request. */
export interface ChosenModel {
  readonly checkpoint: ModelFolder;
  readonly config: ModelConfig;
  /** What it is to make. */
  readonly piece: PiecePlan;
  readonly loras: readonly ChosenLora[];
  /** Of the sums in the denoiser. */
  readonly precision: Precision;
  /** Its pictures are to continue at their left edge, though it was not made for that. */
  readonly loop: boolean;
  /** Layers of its text encoder left out at the end. */
  readonly clipSkip: number;
  /** Its tiny autoencoder decodes. */
  readonly tinyDecoder: boolean;
}

/** @throws EngineError `model_missing` when the model or a LoRA is not there, or as `readModelConfig` or `planPiece` */
export async function chooseModel(
  request: GenerationRequest,
  store: ModelStore,
  precision: Precision,
): Promise<ChosenModel> {
  const { model, loras, loop, clipSkip = 0, tinyDecoder = false } = request;
  const checkpoint = await store.find(model);
  const config = await readModelConfig(checkpoint);
  const piece = planPiece(request, config);
  const found: ChosenLora[] = [];
  for (const { name, weight } of loras) found.push({ folder: await store.findLora(name), weight });
  return {
    checkpoint,
    config,
    piece,
    loras: found,
    // Exported networks compute as they were exported.
    precision: config.networks.kind === 'checkpoint' ? precision : 'float32',
    // A piece's windows go round by themselves.
    loop: loop === true && !config.circular && piece.pictures === 1,
    clipSkip,
    tinyDecoder,
  };
}

/** Equal for choices that are the same in memory. */
export function memoryKey(model: ChosenModel): string {
  const { checkpoint, loras, loop, precision, clipSkip, tinyDecoder } = model;
  const adapters = loras.map(({ folder, weight }) => `${folder.sha256}:${weight}`);
  return [checkpoint.sha256, loop, precision, clipSkip, tinyDecoder, ...adapters].join(' ');
}
