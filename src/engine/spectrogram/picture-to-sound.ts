/** Spectrogram picture to sound, in one of three qualities. */
import { numberOfFrames } from '../audio/audio-clip.js';
import type { AudioClip } from '../audio/audio-clip.js';
import { normalizeLoudness } from '../audio/normalize-loudness.js';
import { resample } from '../audio/resample.js';
import { EngineError } from '../errors.js';
import {
  GRIFFIN_LIM_ITERATIONS_MAX,
  GRIFFIN_LIM_ITERATIONS_MIN,
  QUALITIES,
  SAMPLE_RATE_MAX,
  SAMPLE_RATE_MIN,
} from '../limits.js';
import type { Quality } from '../limits.js';
import { concatenated } from '../vocoder/concatenated.js';
import { VOCODER_SETTINGS } from '../vocoder/quality.js';
import { soundOfColumns } from '../vocoder/sound-of-columns.js';
import { checkPicture, pictureToMel } from './pixels.js';
import { referenceSound } from './reference-sound.js';
import { validateSpectrogramParams } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';
import { cutPicture } from './spectrogram-picture.js';
import type { SpectrogramPicture } from './spectrogram-picture.js';

export interface PictureToSoundOptions {
  /** How much work goes into it. @defaultValue 'studio' */
  readonly quality?: Quality;
  /** Hertz of the sound, 8000 to 192000. @defaultValue that of the parameters */
  readonly sampleRate?: number;
  /** Draws the phases that the picture does not decide. @defaultValue 0 */
  readonly seed?: number;
  /** Make a loop of width * hopLength samples, whose end runs on into its start. @defaultValue false */
  readonly circular?: boolean;
  /** Griffin-Lim iterations, a whole number from 1 to 1000. @defaultValue that of the quality */
  readonly numGriffinLimIterations?: number;
  /** Bring the clip to the loudness of all clips (see normalizeLoudness). @defaultValue true */
  readonly loudness?: boolean;
  /** What comes later than this is cut off, in seconds. @defaultValue nothing is */
  readonly seconds?: number;
  /** Ends the work between two steps of it. */
  readonly signal?: AbortSignal;
}

/**
 * The sound of a picture: as long as (width - 1) hops, or as width hops of a loop. The same picture, parameters and
 * options give the same samples. An all-white picture gives silence.
 *
 * @throws EngineError `image_not_spectrogram` when the picture's shape does not fit the parameters,
 * `invalid_request` when the parameters contradict each other or an option is out of range
 * @throws CancelledError after `signal` aborts
 */
export function pictureToSound(
  picture: SpectrogramPicture,
  params: SpectrogramParams,
  options: PictureToSoundOptions = {},
): AudioClip {
  validateSpectrogramParams(params);
  checkOptions(options);
  const { circular = false, loudness = true, sampleRate = params.sampleRate } = options;
  const made = soundOf(picture, params, options);
  const whole = circular ? resampleLoop(made, sampleRate) : resample(made, sampleRate);
  const clip = cutAfter(whole, options.seconds ?? Infinity);
  return loudness ? normalizeLoudness(clip, { circular }) : clip;
}

function soundOf(
  picture: SpectrogramPicture,
  params: SpectrogramParams,
  options: PictureToSoundOptions,
): AudioClip {
  const { quality = 'studio', sampleRate = params.sampleRate, seed = 0, circular = false, signal } = options;
  const { numGriffinLimIterations: iterations } = options;
  if (quality === 'reference') {
    return referenceSound(pictureToMel(picture, params), { params, seed, circular, iterations, signal });
  }
  const defaults = VOCODER_SETTINGS[quality];
  const settings = { ...defaults, iterations: iterations ?? defaults.iterations };
  checkPicture(picture, params);
  const columns = {
    columns: picture.width,
    read: (from: number, to: number) => pictureToMel(cutPicture(picture, from, to), params),
  };
  return soundOfColumns(columns, { params, settings, sampleRate, seed, circular, signal });
}

function cutAfter({ sampleRate, channels }: AudioClip, seconds: number): AudioClip {
  const length = Math.round(seconds * sampleRate);
  return { sampleRate, channels: channels.map((samples) => samples.subarray(0, length)) };
}

/** A loop's filter has to run over its ends: its middle of three. */
function resampleLoop(clip: AudioClip, sampleRate: number): AudioClip {
  if (clip.sampleRate === sampleRate) return clip;
  const channels = clip.channels.map((samples) => concatenated([samples, samples, samples]));
  const thrice = resample({ sampleRate: clip.sampleRate, channels }, sampleRate);
  const length = Math.round(numberOfFrames(thrice) / 3);
  return { sampleRate, channels: thrice.channels.map((samples) => samples.slice(length, 2 * length)) };
}

function checkOptions({ quality, sampleRate, numGriffinLimIterations }: PictureToSoundOptions): void {
  if (quality !== undefined && !QUALITIES.includes(quality)) {
    throw invalid('the quality', QUALITIES.join(', '), quality);
  }
  if (!isWholeWithin(numGriffinLimIterations, GRIFFIN_LIM_ITERATIONS_MIN, GRIFFIN_LIM_ITERATIONS_MAX)) {
    const expected = `a whole number from ${GRIFFIN_LIM_ITERATIONS_MIN} to ${GRIFFIN_LIM_ITERATIONS_MAX}`;
    throw invalid('the number of Griffin-Lim iterations', expected, numGriffinLimIterations);
  }
  if (!isWholeWithin(sampleRate, SAMPLE_RATE_MIN, SAMPLE_RATE_MAX)) {
    throw invalid(
      'the sample rate',
      `a whole number from ${SAMPLE_RATE_MIN} to ${SAMPLE_RATE_MAX}`,
      sampleRate,
    );
  }
}

function isWholeWithin(value: number | undefined, min: number, max: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= min && value <= max);
}

function invalid(name: string, expected: string, got: unknown): EngineError {
  return new EngineError('invalid_request', `Expected ${name} to be ${expected}, got ${String(got)}.`);
}
