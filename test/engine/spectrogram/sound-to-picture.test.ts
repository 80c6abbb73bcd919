import { describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { CancelledError, EngineError } from '../../../src/engine/errors.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { melSpectrogram, soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { goldenArray, goldenClip, goldenMetrics, goldenPicture } from '../../helpers/golden-audio.js';

const defaults = DEFAULT_SPECTROGRAM_PARAMS;
const small: SpectrogramParams = { ...defaults, sampleRate: 16000, maxFrequency: 8000, numFrequencies: 64 };

function clipOf(sampleRate: number, ...channels: Float32Array[]): AudioClip {
  return { sampleRate, channels };
}

function noise(length: number, seed = 1): Float32Array {
  const samples = new Float32Array(length);
  new SeededRandom(seed).fillGaussian(samples);
  return samples.map((sample) => sample / 8);
}

function plane(rgb: Uint8Array, index: number): Uint8Array {
  return rgb.filter((_, i) => i % 3 === index);
}

describe('soundToPicture', () => {
  it.each([
    ['piano', 0.999],
    ['drums', 0.999],
    ['mixed_stereo', 0.999],
    ['sweep', 0.995],
  ])(
    "draws riffusion's picture of %s: identical in at least %d of the pixels, elsewhere 1 off",
    async (name, share) => {
      const expected = await goldenPicture(name);
      const clip = goldenClip(name);
      const { picture, maxValue } = soundToPicture(clip, { ...defaults, stereo: clip.channels.length === 2 });
      expect([picture.width, picture.height]).toEqual([512, 512]);
      const differences = picture.rgb.map((value, i) => Math.abs(value - expected.rgb[i]!));
      expect(Math.max(...new Set(differences))).toBeLessThanOrEqual(1);
      expect(differences.filter((value) => value === 0).length / differences.length).toBeGreaterThan(share);
      expect(maxValue / goldenMetrics(name).melMax).toBeCloseTo(1, 4);
    },
  );

  it.each(['piano', 'sweep'])('measures the mel amplitudes of %s', (name) => {
    const mel = melSpectrogram(goldenClip(name).channels, defaults);
    const { data } = goldenArray(`${name}_mel_frames`);
    const largest = (data as Float32Array).reduce((a, b) => Math.max(a, b), 0);
    let worst = 0;
    [0, 20, 256, 511].forEach((t, column) => {
      for (let j = 0; j < 512; j++) {
        worst = Math.max(worst, Math.abs(mel[t * 512 + j]! - data[4 * j + column]!));
      }
    });
    expect(worst / largest).toBeLessThan(2e-5); // the reference's filterbank is in single precision
  });

  it('puts the left channel in green and the right in blue', () => {
    const silence = new Float32Array(16000);
    const { picture } = soundToPicture(clipOf(16000, noise(16000), silence), { ...small, stereo: true });
    expect(plane(picture.rgb, 0).every((value) => value === 0)).toBe(true);
    expect(plane(picture.rgb, 1).some((value) => value < 128)).toBe(true);
    expect(plane(picture.rgb, 2).every((value) => value === 255)).toBe(true);
  });

  it('mixes stereo down for a mono picture and doubles mono for a stereo one', () => {
    const [left, right] = [noise(8000, 1), noise(8000, 2)];
    const mix = left.map((sample, i) => (sample + right[i]!) / 2);
    const stereo = { ...small, stereo: true };
    expect(soundToPicture(clipOf(16000, left, right), small)).toEqual(
      soundToPicture(clipOf(16000, mix), small),
    );
    expect(soundToPicture(clipOf(16000, mix), stereo)).toEqual(
      soundToPicture(clipOf(16000, mix, mix), stereo),
    );
  });

  it('draws a loop as wide as it is long, and a rotated loop as the rotated picture', () => {
    const loop = noise(160 * 50);
    const rotated = loop.map((_, n) => loop[(n + 160 * 20) % loop.length]!);
    const first = soundToPicture(clipOf(16000, loop), small, { circular: true }).picture;
    const second = soundToPicture(clipOf(16000, rotated), small, { circular: true }).picture;
    expect([first.width, second.width]).toEqual([50, 50]);
    const turned = first.rgb.map((_, i) => {
      const [row, x, channel] = [Math.floor(i / 150), Math.floor((i % 150) / 3), i % 3];
      return first.rgb[row * 150 + ((x + 20) % 50) * 3 + channel]!;
    });
    expect(second.rgb).toEqual(turned);
  });

  it('draws silence all white, and one sample as one column', () => {
    const silent = soundToPicture(clipOf(16000, new Float32Array(4000)), small);
    expect(silent.maxValue).toBe(0);
    expect(silent.picture.rgb.every((value) => value === 255)).toBe(true);
    expect(soundToPicture(clipOf(16000, Float32Array.of(0.5)), small).picture.width).toBe(1);
  });

  it.each<Partial<SpectrogramParams>>([
    { minFrequency: 20, maxFrequency: 20000 },
    { minFrequency: 10, maxFrequency: 10000, stereo: true },
    { stepSizeMs: 20 },
    { numFrequencies: 128 },
    { sampleRate: 22050 },
    { powerForImage: 1 },
    { windowDurationMs: 93, paddedDurationMs: 187 },
    { numFrequencies: 2048, paddedDurationMs: 100 },
  ])('follows every parameter: %o', (change) => {
    const params = { ...defaults, ...change };
    const clip = clipOf(params.sampleRate, noise(Math.round(params.sampleRate / 4)));
    const { picture, maxValue } = soundToPicture(clip, params);
    expect(picture.height).toBe(params.numFrequencies);
    expect(picture.width).toBe(Math.floor(250 / params.stepSizeMs) + 1);
    expect(maxValue).toBeGreaterThan(0);
    expect(new Set(picture.rgb).size).toBeGreaterThan(20);
  });

  it('refuses an empty clip, another sample rate and contradictory parameters', () => {
    const code = (clip: AudioClip, params: SpectrogramParams): unknown => {
      try {
        return soundToPicture(clip, params);
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };
    expect(code(clipOf(16000, new Float32Array(0)), small)).toBe('audio_empty');
    expect(code({ sampleRate: 16000, channels: [] }, small)).toBe('audio_empty');
    expect(code(clipOf(44100, noise(100)), small)).toBe('invalid_request');
    expect(code(clipOf(16000, noise(100)), { ...small, maxFrequency: 9000 })).toBe('invalid_request');
    expect(code(clipOf(16000, noise(100)), { ...small, powerForImage: Number.NaN })).toBe('invalid_request');
  });

  it.each([Number.NaN, Infinity, -Infinity, 1e30])('refuses a sample of %d', (sample) => {
    const samples = noise(2000);
    samples[1234] = sample;
    expect(() => soundToPicture(clipOf(16000, samples), small)).toThrow(/Sample 1234/);
    expect(() => soundToPicture(clipOf(16000, noise(2000), samples), small)).toThrow(EngineError);
  });

  it('refuses channels of unequal lengths', () => {
    expect(() => soundToPicture(clipOf(16000, noise(2000), noise(1999)), small)).toThrow(EngineError);
  });

  it.each([1e-44, 9e19])('draws samples of %d as any others', (scale) => {
    const square = noise(4000).map(Math.sign);
    const expected = soundToPicture(clipOf(16000, square), small);
    const scaled = square.map((sample) => scale * sample);
    const { picture, maxValue } = soundToPicture(clipOf(16000, scaled), small);
    expect(maxValue / expected.maxValue / Math.fround(scale)).toBeCloseTo(1, 2);
    const differences = picture.rgb.map((value, i) => Math.abs(value - expected.picture.rgb[i]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  it('draws a constant signal in the lowest bands only', () => {
    const { picture } = soundToPicture(clipOf(16000, new Float32Array(8000).fill(0.5)), small);
    const column = Array.from({ length: 64 }, (_, row) => picture.rgb[3 * (row * picture.width + 25)]!);
    expect(column[63]).toBeLessThan(20);
    expect(Math.min(...column.slice(0, 48))).toBeGreaterThan(220);
  });

  it('takes more channels than two: all of them mixed, or the first two', () => {
    const [a, b, c] = [noise(2000, 1), noise(2000, 2), noise(2000, 3)];
    const mix = a.map((sample, n) => (sample + b[n]! + c[n]!) / 3);
    const stereo = { ...small, stereo: true };
    expect(soundToPicture(clipOf(16000, a, b, c), small)).toEqual(soundToPicture(clipOf(16000, mix), small));
    expect(soundToPicture(clipOf(16000, a, b, c), stereo)).toEqual(
      soundToPicture(clipOf(16000, a, b), stereo),
    );
  });

  it('stops when it is cancelled', () => {
    const signal = AbortSignal.abort();
    expect(() => soundToPicture(clipOf(16000, noise(1000)), small, { signal })).toThrow(CancelledError);
  });
});
