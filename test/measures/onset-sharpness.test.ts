import { describe, expect, it } from 'vitest';

import { compareOnsets } from '../../measures/index.js';
import { SAMPLE_RATE, noise, steadyChord, strokes } from './signals.js';

const mono = (samples: Float32Array) => ({ sampleRate: SAMPLE_RATE, channels: [samples] });
const original = mono(strokes(2.4, 0.0005));

describe('compareOnsets', () => {
  it('finds each stroke once and calls a sound as sharp as itself', () => {
    expect(compareOnsets(original, original)).toEqual({ onsets: 8, sharpness: 1, preEchoDb: 0 });
  });

  it('does not mind how loud the result is', () => {
    const quiet = mono(original.channels[0]!.map((sample) => 0.1 * sample));
    const { sharpness, preEchoDb } = compareOnsets(original, quiet);
    expect(sharpness).toBeCloseTo(1, 4);
    expect(preEchoDb).toBeCloseTo(0, 4);
  });

  it('does not mind that the result is other noise, equally sharp', () => {
    const other = mono(strokes(2.4, 0.0005).map((sample, n) => (n % 2 === 0 ? sample : -sample)));
    const { sharpness, preEchoDb } = compareOnsets(original, other);
    expect(sharpness).toBeCloseTo(1, 1);
    expect(Math.abs(preEchoDb)).toBeLessThan(0.5);
  });

  it('punishes smeared strokes, the more the more they are smeared', () => {
    const [little, much] = [0.02, 0.045].map((attack) => compareOnsets(original, mono(strokes(2.4, attack))));
    expect(little!.sharpness).toBeLessThan(0.9);
    expect(much!.sharpness).toBeLessThan(0.5);
    expect(little!.preEchoDb).toBeGreaterThan(6);
    expect(much!.preEchoDb).toBeGreaterThan(little!.preEchoDb + 6);
  });

  it('punishes an echo ahead of the stroke', () => {
    const samples = original.channels[0]!;
    const ahead = Math.round(0.03 * SAMPLE_RATE);
    const echoed = mono(samples.map((sample, n) => sample + 0.1 * (samples[n + ahead] ?? 0)));
    expect(compareOnsets(original, echoed).preEchoDb).toBeGreaterThan(15);
  });

  it('finds nothing of the strokes in a steady noise', () => {
    const { sharpness } = compareOnsets(original, mono(noise(2.4, () => 0.05, 1)));
    expect(sharpness).toBeLessThan(0.2);
  });

  it('says so when there is no onset to compare', () => {
    const silence = mono(new Float32Array(SAMPLE_RATE));
    expect(compareOnsets(silence, silence)).toEqual({
      onsets: 0,
      sharpness: Number.NaN,
      preEchoDb: Number.NaN,
    });
  });

  it('leaves out what lies above the given frequency', () => {
    const whistle = Float32Array.from(
      original.channels[0]!,
      (sample, n) => sample + 0.5 * Math.sin((2 * Math.PI * 14000 * n) / SAMPLE_RATE),
    );
    expect(compareOnsets(original, mono(whistle)).sharpness).toBeGreaterThan(0.95);
    expect(compareOnsets(original, mono(whistle), { maxFrequency: 20000 }).sharpness).toBeLessThan(0.9);
  });

  it('refuses clips of another length, rate or number of channels', () => {
    const chord = mono(steadyChord(1));
    expect(() => compareOnsets(original, chord)).toThrow('1 channels of 105840 samples at 44100 Hz');
    expect(() => compareOnsets(chord, { ...chord, sampleRate: 48000 })).toThrow(RangeError);
  });
});
