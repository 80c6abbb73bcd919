import { describe, expect, it } from 'vitest';

import { insertPngChunks, pngText } from '../../../src/engine/files/png-chunks.js';
import { readRecipe } from '../../../src/engine/files/read-recipe.js';
import { writeAudio } from '../../../src/engine/files/write-audio.js';
import { writePicture } from '../../../src/engine/files/write-picture.js';
import { AUDIO_FORMATS } from '../../../src/engine/limits.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { failureOf, fixture, joined, noiseBytes, RECIPE, tone } from './fixtures.js';

const PICTURE = { width: 4, height: 512, rgb: new Uint8Array(4 * 512 * 3) };

describe('the recipe of a file', () => {
  it.each(AUDIO_FORMATS)('is read from %s', async (format) => {
    const { bytes } = await writeAudio(tone(48000, 1, 0.1), format, { title: 'x', recipe: RECIPE });
    expect(await readRecipe(bytes)).toEqual(RECIPE);
  });

  it.each(['png', 'jpeg', 'webp'] as const)('is read from %s', async (format) => {
    const bytes = await writePicture(PICTURE, DEFAULT_SPECTROGRAM_PARAMS, { format, recipe: RECIPE });
    expect(await readRecipe(bytes)).toEqual(RECIPE);
  });

  it.each(['tone.wav', 'tone.flac', 'tone.mp3', 'tagged.png', 'tagged.jpg', 'tagged.webp'])(
    'is missing from %s',
    async (name) => {
      const { code, message } = await failureOf(readRecipe(await fixture(name)));
      expect(code).toBe('recipe_missing');
      expect(message).toContain('carries no recipe');
    },
  );

  it.each([
    { what: 'no bytes', bytes: new Uint8Array() },
    { what: 'noise', bytes: noiseBytes(10_000) },
    { what: 'text', bytes: joined('hello') },
    { what: 'a cut off WAV', bytes: joined('RIFF', [0, 0, 0, 0], 'WAVE') },
  ])('is missing from $what', async ({ bytes }) => {
    expect((await failureOf(readRecipe(bytes))).code).toBe('recipe_missing');
  });

  it('is invalid where another program put something else in its place', async () => {
    expect((await failureOf(readRecipe(await fixture('tone-vorbis.ogg')))).code).toBe('recipe_invalid');
    const png = insertPngChunks(await fixture('grey.png'), [pngText('riffcord-recipe', 'cake')]);
    expect((await failureOf(readRecipe(png))).code).toBe('recipe_invalid');
  });
});
