import { describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { resample, StreamingResampler } from '../../../src/engine/audio/resample.js';
import { EngineError } from '../../../src/engine/errors.js';
import { relativeError } from '../../helpers/golden-audio.js';

function sine(hertz: number, sampleRate: number, seconds = 0.2): AudioClip {
  const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, n) =>
    Math.sin((2 * Math.PI * hertz * n) / sampleRate),
  );
  return { sampleRate, channels: [samples] };
}

/** Without the ends, where the filter reaches beyond the clip. */
function middle(clip: AudioClip): Float32Array {
  const samples = clip.channels[0]!;
  return samples.subarray(Math.floor(samples.length / 4), Math.floor((3 * samples.length) / 4));
}

describe('resample', () => {
  it.each([
    [48000, 44100],
    [44100, 48000],
    [22050, 44100],
    [96000, 44100],
    [8000, 44100],
    [44100, 22050],
    [44100, 44000],
  ])('keeps every sample of a sine in place from %i to %i Hz', (from, to) => {
    for (const hertz of [100, 0.37 * Math.min(from, to)]) {
      const result = resample(sine(hertz, from), to);
      const expected = sine(hertz, to);
      expect(result.channels[0]).toHaveLength(expected.channels[0]!.length);
      expect(relativeError(middle(expected), middle(result))).toBeLessThan(1e-3);
    }
  });

  it('removes what the new rate cannot hold', () => {
    const result = middle(resample(sine(20000, 48000), 32000));
    expect(result.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)).toBeLessThan(1e-4);
  });

  it('returns a clip of that rate as it is, and takes empty and tiny ones', () => {
    const clip = sine(100, 44100);
    expect(resample(clip, 44100)).toBe(clip);
    expect(resample({ sampleRate: 48000, channels: [new Float32Array(0)] }, 44100).channels[0]).toHaveLength(
      0,
    );
    expect(resample({ sampleRate: 48000, channels: [Float32Array.of(1)] }, 8000).channels[0]).toHaveLength(1);
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses a sample of %d', (sample) => {
    const clip = sine(100, 44100);
    clip.channels[0]![77] = sample;
    expect(() => resample(clip, 48000)).toThrow(/Sample 77/);
  });

  it('keeps constant, denormal and very loud signals what they are', () => {
    for (const level of [0, 0.5, 1e-44, 1e19]) {
      const clip = { sampleRate: 48000, channels: [new Float32Array(2000).fill(level)] };
      const result = middle(resample(clip, 44100));
      expect(result.every((sample) => Math.abs(sample - Math.fround(level)) <= 1e-6 * level + 2e-45)).toBe(
        true,
      );
    }
  });

  it.each([0, -1, 44100.5, Number.NaN, 1e9])('refuses %d Hz', (rate) => {
    expect(() => resample(sine(100, 44100), rate)).toThrow(EngineError);
  });
});

describe('StreamingResampler', () => {
  it.each([
    [48000, 44100, 1000],
    [44100, 48000, 7],
    [8000, 44100, 333],
    [96000, 8000, 1],
    [44100, 44100, 100],
  ])('gives what resample gives, from %i to %i Hz, in pieces of %i', (from, to, length) => {
    for (const seconds of [0.0002, 0.03, 0.2]) {
      const clip = sine(0.1 * from, from, seconds);
      const samples = clip.channels[0]!;
      const resampler = new StreamingResampler(from, to);
      const made: number[] = [];
      for (let at = 0; at < samples.length; at += length) {
        made.push(...resampler.push(samples.subarray(at, at + length)));
      }
      made.push(...resampler.end());
      expect(Float32Array.from(made)).toEqual(resample(clip, to).channels[0]);
    }
  });

  it('gives nothing of nothing, and refuses what is no sample rate', () => {
    expect(new StreamingResampler(48000, 44100).end()).toHaveLength(0);
    expect(() => new StreamingResampler(44100.5, 48000)).toThrow(EngineError);
  });
});
