import { createHash } from 'node:crypto';

import type { PipelineRequest } from '../diffusion/pipeline-request.js';
import type { GenerationRequest } from '../generation-request.js';
import { RECIPE_VERSION } from '../recipe/recipe.js';
import type { Recipe } from '../recipe/recipe.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { ENGINE_VERSION } from '../version.js';
import type { ChosenModel } from './chosen-model.js';

/** What a clip depends on, once everything is settled. */
export interface SettledRequest extends PipelineRequest {
  /** Columns. */
  readonly width: number;
}

/**
 * @param asked what the pictures were called
 * @param settled what the model is asked for
 */
export function recipeOf(asked: GenerationRequest, settled: SettledRequest, model: ChosenModel): Recipe {
  const { prompt, negativePrompt, seed, guidanceScale } = settled.start;
  return {
    format: 'riffcord-recipe',
    version: RECIPE_VERSION,
    engine: ENGINE_VERSION,
    model: identityOf(model.checkpoint),
    ...{ prompt, negativePrompt, seed },
    numInferenceSteps: settled.numInferenceSteps,
    guidanceScale,
    scheduler: settled.scheduler,
    ...imageToImage(asked, settled),
    width: settled.width,
    ...interpolation(settled),
    ...(settled.acceleration && { acceleration: settled.acceleration }),
    ...(model.loop && { loop: true }),
    ...(model.tinyDecoder && { tinyDecoder: true }),
    ...(model.precision !== 'float32' && { precision: model.precision }),
    ...(model.loras.length > 0 && {
      loras: model.loras.map(({ folder: { name, sha256 }, weight }) => ({ name, sha256, weight })),
    }),
  };
}

function identityOf({ name, version, sha256 }: ModelFolder): Recipe['model'] {
  return { name, version, sha256 };
}

function imageToImage(
  asked: GenerationRequest,
  { start, init, mask }: SettledRequest,
): Pick<Recipe, 'strength' | 'initImage' | 'maskImage'> {
  if (!init) return {};
  const seedPicture = asked.init?.kind === 'seed-picture' ? asked.init.name : undefined;
  const maskName = asked.mask?.kind === 'mask-picture' ? asked.mask.name : undefined;
  return {
    strength: start.strength,
    initImage: { sha256: pixelHash(init), ...(seedPicture !== undefined && { seedPicture }) },
    ...(mask && {
      maskImage: { sha256: pixelHash(mask), ...(maskName !== undefined && { maskPicture: maskName }) },
    }),
  };
}

function interpolation({ end, alpha, init }: SettledRequest): Pick<Recipe, 'end' | 'alpha'> {
  if (!end) return {};
  const { strength, ...knobs } = end;
  return { end: init ? { ...knobs, strength } : knobs, ...(alpha !== undefined && { alpha }) };
}

function pixelHash({ rgb }: SpectrogramPicture): string {
  return createHash('sha256').update(rgb).digest('hex');
}
