import { describe, expect, it } from 'vitest';

import { measureSeams } from '../../../measures/index.js';
import type { Seam } from '../../../measures/index.js';
import { simd } from '../../../src/engine/simd/simd.js';
import { pictureToSound } from '../../../src/engine/spectrogram/picture-to-sound.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { VOCODER_SETTINGS } from '../../../src/engine/vocoder/quality.js';
import { soundOfColumns } from '../../../src/engine/vocoder/sound-of-columns.js';
import { relativeError } from '../../helpers/golden-audio.js';
import { SMALL, codeOf, goldenLoop, joined, randomColumns, streamed } from './columns.js';

const defaults = DEFAULT_SPECTROGRAM_PARAMS;
const KEYS = ['spectralFlux', 'levelStepDb', 'click', 'phaseJump'] as const;
/** Samples of a column of SMALL at 48 kHz. */
const HOP = 240;

function loop(mel: Float32Array, params: SpectrogramParams): Float32Array {
  const { channels } = soundOfColumns([mel], {
    params,
    settings: VOCODER_SETTINGS.fast,
    sampleRate: 48000,
    seed: 0,
    circular: true,
  });
  return channels[0]!;
}

/** Where the loop begins again, after enough repetitions to compare it with. */
function seamOf(samples: Float32Array): Seam {
  const half = Math.ceil(72_000 / samples.length);
  const clip = joined(Array.from({ length: 2 * half }, () => samples));
  return measureSeams({ sampleRate: 48000, channels: [clip] }, [half * samples.length])[0]!;
}

/** Strokes at these columns on a ground of near silence. */
function beats(columns: number, at: readonly number[]): Float32Array {
  const mel = new Float32Array(columns * 16).fill(100);
  for (const column of at) mel.fill(1e7, column * 16, (column + 1) * 16);
  return mel;
}

/** Centre of gravity of the power within some columns of a place, in columns. */
function centreNear(samples: Float32Array, column: number, reach: number): number {
  let [sum, moment] = [0, 0];
  for (let n = Math.max(0, (column - reach) * HOP); n < (column + reach) * HOP; n++) {
    sum += samples[n]! ** 2;
    moment += n * samples[n]! ** 2;
  }
  return moment / sum / HOP;
}

describe('a loop', () => {
  it.each(['piano', 'drums'])(
    'of 512 columns of %s has no seam, and is 245 760 samples long',
    async (name) => {
      const samples = loop(await goldenLoop(name, 512), defaults);
      expect(samples).toHaveLength(245_760);
      const seam = seamOf(samples);
      for (const key of KEYS) expect(seam[key].percentile, key).toBeLessThan(95);
    },
  );

  it.each([5, 19, 20, 21, 1025, 2100])('of %i columns has no seam either', async (columns) => {
    const samples = loop(await goldenLoop('drums', columns), defaults);
    expect(samples).toHaveLength(columns * 480);
    const seam = seamOf(samples);
    for (const key of KEYS) expect(seam[key].percentile, key).toBeLessThan(97);
  });

  it.each([1, 2, 8, 17])('of %i small columns has no click', (columns) => {
    const samples = loop(randomColumns(columns, 16, 1), SMALL);
    expect(samples).toHaveLength(columns * HOP);
    expect(samples.some((sample) => Math.abs(sample) > 1e-3)).toBe(true);
    expect(seamOf(samples).click.percentile).toBeLessThan(98);
  });

  it('begins with its first column', () => {
    for (const columns of [60, 61, 1100]) {
      const samples = loop(beats(columns, [20]), SMALL);
      expect(Math.abs(centreNear(samples, 20, 10) - 20)).toBeLessThan(0.5);
    }
  });

  it('keeps the beat over a hundred repetitions', () => {
    const columns = 64;
    const samples = loop(beats(columns, [0, 16, 32, 48]), SMALL);
    const repetition = (i: number): Float32Array => samples.subarray((i * samples.length) % samples.length);
    expect(100 * samples.length).toBe(100 * columns * HOP);
    expect(repetition(99)).toEqual(repetition(0));
    const twice = joined([samples, samples]);
    for (const beat of [16, 32, 48, 64, 80, 96]) {
      expect(Math.abs(centreNear(twice, beat, 6) - beat), `beat at ${beat}`).toBeLessThan(0.3);
    }
  });

  it('keeps the beat when it is streamed a hundred times', () => {
    const columns = 40;
    const mel = beats(columns, [10, 30]);
    const { samples } = streamed(joined(Array.from({ length: 100 }, () => mel)), 40, {
      params: SMALL,
      blockColumns: 64,
    });
    expect(samples).toHaveLength((100 * columns - 1) * HOP);
    for (const repetition of [0, 1, 50, 99]) {
      const beat = repetition * columns + 10;
      expect(Math.abs(centreNear(samples, beat, 6) - beat), `beat at ${beat}`).toBeLessThan(0.5);
    }
  });

  it('sounds the same wherever it begins: columns that wander around the end are those of the middle', () => {
    const mel = randomColumns(120, 16, 5);
    const half = mel.length / 2;
    const turned = joined([mel.subarray(half), mel.subarray(0, half)]);
    const power = (samples: Float32Array): number => samples.reduce((sum, sample) => sum + sample ** 2, 0);
    const [a, b] = [loop(mel, SMALL), loop(turned, SMALL)];
    expect(power(a) / power(b)).toBeGreaterThan(0.9);
    expect(power(a) / power(b)).toBeLessThan(1.1);
  });

  it.each([
    { ...SMALL, stepSizeMs: 4.9, windowDurationMs: 39.3, paddedDurationMs: 81.7 },
    { ...SMALL, sampleRate: 11025, stepSizeMs: 7, windowDurationMs: 14, paddedDurationMs: 14 },
    { ...SMALL, sampleRate: 22050, stepSizeMs: 3.3, windowDurationMs: 50, paddedDurationMs: 120 },
  ])('has no click with odd lengths either: %o', (params) => {
    for (const columns of [1, 33]) {
      const hop = Math.trunc((params.stepSizeMs / 1000) * params.sampleRate);
      const { channels, sampleRate } = soundOfColumns([randomColumns(columns, 16, columns)], {
        params,
        settings: VOCODER_SETTINGS.fast,
        sampleRate: 48000,
        seed: 0,
        circular: true,
      });
      expect(channels[0]!.length).toBe(Math.round((columns * hop * sampleRate) / params.sampleRate));
      expect(seamOf(channels[0]!).click.percentile).toBeLessThan(98);
    }
  });

  it('is as long at other sample rates, to the nearest sample', () => {
    const picture = { width: 10, height: 16, rgb: new Uint8Array(480).map((_, i) => (i * 37) % 256) };
    for (const sampleRate of [8000, 11025, 22050, 44100, 48000, 96000]) {
      const { channels } = pictureToSound(picture, SMALL, { sampleRate, circular: true, quality: 'fast' });
      expect(channels[0]!.length).toBe(Math.round(0.05 * sampleRate));
    }
  });

  it('keeps equal channels equal, and gives its memory back', () => {
    const mel = randomColumns(50, 16, 1);
    const options = {
      params: SMALL,
      settings: VOCODER_SETTINGS.fast,
      sampleRate: 48000,
      seed: 0,
      circular: true,
    };
    const { channels } = soundOfColumns([mel, mel], options);
    expect(channels[0]).toEqual(channels[1]);
    expect(relativeError(loop(mel, SMALL), channels[0]!)).toBeLessThan(1e-3);
    const before = simd.memory.buffer.byteLength;
    for (let i = 0; i < 30; i++) {
      soundOfColumns([mel, mel], options);
      expect(() => soundOfColumns([mel], { ...options, signal: AbortSignal.abort() })).toThrow();
      expect(codeOf(() => soundOfColumns([mel, mel.map(() => -1)], options))).toBe('invalid_request');
    }
    expect(simd.memory.buffer.byteLength).toBe(before);
  });
});

describe('columns that are read when they are needed', () => {
  it.each([true, false])(
    'sound as those that are there from the start, whether they loop: %s',
    (circular) => {
      const { numFrequencies: bands } = SMALL;
      const mels = [randomColumns(1300, bands, 1)];
      const options = {
        params: SMALL,
        settings: VOCODER_SETTINGS.fast,
        sampleRate: 48000,
        seed: 3,
        circular,
      };
      const most: number[] = [];
      const read = (from: number, to: number): Float32Array[] => {
        most.push(to - from);
        return mels.map((mel) => mel.slice(from * bands, to * bands));
      };
      const lazily = soundOfColumns({ columns: 1300, read }, options);
      expect(lazily).toEqual(soundOfColumns(mels, options));
      if (!circular) expect(Math.max(...most)).toBeLessThan(1300);
      const spoilt = { columns: 1300, read: () => [new Float32Array(bands).fill(-1)] };
      expect(codeOf(() => soundOfColumns(spoilt, options))).toBe('invalid_request');
    },
  );
});
