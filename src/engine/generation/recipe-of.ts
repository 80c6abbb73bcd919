import { createHash } from 'node:crypto';

import type { PipelineRequest } from '../diffusion/pipeline-request.js';
import type { GenerationRequest } from '../generation-request.js';
import { RECIPE_VERSION } from '../recipe/recipe.js';
import type { Recipe } from '../recipe/recipe.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { ENGINE_VERSION } from '../version.js';
import type { PlannedModel } from './chosen-model.js';

/** What a clip depends on, once everything is settled. */
export interface SettledRequest extends PipelineRequest {
  /** Columns, of all pictures together. */
  readonly width: number;
  readonly pictures: number;
  /** The end of the clip goes on at its beginning. */
  readonly loop: boolean;
}

/**
 * @param asked what the pictures were called
 * @param settled what the model is asked for
 */
export function recipeOf(asked: GenerationRequest, settled: SettledRequest, model: PlannedModel): Recipe {
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
    ...interpolation(asked, settled),
    ...(settled.acceleration && { acceleration: settled.acceleration }),
    ...((model.loop || (settled.pictures > 1 && settled.loop)) && { loop: true }),
    ...(model.clipSkip > 0 && { clipSkip: model.clipSkip }),
    ...(model.tinyDecoder && { tinyDecoder: true }),
    ...(model.precision !== 'float32' && { precision: model.precision }),
    ...(model.loras.length > 0 && {
      loras: model.loras.map(({ folder: { name, sha256 }, weight }) => ({ name, sha256, weight })),
    }),
    ...(settled.pictures > 1 && { pictures: settled.pictures }),
    ...(model.tempo && { bpm: model.tempo.bpm }),
    ...(model.piece.seconds !== undefined && { seconds: model.piece.seconds }),
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
  const maskName = asked.mask?.kind === 'mask-picture' ? asked.mask.name : undefined;
  return {
    strength: start.strength,
    initImage: initImage(asked.init, init),
    ...(mask && {
      maskImage: { sha256: pixelHash(mask), ...(maskName !== undefined && { maskPicture: maskName }) },
    }),
  };
}

function initImage(
  asked: GenerationRequest['init'],
  picture: SpectrogramPicture,
): NonNullable<Recipe['initImage']> {
  const seedPicture = asked?.kind === 'seed-picture' ? asked.name : undefined;
  return { sha256: pixelHash(picture), ...(seedPicture !== undefined && { seedPicture }) };
}

function interpolation(
  asked: GenerationRequest,
  { end, alpha, init, endInit }: SettledRequest,
): Pick<Recipe, 'end' | 'alpha'> {
  if (!end) return {};
  const { strength, ...knobs } = end;
  return {
    end: {
      ...knobs,
      ...(init && { strength }),
      ...(endInit && { initImage: initImage(asked.end?.init, endInit) }),
    },
    ...(alpha !== undefined && { alpha }),
  };
}

function pixelHash({ rgb }: SpectrogramPicture): string {
  return createHash('sha256').update(rgb).digest('hex');
}
