import { randomInt } from 'node:crypto';

import { readRecipe } from '../engine/files/read-recipe.js';
import { parseGenerationRequest } from '../engine/generation-request.js';
import type { GenerationRequest } from '../engine/generation-request.js';
import { AUDIO_MAX_BYTES, SEED_MAX } from '../engine/limits.js';
import type { ModelDescription, MusicEngine } from '../engine/music-engine.js';
import type { Recipe } from '../engine/recipe/recipe.js';
import { CliError } from './cli-error.js';
import { readInputFile } from './input-file.js';

/** Options of `riff`, as commander hands them over. */
export interface RiffOptions {
  readonly negative?: string;
  readonly seed?: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly scheduler?: string;
  readonly model?: string;
  readonly format?: string | undefined;
  readonly out?: string;
  readonly force?: boolean;
  readonly recipe?: string;
}

/** Options that a recipe holds already. */
const IN_RECIPE = ['negative', 'seed', 'steps', 'guidance', 'scheduler', 'model'] as const;

/** @throws EngineError `invalid_request` */
export function requestFromOptions(prompt: string, options: RiffOptions): GenerationRequest {
  return parseGenerationRequest({
    prompt,
    negativePrompt: options.negative,
    seed: options.seed ?? randomInt(SEED_MAX + 1),
    numInferenceSteps: options.steps,
    guidanceScale: options.guidance,
    scheduler: options.scheduler,
    model: options.model,
    audioFormat: options.format,
  });
}

/**
 * The request that made a file.
 * @throws EngineError `recipe_missing`, `recipe_invalid`, `invalid_request`; CliError `usage`, `model_differs`
 */
export async function requestFromRecipe(
  path: string,
  prompt: string,
  options: RiffOptions,
  engine: MusicEngine,
): Promise<GenerationRequest> {
  const extra = prompt === '' ? IN_RECIPE.find((name) => options[name] !== undefined) : 'a prompt';
  if (extra !== undefined) {
    const what = extra === 'a prompt' ? extra : `--${extra}`;
    throw new CliError('usage', `--recipe takes everything from the file: leave ${what} out.`);
  }
  const recipe = await readRecipe(await readInputFile(path, AUDIO_MAX_BYTES));
  if (recipe.initImage !== undefined) {
    const message =
      'This clip was made from another picture, which the file does not hold, so it cannot be made again from it.';
    throw new CliError('model_differs', message);
  }
  const model = findModel(recipe, await engine.models());
  const { negativePrompt, seed, numInferenceSteps, guidanceScale, scheduler } = recipe;
  const knobs = { negativePrompt, seed, numInferenceSteps, guidanceScale, scheduler };
  return parseGenerationRequest({
    prompt: recipe.prompt,
    ...knobs,
    model: model.name,
    audioFormat: options.format,
  });
}

function findModel(recipe: Recipe, models: readonly ModelDescription[]): ModelDescription {
  const { name, version, sha256 } = recipe.model;
  const model = models.find((candidate) => candidate.sha256 === sha256);
  if (model !== undefined) return model;
  const namesake = models.find((candidate) => candidate.name === name);
  const here =
    namesake === undefined
      ? `only ${models.map((candidate) => candidate.name).join(', ')} can be found here`
      : `here it is another version of it (${namesake.version}, hash ${namesake.sha256.slice(0, 12)})`;
  throw new CliError(
    'model_differs',
    `The clip was made by the model "${name}" ${version} (hash ${sha256.slice(0, 12)}), but ${here}, ` +
      'which would make another clip: restore that model, or type its prompt and seed to make a new one.',
  );
}
