import { describe, expect, it } from 'vitest';

import { LoudnessLeveller } from '../../../src/engine/audio/loudness-leveller.js';
import { integratedLoudness } from '../../../src/engine/audio/loudness-meter.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { goldenClip } from '../../helpers/golden-audio.js';

const RATE = 8000;
const CEILING = Math.fround(10 ** (-1 / 20));

function noise(seconds: number, amplitude: number): Float32Array {
  const samples = new Float32Array(Math.round(seconds * RATE));
  new SeededRandom(4).fillGaussian(samples);
  return samples.map((sample) => amplitude * sample);
}

/** A beat: half a second that starts loud and dies away, again and again. */
function beat(seconds: number, amplitude: number): Float32Array {
  return noise(seconds, amplitude).map((sample, n) => sample * Math.exp((-8 * (n % (RATE / 2))) / RATE));
}

function joined(...parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** What comes out of one channel, without the delay. */
function level(samples: Float32Array, sampleRate = RATE): Float32Array {
  const leveller = new LoudnessLeveller({ sampleRate, numberOfChannels: 1 });
  const [pushed] = leveller.push([samples]);
  const [rest] = leveller.flush();
  return joined(pushed!, rest!).subarray(leveller.delay);
}

function loudness(samples: Float32Array, from: number, to: number, sampleRate = RATE): number {
  return integratedLoudness({
    sampleRate,
    channels: [samples.subarray(from * sampleRate, to * sampleRate)],
  });
}

function largest(samples: Float32Array): number {
  return samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

describe('LoudnessLeveller', () => {
  it('gives the same samples for pieces of any size', () => {
    const channels = [joined(noise(1.3, 0.01), beat(2, 0.9), new Float32Array(1000)), noise(3.425, 0.2)];
    const whole = new LoudnessLeveller({ sampleRate: RATE, numberOfChannels: 2 }).push(channels);
    const random = new SeededRandom(7);
    for (const longest of [3, 801, 20_000]) {
      const leveller = new LoudnessLeveller({ sampleRate: RATE, numberOfChannels: 2 });
      const parts: Float32Array[][] = [[], []];
      for (let start = 0; start < channels[0]!.length;) {
        const end = start + 1 + Math.floor(longest * random.nextUniform());
        leveller
          .push(channels.map((samples) => samples.subarray(start, end)))
          .forEach((part, c) => parts[c]!.push(part));
        start = end;
      }
      expect(joined(...parts[0]!)).toEqual(whole[0]);
      expect(joined(...parts[1]!)).toEqual(whole[1]);
    }
  });

  it('gives every sample, late by its delay', () => {
    const samples = noise(3, 0.19);
    const output = level(samples);
    expect(output).toHaveLength(samples.length);
    const gains = output
      .map((value, n) => value / samples[n]!)
      .filter((_, n) => Math.abs(samples[n]!) > 0.01);
    expect(gains.every((gain) => gain > 0.5 && gain < 2)).toBe(true);
  });

  it('keeps ten minutes at one level', () => {
    const output = level(beat(600, 0.05));
    for (let t = 5; t < 600; t += 5) expect(Math.abs(loudness(output, t, t + 5) + 14)).toBeLessThan(1);
  });

  it('brings loud and quiet passages to the same level', () => {
    const output = level(joined(noise(20, 0.02), noise(20, 0.3), noise(20, 0.06)));
    for (const end of [20, 40, 60]) expect(loudness(output, end - 5, end)).toBeCloseTo(-14, 0);
    // Where it gets 23 dB louder at once, all but a moment is near the level too.
    expect(loudness(output, 20, 21)).toBeLessThan(-4);
    expect(Math.abs(loudness(output, 22, 24) + 14)).toBeLessThan(4);
  });

  it.each(['piano', 'drums', 'sweep'])('is right to a few LU from the first seconds of %s on', (name) => {
    const { sampleRate, channels } = goldenClip(name);
    const output = level(channels[0]!, sampleRate);
    expect(Math.abs(loudness(output, 0, 1, sampleRate) + 14)).toBeLessThan(3);
    expect(Math.abs(loudness(output, 0, 5, sampleRate) + 14)).toBeLessThan(5);
  });

  it('leaves silence silent, and its gain as it was', () => {
    expect(largest(level(new Float32Array(5 * RATE)))).toBe(0);
    const output = level(joined(noise(10, 0.05), new Float32Array(60 * RATE), noise(5, 0.05)));
    expect(largest(output.subarray(11 * RATE, 69 * RATE))).toBe(0);
    expect(loudness(output, 70, 70.5)).toBeCloseTo(loudness(output, 9, 10), 0);
  });

  it('turns a noisy pause up only slowly, and nothing by more than the largest boost', () => {
    const output = level(joined(noise(10, 0.1), noise(10, 0.002), noise(5, 0.1)));
    expect(loudness(output, 18, 20)).toBeLessThan(-40);
    expect(loudness(output, 20, 21)).toBeLessThan(-7);
    expect(largest(level(noise(10, 1e-4)))).toBeLessThan(16 * largest(noise(10, 1e-4)));
  });

  it('has no steps in its gain, whatever the sound does', () => {
    const music = joined(beat(3, 0.02), beat(3, 2), new Float32Array(RATE), noise(3, 0.3));
    // A constant in the other channel shows the gain; it is too low in frequency to be heard itself.
    const probe = new Float32Array(music.length).fill(0.01);
    const leveller = new LoudnessLeveller({ sampleRate: RATE, numberOfChannels: 2 });
    const gain = leveller.push([music, probe])[1]!.subarray(leveller.delay);
    // The limiter goes from one gain to another in 65 samples, everything else is slower.
    const around = 65;
    let steepest = 0;
    for (let n = around; n < gain.length - around; n++) {
      const range = Math.max(gain[n - around]!, gain[n + around]!);
      steepest = Math.max(steepest, Math.abs(gain[n]! - gain[n - 1]!) / range);
    }
    expect(steepest).toBeLessThan(2 / around);
    expect(largest(gain)).toBeGreaterThan(0);
  });

  it('lets nothing above the ceiling through', () => {
    const samples = beat(10, 1);
    for (let n = 1000; n < samples.length; n += 7001) samples[n] = 1000;
    expect(largest(level(samples))).toBeLessThanOrEqual(CEILING);
  });

  it('survives samples that are no numbers', () => {
    const samples = noise(20, 0.1);
    const clean = level(samples);
    for (const [n, bad] of [Number.NaN, Infinity, -Infinity, 1e30].entries()) samples[RATE + n * 777] = bad;
    const output = level(samples);
    expect(output.every(Number.isFinite)).toBe(true);
    expect(loudness(output, 15, 20)).toBeCloseTo(loudness(clean, 15, 20), 1);
  });

  it('takes pieces of no samples', () => {
    const leveller = new LoudnessLeveller({ sampleRate: RATE, numberOfChannels: 1 });
    expect(leveller.push([new Float32Array(0)])).toEqual([new Float32Array(0)]);
  });
});
