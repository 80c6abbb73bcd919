import type { Recipe } from '../recipe/recipe.js';

/** What a written audio file says about itself. */
export interface AudioTags {
  /** What players show, usually the prompt. @defaultValue none */
  readonly title?: string | undefined;
  /** What the clip can be made again from. @defaultValue none */
  readonly recipe?: Recipe | undefined;
}

/** Name of the recipe in Vorbis comments, and description of its TXXX frame in ID3. */
export const RECIPE_TAG = 'RIFFCORD_RECIPE';
/** What made the file. */
export const ENCODER_NAME = 'Riffcord';

/** Longest value that is read, in bytes: cover pictures and the like are left out. */
export const TAG_MAX_BYTES = 64 * 1024;
/** Most tags read from one file. */
export const TAG_MAX_COUNT = 500;

/** The recipe's JSON form, unchecked; in WAV files it is the comment. */
export function recipeJsonFromTags(tags: ReadonlyMap<string, string>): string | undefined {
  const recipe = tags.get(RECIPE_TAG);
  if (recipe !== undefined) return recipe;
  const comment = tags.get('COMMENT');
  return comment?.startsWith('{"format":"riffcord-recipe"') ? comment : undefined;
}
