import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { loadPipeline } from '../../../src/engine/diffusion/load-pipeline.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { OnnxSession } from '../../../src/engine/runtime/onnx-session.js';
import { usualRhythm } from '../../../src/engine/tempo/usual-rhythm.js';
import { SHIPPED_MODEL_ROOT } from '../tiny-model.js';

const NAMES = ['genre:waltz', 'beats:6', 'beats:8', 'beats:16', 'meter:3'];

describe('the usual rhythm', () => {
  it('has the likeliest number of beats, in bars that fill the picture', () => {
    const likelihoods = Float32Array.of(0.1, 0.2, 0.7, 0.3, 0);
    expect(usualRhythm(NAMES, likelihoods, 1)).toEqual({ beats: 8, beatsPerBar: 4 });
  });

  it('goes in threes where the words do', () => {
    const likelihoods = Float32Array.of(0.9, 0.6, 0.1, 0.1, 0.8);
    expect(usualRhythm(NAMES, likelihoods, 1)).toEqual({ beats: 6, beatsPerBar: 3 });
  });

  it.each([
    [0.75, 6],
    [1.5, 12],
    [2, 16],
  ])('has as many beats in a picture of %d widths as its time has room for', (share, beats) => {
    const likelihoods = Float32Array.of(0, 0, 1, 0, 0);
    expect(usualRhythm(NAMES, likelihoods, share)?.beats).toBe(beats);
  });

  it('is none where the model does not tell beats', () => {
    expect(usualRhythm(['genre:waltz'], Float32Array.of(1), 1)).toBeUndefined();
  });

  it('is that of the music which the shipped model was trained on', async () => {
    const folder = await ModelFolder.open(join(SHIPPED_MODEL_ROOT, 'riffcord-small'));
    const pipeline = await loadPipeline(folder, (network, options = {}) => {
      if (typeof network === 'function') throw new Error('The shipped model has its networks in files.');
      return OnnxSession.create(network, options);
    });
    const rhythmOf = (prompt: string) => pipeline.usualRhythm(prompt, pipeline.config.width);
    expect(await rhythmOf('viennese waltz')).toMatchObject({ beatsPerBar: 3 });
    expect((await rhythmOf('drum and bass'))?.beats).toBeGreaterThan(12);
    expect((await rhythmOf('slow ambient pads'))?.beats).toBeLessThan(8);
    await pipeline.dispose();
  });
});
