import { EngineError } from '../errors.js';
import { STEREO_LAYOUTS } from '../limits.js';
import type { StereoLayout } from '../limits.js';

/** How sound becomes a picture. The defaults are riffusion's; every one can be set and most travel in EXIF tags. */
export interface SpectrogramParams {
  /** Hertz. @defaultValue 44100 */
  readonly sampleRate: number;
  /** Two channels in the green and blue planes. @defaultValue false */
  readonly stereo: boolean;
  /** Milliseconds between columns. @defaultValue 10 */
  readonly stepSizeMs: number;
  /** Milliseconds of the Hann window. @defaultValue 100 */
  readonly windowDurationMs: number;
  /** Milliseconds of the zero-padded FFT frame. @defaultValue 400 */
  readonly paddedDurationMs: number;
  /** Mel bands = picture height. @defaultValue 512 */
  readonly numFrequencies: number;
  /** Hertz. @defaultValue 0 */
  readonly minFrequency: number;
  /** Hertz. @defaultValue 10000 */
  readonly maxFrequency: number;
  /** Exponent from amplitude to grey level. @defaultValue 0.25 */
  readonly powerForImage: number;
  /** Of a stereo picture; see mid-side.ts. @defaultValue 'left-right' */
  readonly stereoLayout?: StereoLayout;
}

export const DEFAULT_SPECTROGRAM_PARAMS: SpectrogramParams = Object.freeze({
  sampleRate: 44100,
  stereo: false,
  stepSizeMs: 10,
  windowDurationMs: 100,
  paddedDurationMs: 400,
  numFrequencies: 512,
  minFrequency: 0,
  maxFrequency: 10000,
  powerForImage: 0.25,
});

/** Riffusion works on 16-bit integers; amplitudes in its pictures' tags are in that scale. */
export const INT16_SCALE = 32768;

/** Samples between columns; truncated as riffusion does. */
export function hopLength(params: SpectrogramParams): number {
  return Math.trunc((params.stepSizeMs / 1000) * params.sampleRate);
}

/** Columns that a picture of so much sound has, from the middle of the first to that of the last. */
export function columnsOf(seconds: number, params: SpectrogramParams): number {
  const hops = (seconds * params.sampleRate) / hopLength(params);
  return 1 + Math.ceil(hops - 1e-6);
}

/** Samples in the window. */
export function winLength(params: SpectrogramParams): number {
  return Math.trunc((params.windowDurationMs / 1000) * params.sampleRate);
}

/** Samples in the zero-padded FFT frame. */
export function nFft(params: SpectrogramParams): number {
  return Math.trunc((params.paddedDurationMs / 1000) * params.sampleRate);
}

/** @throws EngineError `invalid_request` when the parameters contradict each other. */
export function validateSpectrogramParams(params: SpectrogramParams): void {
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'number' && !Number.isFinite(value)) throw invalid(name, 'a number', value);
  }
  if (params.sampleRate < 8000 || params.sampleRate > 192000) {
    throw invalid('sampleRate', 'between 8000 and 192000 Hz', params.sampleRate);
  }
  if (hopLength(params) < 1) throw invalid('stepSizeMs', 'at least one sample', params.stepSizeMs);
  if (winLength(params) < 2 * hopLength(params)) {
    throw invalid('windowDurationMs', 'at least twice stepSizeMs', params.windowDurationMs);
  }
  if (nFft(params) < winLength(params) || params.paddedDurationMs > 4000) {
    throw invalid('paddedDurationMs', 'between windowDurationMs and 4000', params.paddedDurationMs);
  }
  if (!Number.isInteger(params.numFrequencies) || params.numFrequencies < 8 || params.numFrequencies > 4096) {
    throw invalid('numFrequencies', 'a whole number from 8 to 4096', params.numFrequencies);
  }
  if (params.minFrequency < 0 || params.minFrequency >= params.maxFrequency) {
    throw invalid('minFrequency', 'at least 0 and below maxFrequency', params.minFrequency);
  }
  if (params.maxFrequency > params.sampleRate / 2) {
    throw invalid('maxFrequency', 'at most half the sample rate', params.maxFrequency);
  }
  if (params.powerForImage <= 0 || params.powerForImage > 4) {
    throw invalid('powerForImage', 'above 0 and at most 4', params.powerForImage);
  }
  if (params.stereoLayout !== undefined && !STEREO_LAYOUTS.includes(params.stereoLayout)) {
    throw invalid('stereoLayout', STEREO_LAYOUTS.join(' or '), params.stereoLayout);
  }
}

/** A stereo picture whose planes show middle and side. */
export function isMidSide({ stereo, stereoLayout }: SpectrogramParams): boolean {
  return stereo && stereoLayout === 'mid-side';
}

function invalid(name: string, expected: string, got: unknown): EngineError {
  return new EngineError('invalid_request', `Expected ${name} to be ${expected}, got ${String(got)}.`);
}
