/** A picture file in, checked spectrogram picture out. */

import sharp from 'sharp';

import { EngineError } from '../errors.js';
import { IMAGE_MAX_BYTES, IMAGE_MAX_PIXELS } from '../limits.js';
import type { Recipe } from '../recipe/recipe.js';
import { parseRecipe } from '../recipe/recipe.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { DEFAULT_SPECTROGRAM_PARAMS, validateSpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { withoutJpegMetadata } from './jpeg-segments.js';
import type { PictureFormat } from './picture-metadata.js';
import { pictureFormat, readPictureMetadata } from './picture-metadata.js';
import { withoutPngMetadata } from './png-chunks.js';

export interface PictureFile {
  readonly picture: SpectrogramPicture;
  readonly params: SpectrogramParams;
  /** False when the file has no complete set of tags and `params` are the defaults. */
  readonly paramsFromTags: boolean;
  /** Greatest mel amplitude of the sound that the picture was made from, when the file says. */
  readonly maxValue?: number;
  /** The recipe that the file carries, when there is one that can be read. */
  readonly recipe?: Recipe;
}

/**
 * Reads PNG, JPEG or WebP, told by content. Palettes, grey, 16-bit and transparent pictures become 8-bit RGB over
 * white, which is silence; colour profiles and EXIF orientation are not applied, since pixels here are data.
 * @param givenParams take the place of those in the file's tags, or of the defaults
 * @throws EngineError `image_unreadable`, `image_too_large`, `image_not_spectrogram`; `invalid_request` when
 *   `givenParams` contradict the others
 */
export async function readPicture(
  bytes: Uint8Array,
  givenParams: Partial<SpectrogramParams> = {},
): Promise<PictureFile> {
  const format = knownFormat(bytes);
  const { params: tagParams, maxValue, recipeJson } = readPictureMetadata(bytes);
  const fileParams = tagParams ? checkedParams(tagParams) : DEFAULT_SPECTROGRAM_PARAMS;
  const params = { ...fileParams, ...givenParams };
  validateSpectrogramParams(params);
  const picture = await readChecked(withoutMetadata(bytes, format), ({ height }) =>
    checkHeight(height, params),
  );
  const recipe = recipeJson === undefined ? undefined : tryParseRecipe(recipeJson);
  return {
    picture,
    params,
    paramsFromTags: tagParams !== undefined,
    ...(maxValue !== undefined && { maxValue }),
    ...(recipe && { recipe }),
  };
}

/**
 * The pixels of a picture of any size that need be no spectrogram, such as a mask.
 * @throws EngineError `image_unreadable`, `image_too_large`
 */
export function readPixels(bytes: Uint8Array): Promise<SpectrogramPicture> {
  return readChecked(withoutMetadata(bytes, knownFormat(bytes)), () => undefined);
}

function knownFormat(bytes: Uint8Array): PictureFormat {
  if (bytes.length > IMAGE_MAX_BYTES) {
    const limit = `${IMAGE_MAX_BYTES / 1024 / 1024} MB`;
    throw new EngineError('image_too_large', `The picture file is larger than ${limit}: crop the picture.`);
  }
  const format = pictureFormat(bytes);
  if (format !== undefined) return format;
  throw unreadable(bytes.length === 0 ? 'the file is empty' : 'it is not a PNG, JPEG or WebP file');
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @param check hears of the size before anything is decoded */
async function readChecked(pixels: Uint8Array, check: (size: Size) => void): Promise<SpectrogramPicture> {
  const size = await readSize(pixels);
  checkArea(size);
  check(size);
  return decodePixels(pixels);
}

/** What is left for the decoder: neither profiles nor comments can change the pixels, or keep it busy. */
function withoutMetadata(bytes: Uint8Array, format: PictureFormat): Uint8Array {
  switch (format) {
    case 'png':
      return withoutPngMetadata(bytes);
    case 'jpeg':
      return withoutJpegMetadata(bytes);
    case 'webp':
      return bytes;
  }
}

function checkedParams(params: SpectrogramParams): SpectrogramParams {
  try {
    validateSpectrogramParams(params);
    return params;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw new EngineError(
      'image_not_spectrogram',
      `The spectrogram tags in the picture make no sense. ${reason} Remove its EXIF data to read it with the defaults.`,
      { cause },
    );
  }
}

/** From the header alone: nothing is decoded yet. */
async function readSize(bytes: Uint8Array): Promise<Size> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { width, height };
  } catch (cause) {
    throw unreadable('its header is damaged', cause);
  }
}

function checkArea({ width, height }: Size): void {
  if (width * height > IMAGE_MAX_PIXELS) {
    throw new EngineError(
      'image_too_large',
      `The picture has ${megapixels(width * height)} megapixels (${width} x ${height}), ` +
        `more than the limit of ${megapixels(IMAGE_MAX_PIXELS)}: crop it to fewer columns.`,
    );
  }
}

function checkHeight(height: number, params: SpectrogramParams): void {
  if (height !== params.numFrequencies) {
    throw new EngineError(
      'image_not_spectrogram',
      `The picture is ${height} pixels high, but its spectrogram should be ${params.numFrequencies} pixels high, ` +
        `one row for each frequency band: use a picture that Riffcord or riffusion made, or scale it to that height.`,
    );
  }
}

function megapixels(pixels: number): string {
  return (pixels / 1e6).toFixed(1);
}

async function decodePixels(bytes: Uint8Array): Promise<SpectrogramPicture> {
  try {
    const { data, info } = await sharp(bytes, {
      limitInputPixels: IMAGE_MAX_PIXELS,
      failOn: 'truncated',
      ignoreIcc: true,
    })
      .toColourspace('srgb')
      .flatten({ background: '#ffffff' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
    const rgb = info.channels === 1 ? greyToRgb(pixels) : pixels;
    return { width: info.width, height: info.height, rgb };
  } catch (cause) {
    throw unreadable('it is damaged or cut off', cause);
  }
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (let index = 0; index < grey.length; index++) {
    rgb[3 * index] = rgb[3 * index + 1] = rgb[3 * index + 2] = grey[index]!;
  }
  return rgb;
}

function tryParseRecipe(json: string): Recipe | undefined {
  try {
    return parseRecipe(json);
  } catch {
    return undefined; // The picture can be played without; reading the recipe itself tells what is wrong with it.
  }
}

function unreadable(reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'image_unreadable',
    `The picture cannot be read (${reason}): save it again as PNG, or fetch it anew.`,
    { cause },
  );
}
