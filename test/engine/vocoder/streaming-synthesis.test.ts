import { describe, expect, it } from 'vitest';

import { measureSeams } from '../../../measures/index.js';
import { CancelledError } from '../../../src/engine/errors.js';
import { simd } from '../../../src/engine/simd/simd.js';
import { melSpectrogram } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { VOCODER_SETTINGS } from '../../../src/engine/vocoder/quality.js';
import { soundOfColumns } from '../../../src/engine/vocoder/sound-of-columns.js';
import { StreamingSynthesis } from '../../../src/engine/vocoder/streaming-synthesis.js';
import type { StreamingSynthesisOptions } from '../../../src/engine/vocoder/streaming-synthesis.js';
import { overlapOf } from '../../../src/engine/vocoder/vocoder-grid.js';
import { relativeError } from '../../helpers/golden-audio.js';
import { SMALL, codeOf, goldenLoop, joined, randomColumns, streamed } from './columns.js';
import { randomParams } from './random-params.js';

const defaults = DEFAULT_SPECTROGRAM_PARAMS;
const small: StreamingSynthesisOptions = { params: SMALL, blockColumns: 20 };
/** Samples of a column of SMALL at 48 kHz. */
const HOP = 240;

describe('StreamingSynthesis', () => {
  it('gives the same samples however the columns are parted', async () => {
    const options = { params: defaults, blockColumns: 64 };
    const mel = await goldenLoop('piano', 150);
    const whole = streamed(mel, 150, options).samples;
    for (const portion of [1, 7, 100]) expect(streamed(mel, portion, options).samples).toEqual(whole);
    const cheap = randomColumns(100, SMALL.numFrequencies, 1);
    for (const blockColumns of [1, 3, 20, 99, 500]) {
      const at = (portion: number): Float32Array =>
        streamed(cheap, portion, { params: SMALL, blockColumns }).samples;
      const expected = at(100);
      for (const portion of [1, 7, 64]) expect(at(portion)).toEqual(expected);
    }
  });

  it('takes empty portions', () => {
    const stream = new StreamingSynthesis(small);
    expect(stream.push([new Float32Array(0)])).toEqual([new Float32Array(0)]);
    const mel = randomColumns(60, 16, 1);
    const pieces = [stream.push([mel])[0]!, stream.push([new Float32Array(0)])[0]!, stream.end()[0]!];
    stream.dispose();
    expect(pieces[1]).toHaveLength(0);
    expect(joined(pieces)).toEqual(streamed(mel, 60, small).samples);
  });

  it('makes 48 kHz, and (columns - 1) hops exactly, of any number of columns', () => {
    for (const columns of [1, 2, 3, 7, 8, 9, 19, 20, 21, 29, 30, 41, 61, 200]) {
      const { sampleRate, samples } = streamed(randomColumns(columns, 16, columns), 13, small);
      expect(sampleRate).toBe(48000);
      expect(samples, `${columns} columns`).toHaveLength((columns - 1) * HOP);
      expect(samples.every(Number.isFinite)).toBe(true);
    }
  });

  it('takes any parameters, and says at which rate it makes their sound', () => {
    const blocks = [2, 9, 20];
    randomParams(12, 5, { columnsPerWindow: 6, maxBands: 40 }).forEach((params, i) => {
      const mel = randomColumns(30, params.numFrequencies, i);
      const { sampleRate, samples } = streamed(mel, 11, { params, blockColumns: blocks[i % 3]! });
      expect([48000, params.sampleRate]).toContain(sampleRate);
      const hop = Math.trunc((params.stepSizeMs / 1000) * params.sampleRate) / params.sampleRate;
      expect(samples.length).toBe(Math.round(29 * hop * sampleRate));
      expect(samples.every(Number.isFinite)).toBe(true);
    });
  });

  it('holds back no more than it says', () => {
    for (const params of [SMALL, { ...SMALL, windowDurationMs: 62, paddedDurationMs: 62 }]) {
      for (const blockColumns of [1, 10, 33]) {
        const stream = new StreamingSynthesis({ params, blockColumns });
        const mel = randomColumns(150, 16, 2);
        let [given, most] = [0, 0];
        for (let t = 0; t < 150; t++) {
          given += stream.push([mel.subarray(t * 16, (t + 1) * 16)])[0]!.length;
          most = Math.max(most, t - given / HOP);
        }
        stream.dispose();
        expect(most).toBeLessThanOrEqual(stream.latencyColumns);
        expect(most).toBeGreaterThan(stream.latencyColumns - 3);
      }
    }
  });

  it.each([
    { name: 'piano', quality: 'fast' as const },
    { name: 'drums', quality: 'fast' as const },
    { name: 'drums', quality: 'studio' as const },
  ])('joins blocks of $name ($quality) as if there were none', async ({ name, quality }) => {
    const columns = 640;
    const blockColumns = 32;
    const mel = await goldenLoop(name, columns);
    const { samples } = streamed(mel, 50, { params: defaults, blockColumns, quality });
    // The first column of a block, and the last sample that it does not reach.
    for (const before of [0, 2400]) {
      const joins = Array.from(
        { length: 18 },
        (_, b) => ((b + 1) * blockColumns - overlapOf(defaults)) * 480 - before,
      );
      const seams = measureSeams({ sampleRate: 48000, channels: [samples] }, joins);
      for (const key of ['spectralFlux', 'levelStepDb', 'click', 'phaseJump'] as const) {
        const percentiles = seams.map((seam) => seam[key].percentile).sort((a, b) => a - b);
        // Where the sound just goes on, one moment in twenty is above 95 too.
        expect(percentiles.filter((percentile) => percentile > 95).length, key).toBeLessThanOrEqual(3);
        expect(percentiles[9], key).toBeLessThan(85);
      }
    }
  });

  it.each(['piano', 'drums'])('is as near to the picture of %s as the sound made at once', async (name) => {
    const mel = await goldenLoop(name, 600);
    const settings = VOCODER_SETTINGS.fast;
    const { channels } = soundOfColumns([mel], {
      params: defaults,
      settings,
      sampleRate: 44100,
      seed: 0,
      circular: false,
    });
    const { samples } = streamed(mel, 100, { params: defaults, sampleRate: 44100, blockColumns: 200 });
    expect(samples.length).toBe(channels[0]!.length);
    const [streamedDb, atOnceDb] = [samples, channels[0]!].map((sound) => {
      return 20 * Math.log10(relativeError(mel, melSpectrogram([sound], defaults)));
    });
    expect(atOnceDb).toBeLessThan(-20);
    expect(streamedDb! - atOnceDb!).toBeLessThan(0.5);
  });

  it('takes no more memory the longer it goes on', () => {
    const stream = new StreamingSynthesis(small);
    const mel = randomColumns(50, 16, 3);
    stream.push([mel]);
    const before = simd.memory.buffer.byteLength;
    let samples = 0;
    for (let i = 0; i < 40; i++) samples += stream.push([mel])[0]!.length;
    expect(simd.memory.buffer.byteLength).toBe(before);
    expect(samples).toBeGreaterThan((2000 - stream.latencyColumns) * HOP);
    stream.dispose();
  });

  it('gives all memory back, also of streams that were cancelled in the middle', () => {
    const use = (): void => {
      const stream = new StreamingSynthesis({ params: SMALL, channels: 2, blockColumns: 2000 });
      const mel = randomColumns(50, 16, 3);
      stream.push([mel, mel]);
      let reads = 0;
      const signal = {
        get aborted(): boolean {
          reads += 1;
          return reads > 2;
        },
      } as unknown as AbortSignal;
      expect(() => stream.end(signal)).toThrow(CancelledError);
      stream.dispose();
      stream.dispose();
    };
    use();
    const before = simd.memory.buffer.byteLength;
    for (let i = 0; i < 30; i++) use();
    expect(simd.memory.buffer.byteLength).toBe(before);
  });

  it('keeps what is equal in both channels equal, and what is not apart', () => {
    const [a, b] = [randomColumns(70, 16, 1), randomColumns(70, 16, 2)];
    const sounds = (left: Float32Array, right: Float32Array): Float32Array[] => {
      const stream = new StreamingSynthesis({ ...small, channels: 2 });
      const first = stream.push([left, right]);
      const rest = stream.end();
      stream.dispose();
      return first.map((piece, i) => joined([piece, rest[i]!]));
    };
    const same = sounds(a, a);
    expect(same[0]).toEqual(same[1]);
    const different = sounds(a, b);
    expect(relativeError(different[0]!, different[1]!)).toBeGreaterThan(0.1);
  });

  it('keeps streams apart that share the memory', () => {
    const [a, b] = [randomColumns(70, 16, 1), randomColumns(70, 16, 2)];
    const streams = [new StreamingSynthesis(small), new StreamingSynthesis(small)];
    const pieces: Float32Array[][] = [[], []];
    for (let at = 0; at < a.length; at += 160) {
      [a, b].forEach((mel, i) => pieces[i]!.push(streams[i]!.push([mel.subarray(at, at + 160)])[0]!));
    }
    streams.forEach((stream, i) => pieces[i]!.push(stream.end()[0]!));
    for (const stream of streams) stream.dispose();
    [a, b].forEach((mel, i) => expect(joined(pieces[i]!)).toEqual(streamed(mel, 70, small).samples));
  });

  it('makes nothing of nothing', () => {
    const stream = new StreamingSynthesis({ ...small, channels: 2 });
    expect(stream.end()).toEqual([new Float32Array(0), new Float32Array(0)]);
    expect(stream.end()).toEqual([new Float32Array(0), new Float32Array(0)]);
    stream.dispose();
  });

  it('makes silence of silence, before and after sound', () => {
    const silence = new Float32Array(80 * 16);
    expect(streamed(silence, 80, small).samples).toEqual(new Float32Array(79 * HOP));
    const { samples } = streamed(joined([silence, randomColumns(40, 16, 1), silence]), 9, small);
    const power = (from: number, to: number): number =>
      samples.subarray(from * HOP, to * HOP).reduce((sum, sample) => sum + sample ** 2, 0);
    expect(power(0, 70)).toBeLessThan(1e-6 * power(80, 120));
    expect(power(130, 199)).toBeLessThan(1e-6 * power(80, 120));
  });

  it('stays finite for the loudest amplitudes that it takes', () => {
    const { samples } = streamed(new Float32Array(60 * 16).fill(1e15), 60, small);
    expect(samples.every(Number.isFinite)).toBe(true);
  });
});

describe('StreamingSynthesis, given what it cannot take,', () => {
  const mel = randomColumns(60, 16, 1);
  const spoilt = (value: number): Float32Array => {
    const columns = randomColumns(40, 16, 4);
    columns[333] = value;
    return columns;
  };

  it.each([
    ['NaN', [spoilt(Number.NaN)]],
    ['a negative amplitude', [spoilt(-1e-3)]],
    ['an infinite amplitude', [spoilt(Number.POSITIVE_INFINITY)]],
    ['a far too large amplitude', [spoilt(1e16)]],
    ['part of a column', [mel.subarray(0, 40)]],
    ['no channel', []],
    ['two channels instead of one', [mel, mel]],
  ])('refuses %s and goes on as if nothing had been', (_name, bad) => {
    const stream = new StreamingSynthesis(small);
    const pieces = [stream.push([mel.subarray(0, 500 - (500 % 16))])[0]!];
    expect(codeOf(() => stream.push(bad))).toBe('invalid_request');
    pieces.push(stream.push([mel.subarray(500 - (500 % 16))])[0]!, stream.end()[0]!);
    stream.dispose();
    expect(joined(pieces)).toEqual(streamed(mel, 60, small).samples);
  });

  it('takes neither channel when one is bad', () => {
    const stream = new StreamingSynthesis({ ...small, channels: 2 });
    expect(codeOf(() => stream.push([mel, spoilt(Number.NaN)]))).toBe('invalid_request');
    expect(codeOf(() => stream.push([mel, mel.subarray(0, 160)]))).toBe('invalid_request');
    const first = stream.push([mel, mel]);
    const rest = stream.end();
    stream.dispose();
    const expected = streamed(mel, 60, small).samples;
    expect(first.map((piece, i) => joined([piece, rest[i]!]))).toEqual([expected, expected]);
  });

  it('refuses columns after the end, after it was cancelled and after it was disposed of', () => {
    const ended = new StreamingSynthesis(small);
    ended.push([mel]);
    ended.end();
    expect(codeOf(() => ended.push([mel]))).toBe('invalid_request');
    ended.dispose();
    ended.dispose();
    expect(codeOf(() => ended.push([mel]))).toBe('invalid_request');

    const cancelled = new StreamingSynthesis(small);
    expect(() => cancelled.push([mel], AbortSignal.abort())).toThrow(CancelledError);
    expect(codeOf(() => cancelled.push([mel]))).toBe('invalid_request');
    expect(cancelled.end()).toEqual([new Float32Array(0)]);
    cancelled.dispose();

    const disposed = new StreamingSynthesis(small);
    disposed.push([mel]);
    disposed.dispose();
    expect(codeOf(() => disposed.push([mel]))).toBe('invalid_request');
    expect(disposed.end()).toEqual([new Float32Array(0)]);
  });

  it.each<Partial<StreamingSynthesisOptions>>([
    { channels: 0 },
    { channels: 3 },
    { channels: 1.5 },
    { sampleRate: 0 },
    { sampleRate: 44100.5 },
    { sampleRate: Number.NaN },
    { sampleRate: 1e9 },
    { blockColumns: 0 },
    { blockColumns: -5 },
    { blockColumns: 2.5 },
    { blockColumns: Number.NaN },
    { blockColumns: 1e9 },
    { seed: -1 },
    { seed: 0.5 },
    { quality: 'reference' as 'fast' },
    { params: { ...SMALL, numFrequencies: 0 } },
    // A window over 8000 columns.
    { params: { ...SMALL, stepSizeMs: 0.5, windowDurationMs: 4000, paddedDurationMs: 4000 } },
  ])('refuses %o from the start', (change) => {
    const before = simd.memory.buffer.byteLength;
    expect(codeOf(() => new StreamingSynthesis({ ...small, ...change }))).toBe('invalid_request');
    expect(simd.memory.buffer.byteLength).toBe(before);
  });
});
