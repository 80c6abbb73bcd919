import { readModelConfig } from '../diffusion/model-config.js';
import type { ModelConfig } from '../diffusion/model-config.js';
import type { GenerationRequest } from '../generation-request.js';
import type { Precision } from '../limits.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import type { ModelStore } from '../runtime/model-store.js';
import type { ClipTempo } from '../tempo/clip-tempo.js';
import { askedTempo } from './asked-tempo.js';
import type { PiecePlan } from './piece-plan.js';

export interface ChosenLora {
  readonly folder: ModelFolder;
  readonly weight: number;
}

/** What a request is to be made with. */
export interface ChosenModel {
  readonly checkpoint: ModelFolder;
  /** Its own, but for the parameters of its pictures, which the tempo may stretch. */
  readonly config: ModelConfig;
  /** That it is to be told. */
  readonly tempo?: ClipTempo;
  readonly loras: readonly ChosenLora[];
  /** Of the sums in the denoiser. */
  readonly precision: Precision;
  /** Layers of its text encoder left out at the end. */
  readonly clipSkip: number;
  /** Its tiny autoencoder decodes. */
  readonly tinyDecoder: boolean;
}

/** What has to be in memory for a request. */
export interface PlannedModel extends ChosenModel {
  /** What it is to make. */
  readonly piece: PiecePlan;
  /** Its pictures are to continue at their left edge, though it was not made for that. */
  readonly loop: boolean;
}

/** @throws EngineError `model_missing` when the model or a LoRA is not there, or as `readModelConfig` or `askedTempo` */
export async function chooseModel(
  request: GenerationRequest,
  store: ModelStore,
  precision: Precision,
): Promise<ChosenModel> {
  const { model, loras, clipSkip = 0, tinyDecoder = false } = request;
  const checkpoint = await store.find(model);
  const config = await readModelConfig(checkpoint);
  const tempo = askedTempo(request, config, checkpoint.name);
  const found: ChosenLora[] = [];
  for (const { name, weight } of loras) found.push({ folder: await store.findLora(name), weight });
  return {
    checkpoint,
    config: tempo ? { ...config, spectrogramParams: tempo.spectrogramParams } : config,
    ...(tempo && { tempo }),
    loras: found,
    // Exported networks compute as they were exported.
    precision: config.networks.kind === 'checkpoint' ? precision : 'float32',
    clipSkip,
    tinyDecoder,
  };
}

export function plannedFor(
  model: ChosenModel,
  { loop }: Pick<GenerationRequest, 'loop'>,
  piece: PiecePlan,
): PlannedModel {
  // A piece's windows go round by themselves.
  return { ...model, piece, loop: loop === true && !model.config.circular && piece.pictures === 1 };
}

/** Equal for choices that are the same in memory. */
export function memoryKey(model: PlannedModel): string {
  const { checkpoint, loras, loop, precision, clipSkip, tinyDecoder } = model;
  const adapters = loras.map(({ folder, weight }) => `${folder.sha256}:${weight}`);
  return [checkpoint.sha256, loop, precision, clipSkip, tinyDecoder, ...adapters].join(' ');
}
