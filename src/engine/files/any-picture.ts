/** Any picture, drawn, photographed or from another program, taken for a spectrogram. */
import sharp from 'sharp';
import type { Sharp } from 'sharp';

import { EngineError } from '../errors.js';
import { AUDIO_MAX_SECONDS } from '../limits.js';
import { DEFAULT_SPECTROGRAM_PARAMS, validateSpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { readExif } from './exif.js';
import { isJpeg, readJpegExif } from './jpeg-segments.js';
import { readPictureMetadata } from './picture-metadata.js';
import { readPixels } from './read-picture.js';

/**
 * What had to be guessed.
 * - `standard-axes`: the picture does not say what its rows and columns are: riffusion's are assumed
 * - `turned`: a camera noted that it was held on its side
 * - `scaled`: stretched to as many rows as there are frequency bands; columns are as they were
 * - `grey`: brightness was taken for loudness, whatever the colour
 * - `inverted`: it is mostly dark, so bright was taken for loud
 * - `stretched`: the paper was made white and the darkest ink black
 */
export type PictureAssumption = 'standard-axes' | 'turned' | 'scaled' | 'grey' | 'inverted' | 'stretched';

export interface AnyPicture {
  readonly picture: SpectrogramPicture;
  readonly params: SpectrogramParams;
  /** In the order in which they were made; empty for a picture that says what it is. */
  readonly assumptions: readonly PictureAssumption[];
}

/** Columns: fewer than this last no longer than a click. */
const MIN_WIDTH = 8;
/** Median grey level below which a picture is light on dark. */
const DARK_MEDIAN = 96;
/** Distance of two colour planes that no compression makes of grey, and the share of pixels that must have it. */
const COLOUR_DISTANCE = 32;
const COLOUR_SHARE = 0.002;
/** Shares of pixels, from the darkest, at which ink and paper are looked for. */
const INK_SHARE = 0.002;
const PAPER_SHARE = 0.75;
/** Levels between ink and paper, at least: anything less is a picture of nothing, and stays so. */
const LEAST_CONTRAST = 24;
/** EXIF tag, and what its values mean: clockwise degrees after a left-right flip. */
const ORIENTATION_TAG = 274;
const ORIENTATIONS: Readonly<Record<number, { flop: boolean; degrees: number }>> = {
  2: { flop: true, degrees: 0 },
  3: { flop: false, degrees: 180 },
  4: { flop: true, degrees: 180 },
  5: { flop: true, degrees: 270 },
  6: { flop: false, degrees: 90 },
  7: { flop: true, degrees: 90 },
  8: { flop: false, degrees: 270 },
};

/**
 * Reads a PNG, JPEG or WebP picture of any size and look. One that carries spectrogram tags is only brought to its
 * height; of all others light is silence, unless they are mostly dark.
 *
 * @throws EngineError `image_unreadable`, `image_too_large` (also when it would last longer than AUDIO_MAX_SECONDS),
 * `invalid_request` when it is too narrow to be heard
 */
export async function readAnyPicture(bytes: Uint8Array): Promise<AnyPicture> {
  const tagged = usableParams(readPictureMetadata(bytes).params);
  const pixels = await readPixels(bytes);
  const params = tagged ?? DEFAULT_SPECTROGRAM_PARAMS;
  if (tagged) {
    checkWidth(pixels.width, params);
    const isScaled = pixels.height !== params.numFrequencies;
    return { picture: await scaled(pixels, params), params, assumptions: isScaled ? ['scaled'] : [] };
  }
  return { ...(await guessed(bytes, pixels, params)), params };
}

async function guessed(
  bytes: Uint8Array,
  pixels: SpectrogramPicture,
  params: SpectrogramParams,
): Promise<Pick<AnyPicture, 'picture' | 'assumptions'>> {
  const orientation = orientationOf(bytes);
  const upright = orientation ? await turned(pixels, orientation) : pixels;
  checkWidth(upright.width, params);
  const isScaled = upright.height !== params.numFrequencies;
  const hasColours = isColourful(upright);
  const picture = await scaled(grey(upright), params);
  // One that may be riffusion's own, but for its tags, is data: its levels are left alone.
  const levels = isScaled || hasColours ? guessLevels(picture.rgb) : NO_CHANGE;
  const made: readonly [PictureAssumption, boolean][] = [
    ['standard-axes', true],
    ['turned', orientation !== undefined],
    ['scaled', isScaled],
    ['grey', hasColours],
    ['inverted', levels.isInverted],
    ['stretched', levels.isStretched],
  ];
  return {
    picture: { ...picture, rgb: picture.rgb.map((level) => levels.table[level]!) },
    assumptions: made.filter(([, isMade]) => isMade).map(([assumption]) => assumption),
  };
}

function usableParams(params: SpectrogramParams | undefined): SpectrogramParams | undefined {
  if (!params) return undefined;
  try {
    validateSpectrogramParams(params);
    return params;
  } catch {
    return undefined; // Tags that make no sense say nothing.
  }
}

function checkWidth(width: number, { stepSizeMs }: SpectrogramParams): void {
  const seconds = (width * stepSizeMs) / 1000;
  if (seconds > AUDIO_MAX_SECONDS) {
    throw new EngineError(
      'image_too_large',
      `The picture is ${width} columns wide and would last ${seconds.toFixed(0)} seconds, more than ` +
        `${AUDIO_MAX_SECONDS}: crop it, or make it narrower.`,
    );
  }
  if (width < MIN_WIDTH) {
    throw new EngineError(
      'invalid_request',
      `The picture is only ${width} columns wide, too few to be heard: use one that is at least ${MIN_WIDTH} wide.`,
    );
  }
}

function orientationOf(bytes: Uint8Array): (typeof ORIENTATIONS)[number] | undefined {
  const exif = isJpeg(bytes) ? readJpegExif(bytes) : undefined;
  return exif && ORIENTATIONS[Number(readExif(exif).get(ORIENTATION_TAG))];
}

function raw({ width, height, rgb }: SpectrogramPicture) {
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

async function pixelsOf(image: Sharp): Promise<SpectrogramPicture> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const rgb = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { width: info.width, height: info.height, rgb };
}

function turned(
  picture: SpectrogramPicture,
  { flop, degrees }: (typeof ORIENTATIONS)[number],
): Promise<SpectrogramPicture> {
  // sharp mirrors before it turns, whatever the order of the calls.
  return pixelsOf(raw(picture).flop(flop).rotate(degrees));
}

async function scaled(
  picture: SpectrogramPicture,
  { numFrequencies }: SpectrogramParams,
): Promise<SpectrogramPicture> {
  if (picture.height === numFrequencies) return picture;
  return pixelsOf(raw(picture).resize({ width: picture.width, height: numFrequencies, fit: 'fill' }));
}

function isColourful({ rgb }: SpectrogramPicture): boolean {
  let coloured = 0;
  for (let i = 0; i < rgb.length; i += 3) {
    const [r, g, b] = [rgb[i]!, rgb[i + 1]!, rgb[i + 2]!];
    if (Math.max(r, g, b) - Math.min(r, g, b) >= COLOUR_DISTANCE) coloured++;
  }
  return coloured > (COLOUR_SHARE * rgb.length) / 3;
}

/** By the luma of ITU-R BT.709. */
function grey({ width, height, rgb }: SpectrogramPicture): SpectrogramPicture {
  const levels = new Uint8Array(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    const level = Math.round(0.2126 * rgb[i]! + 0.7152 * rgb[i + 1]! + 0.0722 * rgb[i + 2]!);
    levels.fill(level, i, i + 3);
  }
  return { width, height, rgb: levels };
}

interface LevelGuess {
  readonly isInverted: boolean;
  readonly isStretched: boolean;
  /** What each grey level becomes. */
  readonly table: Uint8Array;
}

const NO_CHANGE: LevelGuess = {
  isInverted: false,
  isStretched: false,
  table: Uint8Array.from({ length: 256 }, (_, level) => level),
};

/** Which of a picture's grey levels are silence, and which are loud. */
function guessLevels(rgb: Uint8Array): LevelGuess {
  const counts = new Uint32Array(256);
  for (let i = 0; i < rgb.length; i += 3) counts[rgb[i]!]!++;
  const isInverted = levelAt(counts, 0.5) < DARK_MEDIAN;
  if (isInverted) counts.reverse();
  const [ink, paper] = [levelAt(counts, INK_SHARE), levelAt(counts, PAPER_SHARE)];
  const isStretched = paper - ink >= LEAST_CONTRAST && (ink > 0 || paper < 255);
  const table = Uint8Array.from({ length: 256 }, (_, given) => {
    const level = isInverted ? 255 - given : given;
    if (!isStretched) return level;
    return Math.round(255 * Math.min(1, Math.max(0, (level - ink) / (paper - ink))));
  });
  return { isInverted, isStretched, table };
}

/** The level below or at which so large a share of the pixels lies. */
function levelAt(counts: Uint32Array, share: number): number {
  const wanted = share * counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  return Math.max(
    0,
    counts.findIndex((count) => (seen += count) >= wanted),
  );
}
