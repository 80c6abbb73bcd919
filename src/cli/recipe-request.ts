import type { GenerationRequestInput } from '../engine/generation-request.js';
import type { ModelDescription } from '../engine/music-engine.js';
import type { Recipe } from '../engine/recipe/recipe.js';
import { CliError } from './cli-error.js';

/**
 * The request that a recipe was made for.
 * @param models those that are here
 * @throws CliError `model_differs` when something that the clip was made with is not here
 */
export function requestOfRecipe(recipe: Recipe, models: readonly ModelDescription[]): GenerationRequestInput {
  const { prompt, negativePrompt, seed, numInferenceSteps, guidanceScale, scheduler } = recipe;
  const { width, pictures = 1 } = recipe;
  const model = findModel(recipe, models);
  return {
    ...{ prompt, negativePrompt, seed, numInferenceSteps, guidanceScale, scheduler },
    width: width / pictures,
    ...initialPictures(recipe),
    strength: recipe.strength,
    end: endOf(recipe),
    pictures,
    alpha: recipe.alpha,
    acceleration: recipe.acceleration,
    bpm: recipe.bpm,
    loop: recipe.loop,
    clipSkip: recipe.clipSkip,
    tinyDecoder: recipe.tinyDecoder,
    loras: recipe.loras?.map(({ name, weight }) => ({ name, weight })),
    model: model.name,
  };
}

function initialPictures({ initImage, maskImage }: Recipe): Pick<GenerationRequestInput, 'init' | 'mask'> {
  const maskPicture = maskImage && nameOf(maskImage.maskPicture);
  return {
    ...(initImage && { init: { kind: 'seed-picture', name: nameOf(initImage.seedPicture) } }),
    ...(maskPicture !== undefined && { mask: { kind: 'mask-picture', name: maskPicture } }),
  };
}

function endOf({ end }: Recipe): GenerationRequestInput['end'] {
  if (!end) return undefined;
  const { initImage, ...knobs } = end;
  return {
    ...knobs,
    ...(initImage && { init: { kind: 'seed-picture', name: nameOf(initImage.seedPicture) } }),
  };
}

/** Pictures without a name are not in the file, so what came of them cannot be made again from it. */
function nameOf(picture: string | undefined): string {
  if (picture !== undefined) return picture;
  const message =
    'This clip was made from another picture, which the file does not hold, so it cannot be made again from it.';
  throw new CliError('model_differs', message);
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
