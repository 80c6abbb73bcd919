import { describe, expect, it } from 'vitest';

import { isSimdSize } from '../../../src/engine/simd/frame-transform.js';
import {
  DEFAULT_SPECTROGRAM_PARAMS,
  hopLength,
  nFft,
  winLength,
} from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import {
  chooseVocoderGrids,
  columnsAtOnce,
  lookAheadOf,
  loopOffset,
  outputScale,
  overlapOf,
} from '../../../src/engine/vocoder/vocoder-grid.js';
import { randomParams } from './random-params.js';

const defaults = DEFAULT_SPECTROGRAM_PARAMS;

describe('chooseVocoderGrids', () => {
  it("searches riffusion's pictures at a lower rate, with a seventh or a quarter of their transform", () => {
    const fast = chooseVocoderGrids(defaults, 1, 48000);
    expect(fast.search).toEqual({ sampleRate: 24000, nFft: 2400, winLength: 2400, hopLength: 240 });
    expect(fast.output).toEqual({ sampleRate: 48000, nFft: 4800, winLength: 4800, hopLength: 480 });
    expect(fast.binStep).toBe(4);
    const studio = chooseVocoderGrids(defaults, 2, 44100);
    expect(studio.search).toEqual({ sampleRate: 21600, nFft: 4320, winLength: 2160, hopLength: 216 });
    expect(studio.output).toEqual({ sampleRate: 44100, nFft: 8820, winLength: 4410, hopLength: 441 });
    expect(studio.binStep).toBe(2);
  });

  it('needs the full sample rate where the picture reaches up to it', () => {
    const { search } = chooseVocoderGrids({ ...defaults, maxFrequency: 22050 }, 1, 48000);
    expect(search.sampleRate).toBe(44100);
  });

  it.each([48000, 44100, 24000, 16000, 11000, 8000])(
    "makes %i Hz itself from riffusion's pictures",
    (rate) => {
      const { output } = chooseVocoderGrids(defaults, 1, rate);
      expect(output.sampleRate).toBe(rate);
      expect(output.hopLength).toBe(rate / 100);
    },
  );

  it("falls back to the picture's own rate where hop and window would be no whole samples", () => {
    const { output } = chooseVocoderGrids(defaults, 1, 11025);
    expect(output).toEqual({ sampleRate: 44100, nFft: 4410, winLength: 4410, hopLength: 441 });
    const odd = { ...defaults, stepSizeMs: 7.3, windowDurationMs: 61.7, paddedDurationMs: 199.9 };
    const grids = chooseVocoderGrids(odd, 1, 48000);
    const own = { sampleRate: 44100, nFft: 8815 / grids.binStep, winLength: 2720, hopLength: 321 };
    expect(grids).toEqual({ search: own, output: own, binStep: grids.binStep });
  });

  it('keeps durations, bins and frequencies, whatever the parameters', () => {
    const sets = randomParams(300, 1, { columnsPerWindow: 24, maxBands: 1024 });
    let lowered = 0;
    for (const params of sets) {
      for (const padding of [1, 2]) {
        const grids = chooseVocoderGrids(params, padding, 48000);
        expectSameGrid(grids.search, params, grids.binStep);
        expectSameGrid(grids.output, params, grids.binStep);
        const { nFft: size, winLength: window } = grids.search;
        const least = Math.min(padding, nFft(params) / winLength(params));
        expect(size / window).toBeGreaterThanOrEqual(least * (1 - 1e-9));
        expect([48000, params.sampleRate]).toContain(grids.output.sampleRate);
        if (grids.search.sampleRate === params.sampleRate) continue;
        lowered += 1;
        expect(isSimdSize(size) || size < nFft(params) / grids.binStep).toBe(true);
        expect(grids.search.sampleRate).toBeGreaterThanOrEqual(2.08 * params.maxFrequency);
      }
    }
    expect(lowered).toBeGreaterThan(50);
  });
});

function expectSameGrid(
  grid: { sampleRate: number; nFft: number; winLength: number; hopLength: number },
  params: SpectrogramParams,
  binStep: number,
): void {
  const ratio = grid.sampleRate / params.sampleRate;
  expect([grid.nFft, grid.winLength, grid.hopLength].every(Number.isInteger)).toBe(true);
  expect(grid.hopLength).toBeCloseTo(hopLength(params) * ratio, 8);
  expect(grid.winLength).toBeCloseTo(winLength(params) * ratio, 8);
  // Bins are equally far apart: one in binStep of the picture's.
  expect(grid.nFft * binStep).toBeCloseTo(nFft(params) * ratio, 8);
  expect(grid.nFft).toBeGreaterThanOrEqual(grid.winLength);
}

describe('columns that overlap', () => {
  it('counts those whose windows share a sample', () => {
    expect(overlapOf(defaults)).toBe(9);
    expect(overlapOf({ ...defaults, windowDurationMs: 101 })).toBe(10);
    expect(overlapOf({ ...defaults, windowDurationMs: 20 })).toBe(1);
    expect(lookAheadOf(defaults)).toBe(11);
    expect(columnsAtOnce(defaults, 256)).toBe(278);
  });

  it('begins a loop at the first sample that no column before it reaches', () => {
    const { output } = chooseVocoderGrids(defaults, 1, 48000);
    expect(loopOffset(defaults, output)).toBe(9 * 480 - 2400);
    for (const params of randomParams(50, 2, { columnsPerWindow: 24, maxBands: 16 })) {
      const offset = loopOffset(params, chooseVocoderGrids(params, 1, 48000).output);
      expect(offset).toBeGreaterThanOrEqual(0);
    }
  });

  it('scales amplitudes of 16-bit samples by the longer or shorter window', () => {
    const { output } = chooseVocoderGrids(defaults, 1, 48000);
    expect(outputScale(defaults, output)).toBeCloseTo(48000 / 44100 / 32768, 12);
  });
});
