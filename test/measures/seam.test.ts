import { describe, expect, it } from 'vitest';

import { measureSeams, percentileOf } from '../../measures/index.js';
import { SAMPLE_RATE, noise, steadyChord } from './signals.js';

const JOIN = 40_001;
const mono = (samples: Float32Array) => ({ sampleRate: SAMPLE_RATE, channels: [samples] });
const seamOf = (samples: Float32Array) => measureSeams(mono(samples), [JOIN])[0]!;

describe('measureSeams', () => {
  it.each([
    ['a chord', steadyChord(4)],
    ['noise', noise(4, () => 0.1)],
    ['swelling noise', noise(4, (time) => 0.1 + 0.05 * Math.sin(5 * time))],
  ])('finds no more in %s that just goes on than chance would', (_name, samples) => {
    const joins = Array.from({ length: 40 }, (_, i) => 4000 + i * 4111);
    const seams = measureSeams(mono(samples), joins);
    for (const key of ['spectralFlux', 'levelStepDb', 'click', 'phaseJump'] as const) {
      const percentiles = seams.map((seam) => seam[key].percentile).sort((a, b) => a - b);
      expect(percentiles[20], key).toBeGreaterThan(25);
      expect(percentiles[20], key).toBeLessThan(75);
      expect(percentiles.filter((percentile) => percentile > 95).length, key).toBeLessThanOrEqual(5);
    }
  });

  it('finds a click of one sample', () => {
    const samples = steadyChord(4);
    samples[JOIN]! += 0.05;
    const { click, levelStepDb } = seamOf(samples);
    expect(click.percentile).toBe(100);
    expect(click.value).toBeGreaterThan(10);
    expect(levelStepDb.percentile).toBeLessThan(95);
  });

  it('finds a jump of the waveform', () => {
    const samples = steadyChord(4).map((sample, n) => sample + (n < JOIN ? 0 : 0.05));
    expect(seamOf(samples).click.percentile).toBe(100);
  });

  it('finds a step of 3 dB, up or down', () => {
    for (const gain of [Math.SQRT2, Math.SQRT1_2]) {
      const samples = noise(4, () => 0.1).map((sample, n) => (n < JOIN ? sample : gain * sample));
      const { levelStepDb } = seamOf(samples);
      expect(levelStepDb.percentile).toBe(100);
      expect(levelStepDb.value).toBeCloseTo(3, 0);
    }
  });

  it('finds another chord', () => {
    const other = steadyChord(4, 1);
    const samples = steadyChord(4).map((sample, n) => (n < JOIN ? sample : other[n]!));
    expect(seamOf(samples).spectralFlux.percentile).toBe(100);
  });

  it('finds the same chord with other phases, even faded smoothly', () => {
    const chord = steadyChord(4);
    const later = Math.round(0.00123 * SAMPLE_RATE);
    const samples = chord.map((sample, n) => {
      const share = Math.min(1, Math.max(0, 0.5 + (n - JOIN) / 400));
      return (1 - share) * sample + share * (chord[n + later] ?? 0);
    });
    const { phaseJump, click } = seamOf(samples);
    expect(phaseJump.percentile).toBeGreaterThan(99);
    expect(click.percentile).toBeLessThan(99);
  });

  it('does not mind a join in silence', () => {
    const samples = noise(4, (time) => (Math.abs(time - JOIN / SAMPLE_RATE) < 0.2 ? 0 : 0.1));
    const seam = seamOf(samples);
    expect(Object.values(seam).every(({ percentile }) => percentile < 95)).toBe(true);
  });

  it('counts the worst channel', () => {
    const broken = noise(4, () => 0.1, 1);
    for (let n = JOIN; n < broken.length; n++) broken[n]! *= 2;
    const clip = { sampleRate: SAMPLE_RATE, channels: [noise(4, () => 0.1), broken] };
    expect(measureSeams(clip, [JOIN])[0]!.levelStepDb.percentile).toBe(100);
  });

  it('ranks several joins against moments away from all of them', () => {
    const samples = noise(4, () => 0.1).map((sample, n) =>
      Math.floor(n / 44100) % 2 === 0 ? sample : 2 * sample,
    );
    const seams = measureSeams(mono(samples), [44100, 88200, 132300]);
    expect(seams.map(({ levelStepDb }) => levelStepDb.percentile)).toEqual([100, 100, 100]);
  });

  it('refuses a join at the very end, and clips too short to compare with', () => {
    expect(() => measureSeams(mono(noise(1, () => 0.1)), [44_000])).toThrow('sample 44000');
    expect(() => measureSeams(mono(noise(0.2, () => 0.1)), [4410])).toThrow('too short');
  });
});

describe('percentileOf', () => {
  it('is the share of smaller values, equal ones counting half', () => {
    expect(percentileOf(3, [1, 2, 3, 4])).toBe(62.5);
    expect(percentileOf(0, [1, 2])).toBe(0);
    expect(percentileOf(9, [1, 2])).toBe(100);
  });
});
