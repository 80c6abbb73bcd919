import { describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { limitPeaks } from '../../../src/engine/audio/limiter.js';
import {
  LoudnessMeter,
  integratedLoudness,
  measureLoudness,
} from '../../../src/engine/audio/loudness-meter.js';
import { normalizeLoudness } from '../../../src/engine/audio/normalize-loudness.js';
import { EngineError } from '../../../src/engine/errors.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { goldenClip, relativeError } from '../../helpers/golden-audio.js';

function mono(samples: Float32Array, sampleRate = 44100): AudioClip {
  return { sampleRate, channels: [samples] };
}

function sine(hertz: number, amplitude: number, seconds: number, sampleRate = 48000): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, n) => amplitude * Math.sin((2 * Math.PI * hertz * n) / sampleRate),
  );
}

function noise(length: number, amplitude: number): Float32Array {
  const samples = new Float32Array(length);
  new SeededRandom(9).fillGaussian(samples);
  return samples.map((sample) => amplitude * sample);
}

function peakOf({ channels }: AudioClip): number {
  return Math.max(...channels.map((samples) => samples.reduce((a, b) => Math.max(a, Math.abs(b)), 0)));
}

describe('integratedLoudness', () => {
  // BS.1770-4: a full-scale sine of 997 Hz in one channel reads -3.01 LUFS.
  it.each([48000, 44100, 22050])('reads a 997 Hz sine as the standard says, at %i Hz', (sampleRate) => {
    const loudness = (amplitude: number): number =>
      integratedLoudness(mono(sine(997, amplitude, 3, sampleRate), sampleRate));
    expect(loudness(1)).toBeCloseTo(-3.01, 1);
    expect(loudness(0.1)).toBeCloseTo(-23.01, 1);
  });

  it('adds up the channels', () => {
    const samples = sine(997, 0.1, 1);
    const stereo = { sampleRate: 48000, channels: [samples, samples] };
    expect(integratedLoudness(stereo)).toBeCloseTo(-20, 1);
  });

  it('hears bass less than treble', () => {
    const at = (hertz: number): number => integratedLoudness(mono(sine(hertz, 0.5, 1), 48000));
    expect(at(50)).toBeLessThan(at(1000) - 1);
    expect(at(6000)).toBeGreaterThan(at(1000) + 3);
  });

  it('leaves pauses out (gating)', () => {
    const loud = sine(997, 0.1, 2);
    const withPause = new Float32Array(5 * 48000);
    withPause.set(loud);
    expect(integratedLoudness(mono(withPause, 48000))).toBeCloseTo(-23.4, 0);
    // Its plain mean over time would be 4 LU lower.
    expect(integratedLoudness(mono(withPause, 48000))).toBeGreaterThan(-24.5);
  });

  it('calls silence, and no sound at all, minus infinity', () => {
    expect(integratedLoudness(mono(new Float32Array(44100)))).toBe(-Infinity);
    expect(integratedLoudness(mono(new Float32Array(0)))).toBe(-Infinity);
  });
});

describe('LoudnessMeter', () => {
  it('reads the same for pieces of any size', () => {
    const { sampleRate, channels } = goldenClip('mixed_stereo');
    const whole = integratedLoudness({ sampleRate, channels });
    for (const size of [999, 4410, 100_000]) {
      const meter = new LoudnessMeter(sampleRate, 2);
      for (let start = 0; start < channels[0]!.length; start += size) {
        meter.add(channels, start, Math.min(channels[0]!.length, start + size));
      }
      expect(meter.integrated()).toBe(whole);
    }
  });

  it('tells how loud the sound would be with another gain', () => {
    const clip = goldenClip('drums');
    const louder = { ...clip, channels: clip.channels.map((samples) => samples.map((s) => 2 * s)) };
    expect(measureLoudness(clip).integrated(2)).toBeCloseTo(integratedLoudness(louder), 6);
  });

  it('takes a clip of less than 400 ms for one block', () => {
    expect(integratedLoudness(mono(sine(997, 0.1, 0.25), 48000))).toBeCloseTo(-23.01, 0);
    expect(integratedLoudness(mono(sine(997, 0.1, 0.05), 48000))).toBeCloseTo(-23.01, 0);
  });
});

describe('limitPeaks', () => {
  it('lets nothing above the ceiling through and leaves distant sound alone', () => {
    const samples = noise(44100, 0.1);
    samples[20000] = 3;
    const limited = limitPeaks(mono(samples), { ceiling: 0.8 });
    expect(peakOf(limited)).toBeLessThanOrEqual(Math.fround(0.8));
    expect(limited.channels[0]![20000]).toBeCloseTo(0.8, 5);
    expect(limited.channels[0]!.subarray(0, 19000)).toEqual(samples.subarray(0, 19000));
    expect(relativeError(samples.subarray(43000), limited.channels[0]!.subarray(43000))).toBeLessThan(0.01);
  });

  it('turns both channels down alike', () => {
    const [left, right] = [noise(4410, 0.1).fill(1, 2000, 2001), noise(4410, 0.1)];
    const limited = limitPeaks({ sampleRate: 44100, channels: [left, right] }, { ceiling: 0.5 });
    expect(limited.channels[1]![2000]! / right[2000]!).toBeCloseTo(0.5, 4);
  });

  it('turns a rotated loop down as the loop, rotated', () => {
    const loop = noise(44100, 0.25);
    loop[10] = 2;
    const rotated = loop.map((_, n) => loop[(n + 22050) % 44100]!);
    const first = limitPeaks(mono(loop), { ceiling: 0.9, circular: true }).channels[0]!;
    const second = limitPeaks(mono(rotated), { ceiling: 0.9, circular: true }).channels[0]!;
    const back = second.map((_, n) => second[(n + 22050) % 44100]!);
    expect(relativeError(first, back)).toBeLessThan(1e-6);
  });

  it('returns a clip below the ceiling as it is', () => {
    const clip = mono(noise(100, 0.01));
    expect(limitPeaks(clip, { ceiling: 0.9 })).toBe(clip);
  });
});

describe('normalizeLoudness', () => {
  it('makes piano, drums and a sweep equally loud whatever their level was', () => {
    for (const name of ['piano', 'drums', 'sweep', 'mixed_stereo']) {
      for (const scale of [1e-3, 1, 1e6]) {
        const { sampleRate, channels } = goldenClip(name);
        const clip = {
          sampleRate,
          channels: channels.map((c) => c.subarray(0, 66150).map((v) => scale * v)),
        };
        const result = normalizeLoudness(clip);
        expect(Math.abs(integratedLoudness(result) + 14)).toBeLessThan(0.25);
        expect(peakOf(result)).toBeLessThanOrEqual(Math.fround(10 ** (-1 / 20)));
      }
    }
  });

  it('goes to the loudness and under the ceiling that are asked for', () => {
    const result = normalizeLoudness(goldenClip('drums'), { targetLufs: -20, ceilingDbfs: -6 });
    expect(integratedLoudness(result)).toBeCloseTo(-20, 0);
    expect(peakOf(result)).toBeLessThanOrEqual(Math.fround(10 ** (-6 / 20)));
  });

  it('leaves silence and empty clips as they are', () => {
    expect(normalizeLoudness(mono(new Float32Array(500))).channels[0]).toEqual(new Float32Array(500));
    expect(normalizeLoudness(mono(new Float32Array(0))).channels[0]).toHaveLength(0);
  });

  it.each([1, 2, 100, 3000])('takes clips of %i samples, as loops too', (length) => {
    for (const circular of [false, true]) {
      const result = normalizeLoudness(mono(noise(length, 5)), { circular });
      expect(result.channels[0]).toHaveLength(length);
      expect(result.channels[0]!.every(Number.isFinite)).toBe(true);
      expect(peakOf(result)).toBeLessThanOrEqual(Math.fround(10 ** (-1 / 20)));
    }
  });

  it.each([Number.NaN, Infinity, -Infinity, 1e30])('refuses a sample of %d', (sample) => {
    const samples = noise(1000, 0.1);
    samples[500] = sample;
    expect(() => normalizeLoudness(mono(samples))).toThrow(EngineError);
  });

  it('takes denormal, constant and very loud samples', () => {
    for (const samples of [
      noise(30_000, 0.1).map((sample) => 1e-44 * Math.sign(sample)),
      new Float32Array(30_000).fill(0.3),
      noise(30_000, 1e18),
    ]) {
      const result = normalizeLoudness(mono(samples));
      expect(result.channels[0]!.every(Number.isFinite)).toBe(true);
      expect(peakOf(result)).toBeGreaterThan(0.01);
      expect(peakOf(result)).toBeLessThanOrEqual(Math.fround(10 ** (-1 / 20)));
    }
  });

  it('leaves the clip that it is given as it was', () => {
    const samples = noise(44100, 0.5);
    const copy = samples.slice();
    normalizeLoudness(mono(samples));
    expect(samples).toEqual(copy);
  });

  it('does not drown a quiet clip with one click', () => {
    const samples = noise(88200, 1e-4);
    samples[44100] = 1;
    const result = normalizeLoudness(mono(samples));
    // At most 18 dB of the click are taken off, so the rest is turned up by no more.
    expect(Math.abs(result.channels[0]![10]! / samples[10]!)).toBeLessThan(8);
  });
});
