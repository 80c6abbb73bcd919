/** The real model that ships in models/, all the way, in a process of its own as the bot and the CLI run it. */
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';

import { CancelledError } from '../../src/engine/errors.js';
import { readAudio } from '../../src/engine/files/read-audio.js';
import { readRecipe } from '../../src/engine/files/read-recipe.js';
import { EngineProcess } from '../../src/engine/process/engine-process.js';
import { aRequest, SHIPPED_MODEL_ROOT } from './tiny-model.js';

const entry = new URL('../../dist/src/engine/process/main.js', import.meta.url);

describe('the shipped model', () => {
  const engine = new EngineProcess({ entry, settings: { modelRoots: [SHIPPED_MODEL_ROOT] } });
  afterAll(() => engine.dispose());

  it('is there, and has prompts to try', async () => {
    const [model] = await engine.models();
    expect(model?.name).toBe('riffcord-small');
    expect(model?.samplePrompts.length).toBeGreaterThan(10);
  });

  it('makes 5.12 s of sound of a prompt, both files with the recipe in them', async () => {
    const request = aRequest({ prompt: 'funk bassline with a jazzy saxophone solo', audioFormat: 'mp3' });
    const { recipe, picture, audio } = await engine.generate(request);
    const { clip } = await readAudio(audio.bytes);
    const { width, height } = await sharp(picture).metadata();
    const samples = clip.channels[0] ?? new Float32Array();
    const rms = Math.hypot(...chunkNorms(samples)) / Math.sqrt(samples.length);
    expect({ width, height }).toEqual({ width: 512, height: 512 });
    expect(audio.durationSeconds).toBe(5.12);
    expect([audio.sampleRate, clip.sampleRate, samples.length]).toEqual([48_000, 48_000, 245_760]);
    expect(rms).toBeGreaterThan(0.01);
    expect(await readRecipe(picture)).toEqual(recipe);
    expect(await readRecipe(audio.bytes)).toEqual(recipe);
  });

  it('stops within one step of the signal, its process included', async () => {
    const abortion = new AbortController();
    let lastStep = 0;
    const generating = engine.generate(aRequest({ numInferenceSteps: 100 }), {
      signal: abortion.signal,
      // Each step of the child takes longer than a message does.
      previewIntervalMs: 0,
      onProgress: ({ step }) => {
        lastStep = step;
        if (step === 3) abortion.abort();
      },
    });
    await expect(generating).rejects.toBeInstanceOf(CancelledError);
    expect(lastStep).toBeLessThan(10);
  });
});

/** Norms of a second each: a spread of all the samples would be too many arguments. */
function chunkNorms(samples: Float32Array): number[] {
  const norms: number[] = [];
  for (let start = 0; start < samples.length; start += 48000) {
    norms.push(Math.hypot(...samples.subarray(start, start + 48000)));
  }
  return norms;
}
