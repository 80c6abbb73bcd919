import { describe, expect, it } from 'vitest';

import { EngineError } from '../../../src/engine/errors.js';
import type { Recipe } from '../../../src/engine/recipe/recipe.js';
import { parseRecipe, recipeHash, serializeRecipe } from '../../../src/engine/recipe/recipe.js';
import { RECIPE } from '../files/fixtures.js';

function failureOf(json: string): string {
  try {
    parseRecipe(json);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'recipe_invalid') return error.message;
  }
  throw new Error('Expected recipe_invalid');
}

function reversed(recipe: Recipe): Recipe {
  return Object.fromEntries(Object.entries(recipe).reverse()) as Recipe;
}

describe('the JSON form of a recipe', () => {
  it('reads back as it was written', () => {
    const full = { ...RECIPE, strength: 0.75, initImage: { sha256: 'cd'.repeat(32) } };
    expect(parseRecipe(serializeRecipe(full))).toEqual(full);
    expect(parseRecipe(serializeRecipe(RECIPE))).toEqual(RECIPE);
  });

  it('is the one that the documentation shows', () => {
    expect(
      serializeRecipe({ ...RECIPE, prompt: 'fünk', strength: 0.5, initImage: { sha256: 'cd'.repeat(32) } }),
    ).toBe(
      `{"format":"riffcord-recipe","version":1,"engine":"0.1.0","model":{"name":"tiny","version":"1","sha256":"${'ab'.repeat(32)}"},` +
        `"prompt":"f\\u00fcnk","negativePrompt":"","seed":42,"numInferenceSteps":20,"guidanceScale":3.5,"scheduler":"euler",` +
        `"strength":0.5,"initImage":{"sha256":"${'cd'.repeat(32)}"},"width":512}`,
    );
  });

  it('is ASCII, whatever the prompt', () => {
    const prompt = 'ünïcode 🎷 \u0000\u007f\ud800 "quotes"';
    const json = serializeRecipe({ ...RECIPE, prompt });
    expect(json).toMatch(/^[\x20-\x7e]*$/);
    expect(parseRecipe(json).prompt).toBe(prompt);
  });

  it('does not depend on the order of the fields, nor does the hash', () => {
    expect(serializeRecipe(reversed(RECIPE))).toBe(serializeRecipe(RECIPE));
    expect(recipeHash(reversed(RECIPE))).toBe(recipeHash(RECIPE));
    expect(recipeHash(RECIPE)).toMatch(/^[0-9a-f]{64}$/);
    expect(recipeHash({ ...RECIPE, seed: 43 })).not.toBe(recipeHash(RECIPE));
  });

  it('may have fields that this version does not know', () => {
    expect(parseRecipe(JSON.stringify({ ...RECIPE, mood: 'good' }))).toEqual(RECIPE);
  });
});

describe('recipes that cannot be read', () => {
  it('of a newer version ask for an update', () => {
    expect(failureOf(JSON.stringify({ ...RECIPE, version: 2 }))).toMatch(/newer Riffcord.*update/);
  });

  it.each([
    { what: 'nothing', json: '' },
    { what: 'half of one', json: serializeRecipe(RECIPE).slice(0, 100) },
    { what: 'other JSON', json: '{"format":"cake"}' },
    { what: 'a number', json: '7' },
    { what: 'null', json: 'null' },
    { what: 'a megabyte', json: JSON.stringify({ ...RECIPE, prompt: 'x'.repeat(1_000_000) }) },
    { what: 'an array nested without end', json: '['.repeat(30_000) },
    { what: 'a seed that is text', json: JSON.stringify({ ...RECIPE, seed: '42' }) },
    { what: 'a scheduler that does not exist', json: JSON.stringify({ ...RECIPE, scheduler: 'magic' }) },
    {
      what: 'a hash that is too short',
      json: JSON.stringify({ ...RECIPE, model: { ...RECIPE.model, sha256: 'ab' } }),
    },
    { what: 'a version that is text', json: JSON.stringify({ ...RECIPE, version: '1' }) },
  ])('such as $what say so in a sentence', ({ json }) => {
    expect(failureOf(json)).toMatch(/^The recipe cannot be read \(.+\): .+\.$/);
  });

  it('name the field that is wrong', () => {
    expect(failureOf(JSON.stringify({ ...RECIPE, width: 0 }))).toContain('width');
  });
});
