import { describe, expect, it } from 'vitest';

import {
  cosine,
  decayPerSample,
  semitones,
  sine,
} from '../../../src/engine/seed-pictures/synthesis/exact-math.js';
import { Filter } from '../../../src/engine/seed-pictures/synthesis/filter.js';
import { addDecayingSine, addSawtooth } from '../../../src/engine/seed-pictures/synthesis/oscillators.js';
import { reverberate } from '../../../src/engine/seed-pictures/synthesis/reverb.js';

const RATE = 44_100;

describe('sine, cosine, decay and semitones', () => {
  it('are those of mathematics', () => {
    for (let turns = -3; turns <= 3; turns += 0.0137) {
      expect(Math.abs(sine(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(1e-12);
      expect(Math.abs(cosine(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(1e-12);
    }
    for (const seconds of [0.005, 0.03, 0.4, 3]) {
      expect(decayPerSample(seconds, RATE) ** (seconds * RATE)).toBeCloseTo(0.001, 8);
    }
    for (const count of [-36, -1, 0, 7, 12, 30]) expect(semitones(count)).toBeCloseTo(2 ** (count / 12), 12);
  });
});

describe('addDecayingSine', () => {
  it('is gain * sin, 60 dB down after its seconds', () => {
    const samples = new Float32Array(RATE);
    addDecayingSine(samples, RATE, { frequency: 100, gain: 0.5, seconds: 1 });
    const expected = Float32Array.from(
      samples,
      (_, n) => 0.5 * 0.001 ** (n / RATE) * Math.sin((2 * Math.PI * 100 * n) / RATE),
    );
    expect(Math.max(...samples.map((sample, n) => Math.abs(sample - expected[n]!)))).toBeLessThan(1e-6);
  });

  it('leaves out what the sample rate has no room for', () => {
    const samples = new Float32Array(100);
    addDecayingSine(samples, 8000, { frequency: 4000, gain: 1, seconds: 1 });
    expect(samples.every((sample) => sample === 0)).toBe(true);
  });
});

describe('addSawtooth', () => {
  it('has overtones k at 2 / (pi k), and next to nothing between them', () => {
    const samples = new Float32Array(RATE);
    addSawtooth(samples, RATE, { frequency: 1500, gain: 1 });
    for (const k of [1, 2, 3]) expect(amplitudeAt(samples, 1500 * k)).toBeCloseTo(2 / (Math.PI * k), 1);
    // 16 times 1500 Hz is 24 kHz, which would fold back to 20.1 kHz; of a plain sawtooth it is 0.04.
    expect(amplitudeAt(samples, RATE - 16 * 1500)).toBeLessThan(0.02);
  });
});

describe('Filter', () => {
  it.each([
    ['low-pass', 100, 1],
    ['low-pass', 1000, Math.SQRT1_2],
    ['low-pass', 10_000, 0.006],
    ['high-pass', 100, 0.01],
    ['high-pass', 1000, Math.SQRT1_2],
    ['high-pass', 10_000, 1],
    ['band-pass', 1000, 1],
    ['band-pass', 100, 0.14],
  ] as const)('%s at 1 kHz lets %d Hz pass by a factor of %d', (kind, frequency, gain) => {
    const samples = Float32Array.from({ length: RATE }, (_, n) =>
      Math.sin((2 * Math.PI * frequency * n) / RATE),
    );
    new Filter(kind, RATE, 1000).apply(samples);
    expect(Math.abs(amplitudeAt(samples, frequency) - gain)).toBeLessThan(0.01);
  });
});

describe('reverberate', () => {
  it('is circular: the room of a turned loop is the turned room', () => {
    const loop = new Float32Array(30_000);
    loop[100] = 1;
    const turned = new Float32Array(30_000);
    turned[29_000] = 1;
    const [left] = reverberate(loop, 22_050, { seconds: 0.6 });
    const [other] = reverberate(turned, 22_050, { seconds: 0.6 });
    const largest = Math.max(...left.map(Math.abs));
    const difference = left.map((sample, n) => Math.abs(sample - other[(n + 28_900) % 30_000]!));
    expect(largest).toBeGreaterThan(0.1);
    expect(Math.max(...difference)).toBeLessThan(0.002 * largest);
  });
});

/** Of a whole number of hertz, in a second of samples. */
function amplitudeAt(samples: Float32Array, frequency: number): number {
  let [re, im] = [0, 0];
  samples.forEach((sample, n) => {
    re += sample * Math.cos((2 * Math.PI * frequency * n) / samples.length);
    im += sample * Math.sin((2 * Math.PI * frequency * n) / samples.length);
  });
  return (2 / samples.length) * Math.hypot(re, im);
}
