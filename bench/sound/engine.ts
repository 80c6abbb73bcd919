/** The parts of the engine that the benches measure, in the words of the benches. */
import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import type { Quality } from '../../src/engine/limits.js';
import { createMelFilterbank } from '../../src/engine/spectrogram/mel-filterbank.js';
import { MelInverse } from '../../src/engine/spectrogram/mel-inverse.js';
import { pictureToSound } from '../../src/engine/spectrogram/picture-to-sound.js';
import { pictureToMel } from '../../src/engine/spectrogram/pixels.js';
import type { SpectrogramParams } from '../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../src/engine/spectrogram/spectrogram-picture.js';
import { StreamingSynthesis } from '../../src/engine/vocoder/streaming-synthesis.js';

export interface SoundOptions {
  /** Of the sound. @defaultValue 48000, Discord's, which is what the bot asks for */
  readonly sampleRate?: number;
  /** @defaultValue false */
  readonly circular?: boolean;
  /** Bring the clip to the loudness of all clips. @defaultValue false, so that magnitudes can be compared */
  readonly loudness?: boolean;
}

/** Hertz of every sound that is made here. */
export const DISCORD_RATE = 48000;

/** Linear magnitudes of one channel, frame after frame. */
export interface Magnitudes {
  readonly bins: number;
  readonly values: Float32Array;
}

export function soundOf(
  picture: SpectrogramPicture,
  params: SpectrogramParams,
  quality: Quality,
  options: SoundOptions = {},
): AudioClip {
  return pictureToSound(picture, params, { loudness: false, sampleRate: DISCORD_RATE, ...options, quality });
}

/**
 * The sound of columns that come piece by piece, piece by piece, at Discord's sample rate.
 *
 * @param pieces of each piece the mel amplitudes of every channel
 */
export function* streamedSound(
  pieces: Iterable<readonly Float32Array[]>,
  params: SpectrogramParams,
  quality: 'fast' | 'studio',
): Generator<readonly Float32Array[]> {
  const channels = params.stereo ? 2 : 1;
  const synthesis = new StreamingSynthesis({ params, channels, quality, sampleRate: DISCORD_RATE });
  try {
    for (const piece of pieces) yield synthesis.push(piece);
    yield synthesis.end();
  } finally {
    synthesis.dispose();
  }
}

/** The linear magnitudes that a picture asks for, on the bins of its own transform: the exact mel inverse. */
export function exactMagnitudes(picture: SpectrogramPicture, params: SpectrogramParams): Magnitudes[] {
  const inverse = new MelInverse(createMelFilterbank(params));
  const { bands, bins } = inverse;
  return pictureToMel(picture, params).map((mel) => {
    const frames = mel.length / bands;
    const values = new Float32Array(frames * bins);
    for (let t = 0; t < frames; t++) {
      inverse.solve(mel.subarray(t * bands, (t + 1) * bands), values.subarray(t * bins, (t + 1) * bins));
    }
    return { bins, values };
  });
}

export interface FrontierSetting {
  /** Settings of one series are joined by a line. */
  readonly series: string;
  readonly setting: string;
  readonly synthesize: (picture: SpectrogramPicture, params: SpectrogramParams) => AudioClip;
}

const ITERATIONS = [1, 2, 4, 8, 16, 32];

/** Of each quality, fewer and more iterations than it has. */
export const FRONTIER_SETTINGS: readonly FrontierSetting[] = (['fast', 'studio'] as const).flatMap(
  (quality) =>
    ITERATIONS.map((numGriffinLimIterations) => ({
      series: `Riffcord, transforms of ${quality}`,
      setting: String(numGriffinLimIterations),
      synthesize: (picture: SpectrogramPicture, params: SpectrogramParams): AudioClip =>
        pictureToSound(picture, params, {
          quality,
          numGriffinLimIterations,
          sampleRate: DISCORD_RATE,
          loudness: false,
        }),
    })),
);
