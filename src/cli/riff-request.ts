import { randomInt } from 'node:crypto';

import { readRecipe } from '../engine/files/read-recipe.js';
import { parseGenerationRequest } from '../engine/generation-request.js';
import type { GenerationRequest, GenerationRequestInput } from '../engine/generation-request.js';
import { AUDIO_MAX_BYTES, IMAGE_MAX_BYTES, SEED_MAX } from '../engine/limits.js';
import type { MusicEngine } from '../engine/music-engine.js';
import { MASK_PICTURES } from '../engine/seed-pictures/mask-pictures.js';
import { SEED_PICTURES } from '../engine/seed-pictures/seed-pictures.js';
import { CliError } from './cli-error.js';
import { readInputFile } from './input-file.js';
import { requestOfRecipe } from './recipe-request.js';
import type { RiffOptions } from './riff-options.js';

/** Options that a recipe holds already. */
const IN_RECIPE = {
  negative: '--negative',
  seed: '--seed',
  steps: '--steps',
  guidance: '--guidance',
  scheduler: '--scheduler',
  speed: '--speed',
  guidanceInterval: '--guidance-interval',
  guidanceEvery: '--guidance-every',
  deepFeaturesEvery: '--deep-features-every',
  init: '--init',
  strength: '--strength',
  mask: '--mask',
  to: '--to',
  toSeed: '--to-seed',
  alpha: '--alpha',
  toInit: '--to-init',
  morphSteps: '--morph-steps',
  seconds: '--seconds',
  width: '--width',
  bpm: '--bpm',
  loop: '--loop',
  clipSkip: '--clip-skip',
  tinyDecoder: '--tiny-decoder',
  lora: '--lora',
  model: '--model',
} as const satisfies Partial<Record<keyof RiffOptions, string>>;

/** @throws EngineError `invalid_request`; CliError `input_unreadable`, `usage` */
export async function requestFromOptions(prompt: string, options: RiffOptions): Promise<GenerationRequest> {
  return parseGenerationRequest({
    prompt,
    negativePrompt: options.negative,
    seed: options.seed ?? randomInt(SEED_MAX + 1),
    numInferenceSteps: options.steps,
    guidanceScale: options.guidance,
    scheduler: options.scheduler,
    speed: options.speed,
    acceleration: accelerationOf(options),
    init: await initSource(options.init),
    strength: options.strength,
    mask: await maskSource(options.mask),
    end: await endOf(options),
    pictures: options.morphSteps,
    seconds: options.seconds,
    alpha: options.alpha,
    width: options.width,
    bpm: options.bpm,
    loop: options.loop,
    clipSkip: options.clipSkip,
    tinyDecoder: options.tinyDecoder,
    loras: options.lora,
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
  const names = Object.keys(IN_RECIPE) as (keyof typeof IN_RECIPE)[];
  const extra = names.find((name) => options[name] !== undefined);
  const what = prompt === '' ? extra && IN_RECIPE[extra] : 'a prompt';
  if (what !== undefined) {
    throw new CliError('usage', `--recipe takes everything from the file: leave ${what} out.`);
  }
  const recipe = await readRecipe(await readInputFile(path, AUDIO_MAX_BYTES));
  return parseGenerationRequest({
    ...requestOfRecipe(recipe, await engine.models()),
    audioFormat: options.format,
  });
}

function accelerationOf(options: RiffOptions): GenerationRequestInput['acceleration'] {
  const { guidanceInterval, guidanceEvery, deepFeaturesEvery } = options;
  const acceleration = {
    ...(guidanceInterval !== undefined && { guidanceInterval }),
    ...(guidanceEvery !== undefined && { guidanceEvery }),
    ...(deepFeaturesEvery !== undefined && { deepFeaturesEvery }),
  };
  return Object.keys(acceleration).length > 0 ? acceleration : undefined;
}

async function initSource(init: string | undefined): Promise<GenerationRequestInput['init']> {
  if (init === undefined) return undefined;
  if (SEED_PICTURES.some(({ name }) => name === init)) return { kind: 'seed-picture', name: init };
  return { kind: 'file', bytes: await readNamed('seed picture', init, AUDIO_MAX_BYTES) };
}

async function maskSource(mask: string | undefined): Promise<GenerationRequestInput['mask']> {
  if (mask === undefined) return undefined;
  if (MASK_PICTURES.some(({ name }) => name === mask)) return { kind: 'mask-picture', name: mask };
  return { kind: 'file', bytes: await readNamed('mask', mask, IMAGE_MAX_BYTES) };
}

/** @throws CliError `input_unreadable`, which thinks of names as well where it was no path */
async function readNamed(kind: string, name: string, maxBytes: number): Promise<Uint8Array> {
  try {
    return await readInputFile(name, maxBytes);
  } catch (cause) {
    if (/[./\\]/.test(name)) throw cause;
    const message = `There is neither a ${kind} nor a file called ${name}: riffcord seeds lists what there is.`;
    throw new CliError('input_unreadable', message, { cause });
  }
}

/** @throws CliError `usage` */
async function endOf(options: RiffOptions): Promise<GenerationRequestInput['end']> {
  const { to, toSeed, toInit, alpha, morphSteps } = options;
  if (alpha !== undefined && morphSteps !== undefined) {
    throw new CliError('usage', '--morph-steps goes all the way, --alpha to one point of it: leave one out.');
  }
  if (morphSteps === 1) throw new CliError('usage', '--morph-steps must be 2 or more: a way has two ends.');
  if (to !== undefined) {
    const init = await initSource(toInit);
    return { prompt: to, ...(toSeed !== undefined && { seed: toSeed }), ...(init && { init }) };
  }
  const orphans = { '--alpha': alpha, '--to-seed': toSeed, '--to-init': toInit, '--morph-steps': morphSteps };
  const orphan = Object.entries(orphans).find(([, value]) => value !== undefined);
  if (!orphan) return undefined;
  throw new CliError('usage', `${orphan[0]} says something of where to go: add --to with a prompt.`);
}
