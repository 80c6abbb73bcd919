/**
 * Pictures to begin with, for images made from images: short loops of our own, played by a small synthesiser, which fill
 * a clip with whole measures. Nothing is stored: a picture is made when it is asked for, in a fraction of a second, and
 * the caller may keep it.
 *
 * The same name, parameters and width give the same sound everywhere: it is made of additions, multiplications and
 * divisions alone. They give the same picture on the same version of Node. The analysis uses Math.cos and powers, whose
 * last bits differ between versions of V8: there a pixel may differ by one grey level.
 */
import type { AudioClip } from '../audio/audio-clip.js';
import { EngineError } from '../errors.js';
import { IMAGE_MAX_PIXELS } from '../limits.js';
import { soundToPicture } from '../spectrogram/sound-to-picture.js';
import {
  DEFAULT_SPECTROGRAM_PARAMS,
  hopLength,
  validateSpectrogramParams,
} from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { Meter, Pattern } from './pattern.js';
import { BAND_PATTERNS } from './patterns/band-patterns.js';
import { DRUM_PATTERNS } from './patterns/drum-patterns.js';
import { TONAL_PATTERNS } from './patterns/tonal-patterns.js';
import { playLoop } from './sequencer.js';
import { tempoOf } from './tempo.js';
import type { Tempo } from './tempo.js';

export interface SeedPictureDescription extends Tempo {
  readonly name: string;
  /** What is heard, in some words without a full stop. */
  readonly description: string;
  readonly meter: Meter;
}

/** Columns of a picture of 5.12 seconds with the standard parameters. */
export const SEED_PICTURE_WIDTH = 512;
export const SEED_PICTURE_WIDTH_MIN = 8;

const PATTERNS: readonly Pattern[] = [...BAND_PATTERNS, ...DRUM_PATTERNS, ...TONAL_PATTERNS];

/** All of them, the most usual first, with their tempo at the standard parameters and width. */
export const SEED_PICTURES: readonly SeedPictureDescription[] = PATTERNS.map((pattern) =>
  describe(pattern, DEFAULT_SPECTROGRAM_PARAMS, SEED_PICTURE_WIDTH),
);

/**
 * A seed picture that wraps around: its right edge goes on at its left.
 *
 * @param width columns; of other widths than 512 the number of measures changes, so that the tempo stays near
 * @throws EngineError `invalid_request` when there is none of that name, the parameters contradict each other, or the
 * width is out of range
 */
export function createSeedPicture(
  name: string,
  params: SpectrogramParams = DEFAULT_SPECTROGRAM_PARAMS,
  width: number = SEED_PICTURE_WIDTH,
): SpectrogramPicture {
  return soundToPicture(createSeedSound(name, params, width), params, { circular: true }).picture;
}

/**
 * The loop that a seed picture is the picture of: `width` hops long, its peak at -1 dBFS, of two channels when the
 * parameters ask for a stereo picture.
 *
 * @throws EngineError as `createSeedPicture`
 */
export function createSeedSound(name: string, params: SpectrogramParams, width: number): AudioClip {
  const pattern = findPattern(name);
  checkSize(params, width);
  const channels = playLoop(pattern, {
    sampleRate: params.sampleRate,
    length: width * hopLength(params),
    measures: tempoOf(pattern, params, width).measures,
    numberOfChannels: params.stereo ? 2 : 1,
  });
  return { sampleRate: params.sampleRate, channels };
}

/**
 * A seed picture's description, its tempo that of a picture of these parameters and width.
 * @throws EngineError as `createSeedPicture`
 */
export function describeSeedPicture(
  name: string,
  params: SpectrogramParams,
  width: number,
): SeedPictureDescription {
  const pattern = findPattern(name);
  checkSize(params, width);
  return describe(pattern, params, width);
}

function describe(pattern: Pattern, params: SpectrogramParams, width: number): SeedPictureDescription {
  const { name, description, meter } = pattern;
  return { name, description, meter, ...tempoOf(pattern, params, width) };
}

function findPattern(name: string): Pattern {
  const pattern = PATTERNS.find((candidate) => candidate.name === name);
  if (pattern) return pattern;
  const names = PATTERNS.map((candidate) => candidate.name).join(', ');
  throw new EngineError('invalid_request', `There is no seed picture "${name}". There are: ${names}.`);
}

function checkSize(params: SpectrogramParams, width: number): void {
  validateSpectrogramParams(params);
  const most = Math.floor(IMAGE_MAX_PIXELS / params.numFrequencies);
  if (Number.isInteger(width) && width >= SEED_PICTURE_WIDTH_MIN && width <= most) return;
  throw new EngineError(
    'invalid_request',
    `A seed picture must be a whole number of columns from ${SEED_PICTURE_WIDTH_MIN} to ${most} wide, got ${width}.`,
  );
}
