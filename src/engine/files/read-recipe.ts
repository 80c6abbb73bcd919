/** The recipe out of any file that can carry one. */

import { EngineError } from '../errors.js';
import type { Recipe } from '../recipe/recipe.js';
import { parseRecipe } from '../recipe/recipe.js';
import { recipeJsonFromTags } from './audio-tags.js';
import { pictureFormat, readPictureMetadata } from './picture-metadata.js';
import { openAudio } from './read-audio.js';

/**
 * Reads headers and tags only: neither pixels nor sound are decoded.
 * @param bytes a whole PNG, JPEG, WebP, WAV, MP3, Ogg or FLAC file
 * @throws EngineError `recipe_missing`, `recipe_invalid`
 */
// Asynchronous like its neighbours, so that reading in pieces can come later.
export async function readRecipe(bytes: Uint8Array): Promise<Recipe> {
  const json = await Promise.resolve(findRecipeJson(bytes));
  return parseRecipe(json);
}

function findRecipeJson(bytes: Uint8Array): string {
  const json =
    pictureFormat(bytes) === undefined ? audioRecipeJson(bytes) : readPictureMetadata(bytes).recipeJson;
  if (json === undefined) throw missing('This file carries no recipe');
  return json;
}

function audioRecipeJson(bytes: Uint8Array): string | undefined {
  try {
    return recipeJsonFromTags(openAudio(bytes).tags);
  } catch (cause) {
    throw missing('This is no picture or sound file that can be read', cause);
  }
}

function missing(fault: string, cause?: unknown): EngineError {
  return new EngineError(
    'recipe_missing',
    `${fault}: only pictures and sounds that Riffcord made have one, and only until another program saves them anew.`,
    { cause },
  );
}
