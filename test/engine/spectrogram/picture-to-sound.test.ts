import { describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { integratedLoudness } from '../../../src/engine/audio/loudness-meter.js';
import { CancelledError } from '../../../src/engine/errors.js';
import type { Quality } from '../../../src/engine/limits.js';
import { createRealFft } from '../../../src/engine/math/create-fft.js';
import { periodicHann } from '../../../src/engine/math/window.js';
import { pictureToSound } from '../../../src/engine/spectrogram/picture-to-sound.js';
import type { PictureToSoundOptions } from '../../../src/engine/spectrogram/picture-to-sound.js';
import { melSpectrogram, soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { Stft } from '../../../src/engine/spectrogram/stft.js';
import { logSpectralDistance, magnitudeSpectrogram } from '../../../measures/index.js';
import {
  cropPicture,
  goldenClip,
  goldenMetrics,
  goldenPicture,
  relativeError,
} from '../../helpers/golden-audio.js';

const defaults = DEFAULT_SPECTROGRAM_PARAMS;

function white(width: number, height = 512): SpectrogramPicture {
  return { width, height, rgb: new Uint8Array(width * height * 3).fill(255) };
}

function sine(hertz: number, seconds: number, sampleRate = 44100): AudioClip {
  const samples = Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, n) => 0.4 * Math.sin((2 * Math.PI * hertz * n) / sampleRate),
  );
  return { sampleRate, channels: [samples] };
}

/** Frequency of the strongest partial, by a parabola through the peak of the log spectrum. */
function pitch({ channels, sampleRate }: AudioClip): number {
  const size = 16384;
  const window = periodicHann(size);
  const start = Math.floor((channels[0]!.length - size) / 2);
  const fft = createRealFft(size);
  const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  fft.forward(
    window.map((weight, n) => weight * channels[0]![start + n]!),
    re,
    im,
  );
  const logs = re.map((value, k) => Math.log(Math.hypot(value, im[k]!) + 1e-12));
  const peak = logs.indexOf(logs.reduce((a, b) => Math.max(a, b)));
  const [before, at, after] = [logs[peak - 1]!, logs[peak]!, logs[peak + 1]!];
  return ((peak + (0.5 * (before - after)) / (before - 2 * at + after)) * sampleRate) / size;
}

/** Log-spectral distance from the clip that the picture was made of, seen through windows that no part of it used. */
function distance(sound: AudioClip, clip: AudioClip, winLength: number): number {
  const framing = { winLength, hopLength: winLength / 2, bins: Math.floor((winLength * 10000) / 44100) };
  const length = Math.min(sound.channels[0]!.length, clip.channels[0]!.length);
  const [original, made] = [clip, sound].map(({ channels }) =>
    magnitudeSpectrogram(channels[0]!.subarray(0, length), framing),
  );
  return logSpectralDistance(original!, made!);
}

function melConvergence(sound: AudioClip, clip: AudioClip, scale: number): number {
  const mel = (samples: Float32Array): Float32Array => melSpectrogram([samples], defaults);
  return relativeError(mel(clip.channels[0]!), mel(sound.channels[0]!), scale);
}

describe('pictureToSound', () => {
  it.each(
    (['fast', 'studio'] as const).flatMap((quality) =>
      ['piano', 'drums', 'sweep'].map((name) => ({ quality, name })),
    ),
  )(
    "comes nearer to the mel bands of $name ($quality) than torchaudio's 32 iterations, by either inverse",
    async ({ quality, name }) => {
      const { melMax, sgdMean, minNorm } = goldenMetrics(name);
      const sound = pictureToSound(await goldenPicture(name), defaults, { quality, loudness: false });
      const mel = melConvergence(sound, goldenClip(name), melMax / 30e6);
      expect(mel).toBeLessThan(Math.min(sgdMean.scMel, minNorm.scMel));
    },
  );

  it.each(['piano', 'drums'])(
    "comes nearer to the clip itself than riffusion's algorithm, through windows long and short: %s",
    async (name) => {
      const picture = await goldenPicture(name);
      const [studio, reference] = (['studio', 'reference'] as const).map((quality) =>
        pictureToSound(picture, defaults, { quality, loudness: false }),
      );
      for (const winLength of [1024, 4096]) {
        const clip = goldenClip(name);
        expect(distance(studio!, clip, winLength)).toBeLessThan(distance(reference!, clip, winLength));
      }
    },
  );

  it('gives back a sine at its own frequency', () => {
    for (const hertz of [110, 440, 3000.5]) {
      const { picture } = soundToPicture(sine(hertz, 1), defaults);
      const sound = pictureToSound(picture, defaults, { numGriffinLimIterations: 4 });
      expect(Math.abs(1200 * Math.log2(pitch(sound) / hertz))).toBeLessThan(5); // cents
    }
  });

  it('is as long as the columns span: one hop less than a loop of the same picture', async () => {
    const picture = cropPicture(await goldenPicture('piano'), 0, 60);
    const length = (options: PictureToSoundOptions): number =>
      pictureToSound(picture, defaults, { numGriffinLimIterations: 1, ...options }).channels[0]!.length;
    expect(length({})).toBe(59 * 441);
    expect(length({ circular: true })).toBe(60 * 441);
    // Or as long as it is wanted, and no longer than it is.
    expect(length({ seconds: 0.3001, sampleRate: 48000 })).toBe(14_405);
    expect(length({ seconds: 7 })).toBe(59 * 441);
  });

  it('makes 512 columns a loop of exactly 5.12 s without a click at the seam', async () => {
    const picture = await goldenPicture('piano');
    const loop = pictureToSound(picture, defaults, { circular: true, numGriffinLimIterations: 4 });
    const samples = loop.channels[0]!;
    expect(samples.length).toBe(225792);
    const steps = samples.map((sample, n) => Math.abs(samples[(n + 1) % samples.length]! - sample));
    const sorted = steps.toSorted();
    // The last step leads from the end to the start.
    expect(steps.at(-1)!).toBeLessThan(sorted[Math.floor(0.999 * sorted.length)]!);
    const flux = highFrequencyFlux(samples);
    expect(flux.seam).toBeLessThan(flux.inside.toSorted()[Math.floor(0.95 * flux.inside.length)]!);
  });

  it('gives the same samples for the same picture and seed, others for another seed', async () => {
    const picture = cropPicture(await goldenPicture('drums'), 0, 64);
    const sound = (seed: number, quality: Quality): Float32Array =>
      pictureToSound(picture, defaults, { seed, quality, numGriffinLimIterations: 2 }).channels[0]!;
    for (const quality of ['fast', 'studio', 'reference'] as const) {
      expect(sound(1, quality)).toEqual(sound(1, quality));
      expect(relativeError(sound(1, quality), sound(2, quality))).toBeGreaterThan(0.1);
    }
  });

  it('keeps what is equal in both channels in the middle', async () => {
    const { width, height, rgb } = cropPicture(await goldenPicture('piano'), 0, 40);
    const params = { ...defaults, stereo: true };
    const { channels } = pictureToSound({ width, height, rgb }, params, { numGriffinLimIterations: 1 });
    expect(channels).toHaveLength(2);
    expect(channels[0]).toEqual(channels[1]);
  });

  it('makes all clips equally loud, and none above -1 dBFS', async () => {
    for (const name of ['piano', 'drums', 'noise', 'sweep']) {
      const picture = cropPicture(await goldenPicture(name), 100, 250);
      const sound = pictureToSound(picture, defaults, { numGriffinLimIterations: 1 });
      expect(Math.abs(integratedLoudness(sound) + 14)).toBeLessThan(0.25);
      const peak = sound.channels[0]!.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      expect(peak).toBeLessThanOrEqual(Math.fround(10 ** (-1 / 20)));
    }
  });

  it('makes silence of a white picture', () => {
    const sound = pictureToSound(white(8), defaults, { circular: true });
    expect(sound.channels[0]).toEqual(new Float32Array(8 * 441));
    const stereo = pictureToSound(white(8), { ...defaults, stereo: true });
    expect(stereo.channels).toEqual([new Float32Array(7 * 441), new Float32Array(7 * 441)]);
  });

  it.each<Partial<SpectrogramParams>>([
    { minFrequency: 20, maxFrequency: 20000 },
    { minFrequency: 10, maxFrequency: 10000, stereo: true },
    { stepSizeMs: 20 },
    { numFrequencies: 128 },
    { sampleRate: 22050 },
    { sampleRate: 48000, maxFrequency: 16000 },
    { powerForImage: 0.5 },
    { windowDurationMs: 93, paddedDurationMs: 187 },
    { numFrequencies: 1024, paddedDurationMs: 100 },
  ])('sounds like the picture with every parameter: %o', (change) => {
    const params = { ...defaults, ...change };
    const clip = sine(880, 0.5, params.sampleRate);
    const { picture } = soundToPicture(clip, params);
    const sound = pictureToSound(picture, params, { numGriffinLimIterations: 2 });
    const again = soundToPicture(sound, params).picture;
    expect(sound.channels.every((samples) => samples.every(Number.isFinite))).toBe(true);
    expect(Math.abs(pitch(fitted(sound)) - 880)).toBeLessThan(bandSpacing(880, params) / 2);
    expect([again.width, again.height]).toEqual([picture.width, picture.height]);
  });

  it('takes pictures of one column', () => {
    const picture = { width: 1, height: 512, rgb: new Uint8Array(512 * 3) };
    const loop = pictureToSound(picture, defaults, { circular: true }).channels[0]!;
    expect(loop).toHaveLength(441);
    expect(loop.every(Number.isFinite)).toBe(true);
    expect(pictureToSound(picture, defaults).channels[0]).toHaveLength(0);
  });

  it('refuses pictures of another height and options out of range', () => {
    const code = (picture: SpectrogramPicture, options: PictureToSoundOptions = {}): unknown => {
      try {
        return pictureToSound(picture, defaults, options);
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };
    expect(code(white(4, 256))).toBe('image_not_spectrogram');
    expect(code({ ...white(4), width: 0 })).toBe('image_not_spectrogram');
    expect(code(white(4), { seed: -1 })).toBe('invalid_request');
    expect(code(white(4), { numGriffinLimIterations: Number.NaN })).toBe('invalid_request');
  });

  it('stops when it is cancelled', () => {
    const picture = { width: 4, height: 512, rgb: new Uint8Array(4 * 512 * 3) };
    expect(() => pictureToSound(picture, defaults, { signal: AbortSignal.abort() })).toThrow(CancelledError);
  });
});

/** Hertz between neighbouring mel bands at a frequency. */
function bandSpacing(
  hertz: number,
  { minFrequency, maxFrequency, numFrequencies }: SpectrogramParams,
): number {
  const range = Math.log((700 + maxFrequency) / (700 + minFrequency));
  return ((700 + hertz) * range) / (numFrequencies + 1);
}

/** The clip with silence around it, so that there is enough of it for `pitch`. */
function fitted({ sampleRate, channels }: AudioClip): AudioClip {
  const samples = new Float32Array(channels[0]!.length + 16384);
  samples.set(channels[0]!, 8192);
  return { sampleRate, channels: [samples] };
}

/** Energy above 10 kHz, where a click would show, of short frames across the seam and everywhere else. */
function highFrequencyFlux(samples: Float32Array): { seam: number; inside: number[] } {
  const stft = new Stft({ nFft: 256, winLength: 256, hopLength: 128, circular: true });
  const [re, im] = [new Float64Array(stft.bins), new Float64Array(stft.bins)];
  const inside = Array.from({ length: stft.numberOfFrames(samples.length) }, (_, t) => {
    stft.forward(samples, t, re, im);
    return re.reduce((sum, value, k) => (k >= 64 ? sum + value ** 2 + im[k]! ** 2 : sum), 0);
  });
  return { seam: inside[0]!, inside };
}
