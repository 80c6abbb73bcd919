import { createHash } from 'node:crypto';

import { z } from 'zod';

import { EngineError } from '../errors.js';
import { PRECISIONS, SCHEDULERS } from '../limits.js';

/** Current version of the recipe's JSON form; docs/recipe.md describes each. */
export const RECIPE_VERSION = 1;

/** Longest JSON form that is read, in characters: two prompts of the greatest length take a fifth of it. */
const RECIPE_MAX_LENGTH = 32 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');

const initImageSchema = z.object({ sha256, seedPicture: z.string().optional() });

/**
 * Everything a clip depends on. The same recipe, with the same engine version and platform, gives the same bytes.
 * Fields may be added within a version; the meaning of a field never changes within one.
 */
export const recipeSchema = z.object({
  format: z.literal('riffcord-recipe'),
  version: z.literal(RECIPE_VERSION),
  /** Version of the engine that made the clip. */
  engine: z.string(),
  model: z.object({ name: z.string(), version: z.string(), sha256 }),
  prompt: z.string(),
  negativePrompt: z.string(),
  /** Of the starting noise, and of the phase that the sound starts from. */
  seed: z.int().min(0),
  numInferenceSteps: z.int().min(1),
  guidanceScale: z.number(),
  scheduler: z.enum(SCHEDULERS),
  /** Present for image-to-image: share of the initial picture replaced by noise, 0..1. */
  strength: z.number().min(0).max(1).optional(),
  /** Present for image-to-image: the initial picture's pixels, and its name if it is a seed picture. */
  initImage: initImageSchema.optional(),
  /** Columns of the picture; one is 10 ms at the defaults. */
  width: z.int().min(1),
  /** Present when parts of the initial picture were kept: the mask's pixels, and its name if it has one. */
  maskImage: z.object({ sha256, maskPicture: z.string().optional() }).optional(),
  /** Present for an interpolation: its far end. */
  end: z
    .object({
      prompt: z.string(),
      negativePrompt: z.string(),
      seed: z.int().min(0),
      guidanceScale: z.number(),
      strength: z.number().min(0).max(1).optional(),
      /** Present for a way to another clip. */
      initImage: initImageSchema.optional(),
    })
    .optional(),
  /** Present for an interpolation, unless the clip goes all the way: how far from the start to the end, 0..1. */
  alpha: z.number().min(0).max(1).optional(),
  /** Present when work was left out to save time; see AccelerationOptions. */
  acceleration: z
    .object({
      guidanceInterval: z.tuple([z.number(), z.number()]).readonly().exactOptional(),
      guidanceEvery: z.int().min(1).exactOptional(),
      deepFeaturesEvery: z.int().min(1).exactOptional(),
    })
    .optional(),
  /** Present when the model was asked to make a loop. */
  loop: z.literal(true).optional(),
  /** Present when layers of the text encoder were left out at its end: how many. */
  clipSkip: z.int().min(1).optional(),
  /** Present when a checkpoint's tiny autoencoder decoded. */
  tinyDecoder: z.literal(true).optional(),
  /** Present when the denoiser did not compute in 32 bits. */
  precision: z.enum(PRECISIONS).optional(),
  /** Present when LoRAs were merged into the model. */
  loras: z.array(z.object({ name: z.string(), sha256, weight: z.number() })).optional(),
  /** Present when the clip is several pictures long: how many, all equally wide, `width` together. */
  pictures: z.int().min(2).optional(),
  /** Present when the model was told a tempo: beats per minute. */
  bpm: z.number().positive().optional(),
  /** Present when the clip is as long as the one it was made of: what its pictures are longer was cut off. */
  seconds: z.number().positive().optional(),
});

export type Recipe = z.infer<typeof recipeSchema>;

/**
 * The canonical JSON form: the schema's fields in the schema's order, no spaces, ASCII only (other characters as
 * `\u` escapes), so that equal recipes give equal bytes and tags that declare no encoding cannot damage them.
 */
export function serializeRecipe(recipe: Recipe): string {
  // Parsing rebuilds the object in the order of the schema and drops what the schema does not know.
  const canonical = recipeSchema.parse(recipe);
  return JSON.stringify(canonical).replace(/[\u007f-\uffff]/g, escapeCodeUnit);
}

/** @throws EngineError `recipe_invalid` */
export function parseRecipe(json: string): Recipe {
  if (json.length > RECIPE_MAX_LENGTH) {
    throw invalid(`it is longer than ${RECIPE_MAX_LENGTH} characters`);
  }
  const value = parseJson(json);
  if (!isRecipeLike(value)) throw invalid('it is not a Riffcord recipe');
  if (typeof value.version === 'number' && value.version > RECIPE_VERSION) {
    throw new EngineError(
      'recipe_invalid',
      `This recipe was made by a newer Riffcord (recipe version ${value.version}, this one reads up to ` +
        `${RECIPE_VERSION}): update Riffcord to use it.`,
    );
  }
  const result = recipeSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalid(issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown fault', result.error);
}

/** SHA-256 of the canonical JSON form, hex: equal for equal recipes. */
export function recipeHash(recipe: Recipe): string {
  return createHash('sha256').update(serializeRecipe(recipe)).digest('hex');
}

function escapeCodeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw invalid('it is not complete JSON', cause);
  }
}

function isRecipeLike(value: unknown): value is { version?: unknown } {
  return (
    typeof value === 'object' && value !== null && 'format' in value && value.format === 'riffcord-recipe'
  );
}

function invalid(reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'recipe_invalid',
    `The recipe cannot be read (${reason}): use the file as Riffcord wrote it, or type its prompt and seed anew.`,
    { cause },
  );
}
