/** What a spectrogram picture says about itself, in PNG, JPEG and WebP: riffusion's EXIF tags, and the recipe. */

import { STEREO_LAYOUTS } from '../limits.js';
import type { StereoLayout } from '../limits.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { ExifField } from './exif.js';
import { readExif, writeExif } from './exif.js';
import { insertJpegExif, isJpeg, readJpegExif } from './jpeg-segments.js';
import { insertPngChunks, isPng, pngText, readPngChunks, readPngText } from './png-chunks.js';
import { insertWebpExif, isWebp, readWebpExif } from './webp-chunks.js';

export type PictureFormat = 'png' | 'jpeg' | 'webp';

export interface PictureMetadata {
  /** From the EXIF tags, unchecked; undefined unless all nine are there. */
  readonly params?: SpectrogramParams;
  /** Greatest mel amplitude of the sound that the picture was made from. */
  readonly maxValue?: number;
  /** The recipe's JSON form, unchecked. */
  readonly recipeJson?: string;
}

/** Riffusion's private EXIF tags (its SpectrogramParams.ExifTags). */
export const EXIF_TAGS = {
  sampleRate: 11000,
  stereo: 11005,
  stepSizeMs: 11010,
  windowDurationMs: 11020,
  paddedDurationMs: 11030,
  numFrequencies: 11040,
  minFrequency: 11050,
  maxFrequency: 11060,
  powerForImage: 11070,
  maxValue: 11080,
} as const;

/** Our own tag beside them: position in `STEREO_LAYOUTS`. Pictures of the first, riffusion's layout, have none. */
const EXIF_STEREO_LAYOUT = 11090;

/** Keyword of the PNG text chunk that holds the recipe. */
export const PNG_RECIPE_KEYWORD = 'riffcord-recipe';

/** In JPEG and WebP the recipe is the EXIF ImageDescription. */
const EXIF_IMAGE_DESCRIPTION = 270;

/** Told by the first bytes; undefined = none of the three. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  if (isPng(bytes)) return 'png';
  if (isJpeg(bytes)) return 'jpeg';
  if (isWebp(bytes)) return 'webp';
  return undefined;
}

/** Never fails: what is damaged or absent is left out. */
export function readPictureMetadata(bytes: Uint8Array): PictureMetadata {
  const { exif, text } = readBlocks(bytes);
  const fields = exif ? readExif(exif) : new Map<number, number | string>();
  const params = paramsFromFields(fields);
  const maxValue = fields.get(EXIF_TAGS.maxValue);
  const description = fields.get(EXIF_IMAGE_DESCRIPTION);
  const recipeJson = text ?? (isRecipeText(description) ? description : undefined);
  return {
    ...(params && { params }),
    ...(typeof maxValue === 'number' && { maxValue }),
    ...(recipeJson !== undefined && { recipeJson }),
  };
}

/** The same picture file with the metadata in it. `width` and `height` are the picture's. */
export function writePictureMetadata(
  bytes: Uint8Array,
  format: PictureFormat,
  metadata: PictureMetadata,
  size: { readonly width: number; readonly height: number },
): Uint8Array {
  const fields = fieldsFromMetadata(metadata);
  const { recipeJson } = metadata;
  if (format === 'png') {
    const chunks = recipeJson === undefined ? [] : [pngText(PNG_RECIPE_KEYWORD, recipeJson)];
    return insertPngChunks(bytes, [{ type: 'eXIf', data: writeExif(fields) }, ...chunks]);
  }
  if (recipeJson !== undefined) fields.push({ tag: EXIF_IMAGE_DESCRIPTION, value: recipeJson });
  const exif = writeExif(fields);
  return format === 'jpeg'
    ? insertJpegExif(bytes, exif)
    : insertWebpExif(bytes, exif, size.width, size.height);
}

function readBlocks(bytes: Uint8Array): { exif?: Uint8Array | undefined; text?: string | undefined } {
  switch (pictureFormat(bytes)) {
    case 'png': {
      const chunks = readPngChunks(bytes);
      const exif = chunks.find(({ type }) => type === 'eXIf')?.data;
      return { exif, text: readPngText(chunks, PNG_RECIPE_KEYWORD) };
    }
    case 'jpeg':
      return { exif: readJpegExif(bytes) };
    case 'webp':
      return { exif: readWebpExif(bytes) };
    case undefined:
      return {};
  }
}

function isRecipeText(value: number | string | undefined): value is string {
  return typeof value === 'string' && value.startsWith('{"format":"riffcord-recipe"');
}

function paramsFromFields(fields: ReadonlyMap<number, number | string>): SpectrogramParams | undefined {
  const values = new Map<string, number>();
  for (const [name, tag] of Object.entries(EXIF_TAGS)) {
    const value = fields.get(tag);
    if (name === 'maxValue') continue;
    if (typeof value !== 'number') return undefined;
    values.set(name, value);
  }
  const layout = fields.get(EXIF_STEREO_LAYOUT);
  const number = (name: keyof SpectrogramParams): number => values.get(name) ?? NaN;
  return {
    sampleRate: number('sampleRate'),
    stereo: number('stereo') !== 0,
    stepSizeMs: number('stepSizeMs'),
    windowDurationMs: number('windowDurationMs'),
    paddedDurationMs: number('paddedDurationMs'),
    numFrequencies: number('numFrequencies'),
    minFrequency: number('minFrequency'),
    maxFrequency: number('maxFrequency'),
    powerForImage: number('powerForImage'),
    ...(layout !== undefined && {
      stereoLayout: STEREO_LAYOUTS[Number(layout)] ?? (String(layout) as StereoLayout),
    }),
  };
}

function fieldsFromMetadata({ params, maxValue }: PictureMetadata): ExifField[] {
  const fields: ExifField[] = [];
  if (params) {
    fields.push(
      { tag: EXIF_TAGS.sampleRate, value: params.sampleRate },
      { tag: EXIF_TAGS.stereo, value: params.stereo ? 1 : 0 },
      { tag: EXIF_TAGS.stepSizeMs, value: params.stepSizeMs },
      { tag: EXIF_TAGS.windowDurationMs, value: params.windowDurationMs },
      { tag: EXIF_TAGS.paddedDurationMs, value: params.paddedDurationMs },
      { tag: EXIF_TAGS.numFrequencies, value: params.numFrequencies },
      { tag: EXIF_TAGS.minFrequency, value: params.minFrequency },
      { tag: EXIF_TAGS.maxFrequency, value: params.maxFrequency },
      { tag: EXIF_TAGS.powerForImage, value: params.powerForImage, isFloat: true },
    );
    const layout = STEREO_LAYOUTS.indexOf(params.stereoLayout ?? 'left-right');
    if (layout > 0) fields.push({ tag: EXIF_STEREO_LAYOUT, value: layout });
  }
  if (maxValue !== undefined) fields.push({ tag: EXIF_TAGS.maxValue, value: maxValue, isFloat: true });
  return fields;
}
