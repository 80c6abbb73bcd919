/** Sound to spectrogram picture, equal to riffusion's SpectrogramImageConverter to the pixel. */
import type { AudioClip } from '../audio/audio-clip.js';
import { numberOfFrames } from '../audio/audio-clip.js';
import { withChannels } from '../audio/channels.js';
import { CancelledError, EngineError } from '../errors.js';
import { applyMelFilterbank, createMelFilterbank } from './mel-filterbank.js';
import type { MelFilterbank } from './mel-filterbank.js';
import { melToPicture } from './pixels.js';
import type { MelFrames } from './pixels.js';
import { hopLength, nFft, validateSpectrogramParams, winLength } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramPicture } from './spectrogram-picture.js';
import { Stft } from './stft.js';

export interface SoundToPictureOptions {
  /**
   * The clip is a loop: frames wrap around, and a clip of exactly n * hopLength samples gives n columns instead of
   * n + 1. @defaultValue false
   */
  readonly circular?: boolean;
  /** Ends the work between two frames. */
  readonly signal?: AbortSignal;
}

export interface EncodedPicture {
  readonly picture: SpectrogramPicture;
  /** Mel amplitude of a black pixel, of samples scaled to 16 bits; 0 for silence. EXIF tag MAX_VALUE. */
  readonly maxValue: number;
}

/** Riffusion works on 16-bit integers; amplitudes in its pictures' tags are in that scale. */
const INT16_SCALE = 32768;

/**
 * The clip's spectrogram: 1 + floor(samples / hopLength) columns, or samples / hopLength of a loop.
 * A mono picture of a stereo clip shows the mean of its channels; a stereo picture of a mono clip shows it twice.
 * Silence gives an all-white picture.
 *
 * @throws EngineError `audio_empty` for a clip without samples, `invalid_request` when the clip's sample rate is not
 * that of the parameters, or the parameters contradict each other
 * @throws CancelledError after `signal` aborts
 */
export function soundToPicture(
  clip: AudioClip,
  params: SpectrogramParams,
  options: SoundToPictureOptions = {},
): EncodedPicture {
  validateSpectrogramParams(params);
  checkClip(clip, params);
  const stft = new Stft({
    nFft: nFft(params),
    winLength: winLength(params),
    hopLength: hopLength(params),
    circular: options.circular ?? false,
  });
  const filterbank = createMelFilterbank(params);
  const channels = withChannels(clip, params.stereo ? 2 : 1).channels.map((samples) =>
    melSpectrogram(samples, stft, filterbank, options.signal),
  );
  const maxValue = Math.max(...channels.map(largest));
  return { picture: melToPicture(channels, params.numFrequencies, params.powerForImage, maxValue), maxValue };
}

/** Mel amplitudes of every frame of one channel, of samples scaled to 16 bits. */
export function melSpectrogram(
  samples: Float32Array,
  stft: Stft,
  filterbank: MelFilterbank,
  signal?: AbortSignal,
): MelFrames {
  const frames = stft.numberOfFrames(samples.length);
  const bands = filterbank.filters.length;
  const mel = new Float32Array(frames * bands);
  const re = new Float64Array(stft.bins);
  const im = new Float64Array(stft.bins);
  const magnitudes = new Float64Array(filterbank.bins);
  for (let t = 0; t < frames; t++) {
    if (signal?.aborted) throw new CancelledError();
    stft.forward(samples, t, re, im);
    for (let k = 0; k < magnitudes.length; k++) {
      magnitudes[k] = INT16_SCALE * Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!);
    }
    applyMelFilterbank(filterbank, magnitudes, mel.subarray(t * bands, (t + 1) * bands));
  }
  return mel;
}

function checkClip(clip: AudioClip, params: SpectrogramParams): void {
  if (numberOfFrames(clip) === 0) {
    throw new EngineError('audio_empty', 'There is no sound in this clip: it holds no samples.');
  }
  if (clip.sampleRate !== params.sampleRate) {
    throw new EngineError(
      'invalid_request',
      `The clip has ${clip.sampleRate} samples per second and the spectrogram expects ${params.sampleRate}: ` +
        'resample the clip first.',
    );
  }
}

function largest(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
