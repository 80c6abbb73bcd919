/** Sound to spectrogram picture, equal to riffusion's SpectrogramImageConverter to the pixel. */
import type { AudioClip } from '../audio/audio-clip.js';
import { numberOfFrames } from '../audio/audio-clip.js';
import { withChannels } from '../audio/channels.js';
import { checkSamples } from '../audio/check-samples.js';
import { CancelledError, EngineError } from '../errors.js';
import { endlessSignal } from './endless-signal.js';
import { drawBalance, midAndSide } from './mid-side.js';
import { FRAMES_AT_A_TIME, MelAnalysis } from './mel-analysis.js';
import { melToPicture } from './pixels.js';
import type { MelFrames } from './pixels.js';
import { INT16_SCALE, hopLength, isMidSide, validateSpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramPicture } from './spectrogram-picture.js';

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

/**
 * The clip's spectrogram: 1 + floor(samples / hopLength) columns, or samples / hopLength of a loop.
 * A mono picture shows the mean of all channels; a stereo picture shows the first two, or the only one twice.
 * Silence gives an all-white picture.
 *
 * @throws EngineError `audio_empty` for a clip without samples, `invalid_request` when the clip's sample rate is not
 * that of the parameters, its samples are no finite numbers, or the parameters contradict each other
 * @throws CancelledError after `signal` aborts
 */
export function soundToPicture(
  clip: AudioClip,
  params: SpectrogramParams,
  options: SoundToPictureOptions = {},
): EncodedPicture {
  validateSpectrogramParams(params);
  checkClip(clip, params);
  const { stereo, numFrequencies, powerForImage } = params;
  const melOf = (channels: readonly Float32Array[]): MelFrames => melSpectrogram(channels, params, options);
  const heard = stereo
    ? withChannels(clip, 2).channels.map((samples) => melOf([samples]))
    : [melOf(clip.channels)];
  const mels = isMidSide(params) ? midAndSide(clip).map((samples) => melOf([samples])) : heard;
  const maxValue = Math.max(...mels.map(largest));
  const picture = melToPicture(mels, numFrequencies, powerForImage, maxValue);
  if (isMidSide(params)) drawBalance(picture, heard[0]!, heard[1]!);
  return { picture, maxValue };
}

/**
 * Mel amplitudes of every frame, of samples scaled to 16 bits.
 *
 * @param channels one, or several whose mean is taken; at least one sample each, at the sample rate of `params`
 * @throws CancelledError after `signal` aborts
 */
export function melSpectrogram(
  channels: readonly Float32Array[],
  params: SpectrogramParams,
  { circular = false, signal }: SoundToPictureOptions = {},
): MelFrames {
  const analysis = new MelAnalysis(params, INT16_SCALE);
  const frames = numberOfColumns(channels[0]!.length, hopLength(params), circular);
  const mel = new Float32Array(frames * analysis.bands);
  const source = endlessSignal(channels, circular);
  for (let t = 0; t < frames; t += FRAMES_AT_A_TIME) {
    if (signal?.aborted) throw new CancelledError();
    const count = Math.min(FRAMES_AT_A_TIME, frames - t);
    analysis.analyze(source, t, count, mel.subarray(t * analysis.bands));
  }
  return mel;
}

function numberOfColumns(samples: number, hop: number, circular: boolean): number {
  return circular ? Math.max(1, Math.round(samples / hop)) : 1 + Math.floor(samples / hop);
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
  checkSamples(clip);
}

function largest(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
