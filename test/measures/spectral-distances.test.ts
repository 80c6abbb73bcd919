import { describe, expect, it } from 'vitest';

import {
  bestGain,
  logSpectralDistance,
  magnitudeSpectrogram,
  melSpectrograms,
  spectralConvergence,
  stackChannels,
} from '../../measures/index.js';
import type { MagnitudeSpectrogram } from '../../measures/index.js';
import { soundToPicture } from '../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../src/engine/spectrogram/spectrogram-params.js';
import { SAMPLE_RATE, noise } from './signals.js';

const reference = magnitudeSpectrogram(
  noise(0.2, () => 0.1),
  { winLength: 400, hopLength: 100 },
);

describe('magnitudeSpectrogram', () => {
  it('gives a sine half the sum of the window in its own bin', () => {
    const sine = Float32Array.from({ length: 4000 }, (_, n) => Math.cos((2 * Math.PI * 20 * n) / 400));
    const { frames, bands, values } = magnitudeSpectrogram(sine, {
      winLength: 400,
      hopLength: 100,
      circular: true,
    });
    expect({ frames, bands }).toEqual({ frames: 40, bands: 201 });
    for (let t = 0; t < frames; t++) expect(values[t * bands + 20]).toBeCloseTo(100, 3);
    expect(values[7 * bands + 30]).toBeCloseTo(0, 3);
  });

  it('sees the signal mirrored beyond the ends, or around the corner in a loop', () => {
    const ramp = Float32Array.from({ length: 64 }, (_, n) => n);
    const mirrored = magnitudeSpectrogram(ramp, { winLength: 8, hopLength: 8, bins: 1 });
    const wrapped = magnitudeSpectrogram(ramp, { winLength: 8, hopLength: 8, bins: 1, circular: true });
    const window = Array.from({ length: 8 }, (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * i) / 4));
    const total = (around: readonly number[]): number =>
      around.reduce((sum, value, i) => sum + value * window[i]!, 0);
    expect(mirrored.frames).toBe(9);
    expect(mirrored.values[0]).toBeCloseTo(total([4, 3, 2, 1, 0, 1, 2, 3]), 4);
    expect(wrapped.frames).toBe(8);
    expect(wrapped.values[0]).toBeCloseTo(total([60, 61, 62, 63, 0, 1, 2, 3]), 4);
  });

  it('agrees with the picture of the same clip, made by the engine, to a grey level', () => {
    const clip = { sampleRate: SAMPLE_RATE, channels: [noise(0.3, (time) => time)] };
    const { picture } = soundToPicture(clip, DEFAULT_SPECTROGRAM_PARAMS);
    const [mel] = melSpectrograms(clip, DEFAULT_SPECTROGRAM_PARAMS);
    const largest = mel!.values.reduce((a, b) => Math.max(a, b), 0);
    const differences = Array.from(mel!.values, (value, i) => {
      const [t, band] = [Math.floor(i / 512), i % 512];
      const level = picture.rgb[3 * ((511 - band) * picture.width + t)]!;
      return Math.abs(level - (255 - 255 * (value / largest) ** 0.25));
    });
    expect(differences.length).toBe(31 * 512);
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  it('refuses a clip at another sample rate', () => {
    const clip = { sampleRate: 48000, channels: [new Float32Array(100)] };
    expect(() => melSpectrograms(clip, DEFAULT_SPECTROGRAM_PARAMS)).toThrow(RangeError);
  });

  it('stacks channels frame after frame', () => {
    const stacked = stackChannels([reference, scaled(reference, 2)]);
    expect(stacked.frames).toBe(2 * reference.frames);
    expect(stacked.values.at(-1)).toBe(2 * reference.values.at(-1)!);
    expect(stackChannels([reference])).toBe(reference);
  });
});

describe('spectralConvergence', () => {
  it('is 20 log10 of the relative error', () => {
    expect(spectralConvergence(reference, scaled(reference, 1.1), { gain: 'as is' })).toBeCloseTo(-20, 4);
    expect(spectralConvergence(reference, scaled(reference, 0.5), { gain: 'as is' })).toBeCloseTo(-6.0206, 4);
  });

  it('is 0 dB for silence', () => {
    expect(spectralConvergence(reference, scaled(reference, 0))).toBe(0);
  });

  it('forgives a wrong loudness unless told not to', () => {
    expect(bestGain(reference, scaled(reference, 4))).toBeCloseTo(0.25, 6);
    expect(spectralConvergence(reference, scaled(reference, 4))).toBeLessThan(-120);
  });

  it('grows with the error whatever the gain', () => {
    const distances = [0.01, 0.1, 0.3].map((share) =>
      spectralConvergence(reference, ripple(reference, share)),
    );
    expect(distances[0]).toBeCloseTo(-40, 0);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  it('refuses other shapes and a silent reference', () => {
    const other = { ...reference, frames: reference.frames - 1 };
    expect(() => spectralConvergence(reference, other)).toThrow(RangeError);
    expect(() => spectralConvergence(scaled(reference, 0), reference)).toThrow('silent');
  });
});

describe('logSpectralDistance', () => {
  it('is the error of the gain, in dB', () => {
    const options = { gain: 'as is', floorDb: -200 } as const;
    expect(logSpectralDistance(reference, scaled(reference, 2), options)).toBeCloseTo(6.0206, 3);
    expect(logSpectralDistance(reference, scaled(reference, 0.5), options)).toBeCloseTo(6.0206, 3);
    expect(logSpectralDistance(reference, scaled(reference, 2))).toBeCloseTo(0, 3);
  });

  it('hears nothing below its floor', () => {
    const loudAndQuiet = { frames: 1, bands: 2, values: Float32Array.of(1, 1e-4) };
    const quieter = { frames: 1, bands: 2, values: Float32Array.of(1, 1e-6) };
    expect(logSpectralDistance(loudAndQuiet, quieter, { gain: 'as is' })).toBe(0);
    expect(logSpectralDistance(loudAndQuiet, quieter, { gain: 'as is', floorDb: -100 })).toBeCloseTo(
      20 / Math.SQRT2,
      3,
    );
  });

  it('hears a wrong quiet band that spectral convergence does not', () => {
    const values = Float32Array.of(1, 0.01, 0.01, 0.01);
    const asked = { frames: 1, bands: 4, values };
    const given = { frames: 1, bands: 4, values: Float32Array.of(1, 0.002, 0.002, 0.002) };
    expect(spectralConvergence(asked, given)).toBeLessThan(-35);
    expect(logSpectralDistance(asked, given)).toBeGreaterThan(10);
  });

  it('refuses other shapes and a silent reference', () => {
    expect(() => logSpectralDistance(reference, { ...reference, bands: 1 })).toThrow(RangeError);
    expect(() => logSpectralDistance(scaled(reference, 0), reference)).toThrow('silent');
  });
});

function scaled(spectrogram: MagnitudeSpectrogram, gain: number): MagnitudeSpectrogram {
  return { ...spectrogram, values: spectrogram.values.map((value) => gain * value) };
}

/** Every other value more, every other less, by a share of itself. */
function ripple(spectrogram: MagnitudeSpectrogram, share: number): MagnitudeSpectrogram {
  const values = spectrogram.values.map((value, i) => value * (1 + (i % 2 === 0 ? share : -share)));
  return { ...spectrogram, values };
}
