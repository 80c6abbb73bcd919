import { describe, expect, it } from 'vitest';

import { createRealFft } from '../../../src/engine/math/create-fft.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { BandLimit, chooseStride } from '../../../src/engine/spectrogram/band-limit.js';
import { endlessSignal } from '../../../src/engine/spectrogram/endless-signal.js';
import { FrameMagnitudes } from '../../../src/engine/spectrogram/frame-magnitudes.js';
import { applyMelFilterbank, createMelFilterbank } from '../../../src/engine/spectrogram/mel-filterbank.js';
import { melSpectrogram } from '../../../src/engine/spectrogram/sound-to-picture.js';
import {
  DEFAULT_SPECTROGRAM_PARAMS,
  hopLength,
  nFft,
  winLength,
} from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { Stft } from '../../../src/engine/spectrogram/stft.js';
import { relativeError } from '../../helpers/golden-audio.js';

const defaults = DEFAULT_SPECTROGRAM_PARAMS;

function noise(length: number, seed = 1): Float32Array {
  const samples = new Float32Array(length);
  new SeededRandom(seed).fillGaussian(samples);
  return samples.map((sample) => sample / 8);
}

/** Mel amplitudes by the textbook: the whole zero-padded transform, then its magnitudes, then the filters. */
function plainMel(samples: Float32Array, params: SpectrogramParams, circular: boolean): Float32Array {
  const stft = new Stft({
    nFft: nFft(params),
    winLength: winLength(params),
    hopLength: hopLength(params),
    circular,
  });
  const filterbank = createMelFilterbank(params);
  const frames = stft.numberOfFrames(samples.length);
  const mel = new Float32Array(frames * params.numFrequencies);
  const [re, im] = [new Float64Array(stft.bins), new Float64Array(stft.bins)];
  for (let t = 0; t < frames; t++) {
    stft.forward(samples, t, re, im);
    const magnitudes = re.map((value, k) => 32768 * Math.hypot(value, im[k]!));
    applyMelFilterbank(filterbank, magnitudes, mel.subarray(t * params.numFrequencies));
  }
  return mel;
}

describe('melSpectrogram', () => {
  it.each<Partial<SpectrogramParams>>([
    {},
    { minFrequency: 20, maxFrequency: 20000 },
    { sampleRate: 48000 },
    { sampleRate: 22050 },
    { sampleRate: 96000, stepSizeMs: 5 },
    { sampleRate: 11025, maxFrequency: 2000 },
    { windowDurationMs: 93, paddedDurationMs: 187 },
    { windowDurationMs: 50, paddedDurationMs: 50 },
    { sampleRate: 44101, maxFrequency: 9000 },
    { numFrequencies: 2048, paddedDurationMs: 100 },
  ])('has the amplitudes of a whole zero-padded transform: %o', (change) => {
    const params = { ...defaults, ...change };
    const samples = noise(Math.round(params.sampleRate / 5));
    for (const circular of [false, true]) {
      const mel = melSpectrogram([samples], params, { circular });
      const expected = plainMel(samples, params, circular);
      expect(mel).toHaveLength(expected.length);
      expect(relativeError(expected, mel)).toBeLessThan(2e-6);
    }
  });

  it('has them to the ends of long clips, and of clips far shorter than a frame', () => {
    const params = { ...defaults, sampleRate: 16000, maxFrequency: 4000, numFrequencies: 64 };
    for (const length of [1, 2, 159, 161, 160 * 300 + 7]) {
      for (const circular of [false, true]) {
        const samples = noise(length);
        const mel = melSpectrogram([samples], params, { circular });
        expect(relativeError(plainMel(samples, params, circular), mel)).toBeLessThan(2e-6);
      }
    }
  });
});

describe('FrameMagnitudes', () => {
  it.each([
    [64, 16],
    [60, 20],
    [60, 12],
    [77, 11],
    [77, 30],
    [37, 37],
    [12, 1],
  ])('measures two frames at once, %i points of which %i are not zero', (size, length) => {
    const fft = createRealFft(size);
    const window = Float64Array.from({ length }, (_, n) => 1 + n / 7);
    const signal = Float64Array.from(noise(4 * length));
    const found = [new Float64Array(fft.bins), new Float64Array(fft.bins)] as const;
    const frames = new FrameMagnitudes({ size, window, stride: 2, bins: fft.bins });
    frames.measure(signal, 0, length, ...found);
    [0, length].forEach((start, which) => {
      const frame = new Float64Array(size);
      for (let n = 0; n < length; n++) frame[n] = window[n]! * signal[start + 2 * n]!;
      const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
      fft.forward(frame, re, im);
      const expected = re.map((value, k) => Math.hypot(value, im[k]!));
      expect(relativeError(expected, found[which]!)).toBeLessThan(1e-12);
    });
  });
});

describe('BandLimit', () => {
  /** Largest sample that is left of a wave of amplitude 1. */
  function levelOf(hertz: number, stride: number): number {
    const filter = new BandLimit(44100, 10000, stride);
    const input = Float64Array.from({ length: 1001 + 2 * filter.reach }, (_, n) =>
      Math.cos((2 * Math.PI * hertz * (n - 500 - filter.reach)) / 44100),
    );
    const output = new Float64Array(1001);
    filter.apply(input, output, 1001);
    return output.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  }

  it('passes what the picture shows and removes what would fold onto it', () => {
    for (const hertz of [0, 440, 5000, 9990, 10000]) expect(levelOf(hertz, 2)).toBeCloseTo(1, 5);
    for (const hertz of [12050, 15000, 22050]) expect(levelOf(hertz, 2)).toBeLessThan(2e-6);
  });

  it('takes as few samples as frequencies and sizes allow', () => {
    expect(chooseStride(44100, 10000, 17640)).toBe(2);
    expect(chooseStride(44100, 10000, 17641)).toBe(1);
    expect(chooseStride(96000, 10000, 38400)).toBe(4);
    expect(chooseStride(20000, 10000, 8000)).toBe(1);
    expect(chooseStride(40400, 10000, 16160)).toBe(1);
  });
});

describe('endlessSignal', () => {
  const channel = Float32Array.of(1, 2, 3, 4);
  const read = (circular: boolean, start: number, length: number): number[] => {
    const target = new Float64Array(length);
    endlessSignal([channel], circular)(start, target);
    return Array.from(target);
  };

  it('goes on as its mirror image, or as itself', () => {
    expect(read(false, -5, 14)).toEqual([2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3]);
    expect(read(true, -5, 14)).toEqual([4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1]);
  });

  it('can be read anywhere', () => {
    expect(read(false, 1, 2)).toEqual([2, 3]);
    expect(read(false, 100, 2)).toEqual([3, 2]);
    expect(read(true, -101, 2)).toEqual([4, 1]);
  });

  it('is the mean of its channels, in single precision', () => {
    const target = new Float64Array(3);
    endlessSignal([Float32Array.of(0.1, 1), Float32Array.of(0.2, 2)], true)(0, target);
    expect(Array.from(target)).toEqual([0.15, 1.5, 0.15].map((_, i) => [meanOf(0.1, 0.2), 1.5][i % 2]));
  });
});

function meanOf(a: number, b: number): number {
  return Math.fround((Math.fround(a) + Math.fround(b)) / 2);
}
