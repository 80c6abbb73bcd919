import { z } from 'zod';

import { SCHEDULERS } from '../limits.js';

/** Current version of the recipe's JSON form; docs/recipe.md describes each. */
export const RECIPE_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');

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
  seed: z.int().min(0),
  numInferenceSteps: z.int().min(1),
  guidanceScale: z.number(),
  scheduler: z.enum(SCHEDULERS),
  /** Present for image-to-image: share of the initial picture replaced by noise, 0..1. */
  strength: z.number().min(0).max(1).optional(),
  /** Present for image-to-image: the initial picture's pixels. */
  initImage: z.object({ sha256 }).optional(),
  /** Columns of the picture; one is 10 ms at the defaults. */
  width: z.int().min(1),
});

export type Recipe = z.infer<typeof recipeSchema>;
