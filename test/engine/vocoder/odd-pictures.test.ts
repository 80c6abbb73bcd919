import { describe, expect, it } from 'vitest';

import { QUALITIES } from '../../../src/engine/limits.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { pictureToSound } from '../../../src/engine/spectrogram/picture-to-sound.js';
import type { PictureToSoundOptions } from '../../../src/engine/spectrogram/picture-to-sound.js';
import { DEFAULT_SPECTROGRAM_PARAMS, hopLength } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { SMALL, codeOf } from './columns.js';
import { randomParams } from './random-params.js';

const defaults = DEFAULT_SPECTROGRAM_PARAMS;

/** Grey levels at random; every pixel of one level if there is one. */
function picture(width: number, height: number, seed: number, level?: number): SpectrogramPicture {
  const random = new SeededRandom(seed);
  const rgb = new Uint8Array(width * height * 3).map(() => level ?? Math.floor(256 * random.nextUniform()));
  return { width, height, rgb };
}

/** Makes the sound of a picture and checks that it is one: finite, in -1..1, as many channels and samples as due. */
function expectSound(
  source: SpectrogramPicture,
  params: SpectrogramParams,
  options: PictureToSoundOptions = {},
): readonly Float32Array[] {
  const { channels, sampleRate } = pictureToSound(source, params, { numGriffinLimIterations: 2, ...options });
  const columns = options.circular === true ? source.width : source.width - 1;
  const due = (columns * hopLength(params) * sampleRate) / params.sampleRate;
  expect(sampleRate).toBe(options.sampleRate ?? params.sampleRate);
  expect(channels).toHaveLength(params.stereo ? 2 : 1);
  for (const samples of channels) {
    expect(Math.abs(samples.length - due)).toBeLessThanOrEqual(due < 1 ? 1 : 0.5);
    if (!samples.every((sample) => Math.abs(sample) <= 1)) expect.fail('samples that are none');
  }
  return channels;
}

describe('pictureToSound', () => {
  it('takes every quality, as a loop or not, in mono and stereo, at every rate', () => {
    for (const quality of QUALITIES) {
      for (const circular of [false, true]) {
        for (const stereo of [false, true]) {
          for (const sampleRate of [8000, 11025, 22050, 44100, 48000, 192000]) {
            const params = { ...SMALL, stereo };
            expectSound(picture(12, 16, 1), params, { quality, circular, sampleRate });
          }
        }
      }
    }
  });

  it.each([8, 37, 4096])('takes pictures of %i bands', (numFrequencies) => {
    for (const width of [1, 2, 25]) {
      for (const circular of [false, true]) {
        const params = { ...defaults, numFrequencies };
        expectSound(picture(width, numFrequencies, 2), params, { circular, quality: 'fast' });
      }
    }
  });

  it('takes pictures of 1 to 20 columns', () => {
    for (let width = 1; width <= 20; width++) {
      expectSound(picture(width, 16, width), SMALL);
      expectSound(picture(width, 16, width), SMALL, { circular: true });
    }
  });

  it('makes silence of white and noise of black, however small the picture', () => {
    for (const width of [2, 30]) {
      for (const circular of [false, true]) {
        const [white] = expectSound(picture(width, 16, 1, 255), SMALL, { circular });
        expect(white!.every((sample) => sample === 0)).toBe(true);
        const [black] = expectSound(picture(width, 16, 1, 0), SMALL, { circular });
        expect(black!.some((sample) => Math.abs(sample) > 0.01)).toBe(true);
      }
    }
  });

  it('makes sound of a single black pixel, in the middle and in every corner', () => {
    for (const [column, row] of [
      [15, 8],
      [0, 0],
      [29, 0],
      [0, 15],
      [29, 15],
    ] as const) {
      const dot = picture(30, 16, 1, 255);
      dot.rgb.fill(0, 3 * (row * 30 + column), 3 * (row * 30 + column) + 3);
      for (const circular of [false, true]) {
        const [samples] = expectSound(dot, SMALL, { circular });
        expect(samples!.some((sample) => sample !== 0)).toBe(true);
      }
    }
  });

  it.each<Partial<SpectrogramParams>>([
    { windowDurationMs: 10 },
    { windowDurationMs: 80 },
    { stepSizeMs: 0.125, windowDurationMs: 0.25, paddedDurationMs: 0.25 },
    { stepSizeMs: 0.125, windowDurationMs: 8, paddedDurationMs: 8 },
    { stepSizeMs: 1000, windowDurationMs: 2000, paddedDurationMs: 4000 },
    { maxFrequency: 4000 },
    { maxFrequency: 0.01 },
    { minFrequency: 2999.9 },
    { powerForImage: 0.001 },
    { powerForImage: 4 },
    { sampleRate: 192000, maxFrequency: 96000 },
  ])('takes parameters at the edge of what there is: %o', (change) => {
    for (const circular of [false, true]) {
      expectSound(picture(9, 16, 3), { ...SMALL, ...change }, { circular, quality: 'fast' });
    }
  });

  it('refuses windows over far too many columns, in a sentence, instead of taking all memory', () => {
    const params = { ...SMALL, stepSizeMs: 0.125, windowDurationMs: 4000, paddedDurationMs: 4000 };
    for (const circular of [false, true]) {
      expect(codeOf(() => pictureToSound(picture(9, 16, 3), params, { circular }))).toBe('invalid_request');
    }
  });

  it('takes 150 sets of parameters drawn at random', () => {
    const random = new SeededRandom(11);
    randomParams(150, 10, { columnsPerWindow: 12, maxBands: 48 }).forEach((params, i) => {
      const width = 8 + Math.floor(20 * random.nextUniform());
      const circular = random.nextUniform() < 0.5;
      expectSound(picture(width, params.numFrequencies, i), params, { circular, quality: 'fast' });
    });
  });

  it('refuses 50 sets of parameters that are none, by code', () => {
    const bad: Partial<Record<keyof SpectrogramParams, number[]>> = {
      sampleRate: [0, -44100, 7999, 192001, Number.NaN, Number.POSITIVE_INFINITY],
      stepSizeMs: [0, -1, 0.01, 60, Number.NaN, Number.POSITIVE_INFINITY],
      windowDurationMs: [0, -5, 9, 5000, Number.NaN, Number.NEGATIVE_INFINITY],
      paddedDurationMs: [0, -5, 39, 4001, Number.NaN, Number.POSITIVE_INFINITY],
      numFrequencies: [0, -8, 7, 16.5, 4097, Number.NaN, Number.POSITIVE_INFINITY],
      minFrequency: [-1, 3000, 5000, Number.NaN, Number.POSITIVE_INFINITY],
      maxFrequency: [0, -1, 4001, 1e9, Number.NaN, Number.POSITIVE_INFINITY],
      powerForImage: [0, -1, 4.1, 100, 1e9, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    };
    const sets = Object.entries(bad).flatMap(([name, values]) => values.map((value) => ({ [name]: value })));
    expect(sets).toHaveLength(50);
    for (const change of sets) {
      const work = (): unknown => pictureToSound(picture(9, 16, 3), { ...SMALL, ...change });
      expect(codeOf(work), JSON.stringify(change)).toBe('invalid_request');
    }
  });
});
