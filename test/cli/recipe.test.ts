import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { writeAudio } from '../../src/engine/files/write-audio.js';
import type { Recipe } from '../../src/engine/recipe/recipe.js';
import { inFolder, onlyObject, runCli } from './run-cli.js';

const RECIPE: Recipe = {
  format: 'riffcord-recipe',
  version: 1,
  engine: '0.1.0',
  model: { name: 'some-model', version: '2.0.0', sha256: '0123456789abcdef'.repeat(4) },
  prompt: 'bells \u001b]0;owned\u0007\u001b[31m of\nrome',
  negativePrompt: '',
  seed: 99,
  numInferenceSteps: 12,
  guidanceScale: 3.5,
  scheduler: 'heun',
  width: 512,
};
const SILENCE = { sampleRate: 44_100, channels: [new Float32Array(4410)] };

describe('riffcord recipe', () => {
  it('shows a recipe to people, and to their terminal no control characters of strangers', () =>
    inFolder(async (cwd) => {
      await writeFile(join(cwd, 'a.ogg'), (await writeAudio(SILENCE, 'ogg', { recipe: RECIPE })).bytes);
      const { code, stdout } = await runCli(['recipe', 'a.ogg'], { cwd });
      expect(code).toBe(0);
      expect(stdout).toBe(
        [
          'Prompt     bells  ]0;owned [31m of rome',
          'Seed       99',
          'Steps      12',
          'Guidance   3.5',
          'Scheduler  heun',
          'Model      some-model 2.0.0 (hash 0123456789ab)',
          'Columns    512',
          'Engine     0.1.0',
          '',
        ].join('\n'),
      );
    }));

  it('prints the recipe itself as JSON', () =>
    inFolder(async (cwd) => {
      const recipe = {
        ...RECIPE,
        negativePrompt: 'drums',
        strength: 0.5,
        initImage: { sha256: 'ab'.repeat(32) },
      };
      await writeFile(join(cwd, 'a.wav'), (await writeAudio(SILENCE, 'wav', { recipe })).bytes);
      const { stdout } = await runCli(['recipe', 'a.wav', '--json'], { cwd });
      expect(onlyObject(stdout)).toEqual(recipe);
    }));

  it('says so when a file has none', () =>
    inFolder(async (cwd) => {
      await writeFile(join(cwd, 'a.mp3'), (await writeAudio(SILENCE, 'mp3')).bytes);
      await writeFile(join(cwd, 'a.txt'), 'just a text');
      const sound = await runCli(['recipe', 'a.mp3'], { cwd });
      expect(sound).toMatchObject({ code: 3, stdout: '' });
      expect(sound.stderr).toMatch(/^This file carries no recipe: .*\n$/);
      const text = await runCli(['recipe', 'a.txt', '--json'], { cwd });
      expect(text.code).toBe(3);
      expect(onlyObject(text.stdout)).toMatchObject({ error: { code: 'recipe_missing' } });
    }));
});
