/** A spectrogram picture in, picture file out. */

import sharp from 'sharp';

import type { Recipe } from '../recipe/recipe.js';
import { serializeRecipe } from '../recipe/recipe.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { PictureFormat } from './picture-metadata.js';
import { writePictureMetadata } from './picture-metadata.js';

export interface WritePictureOptions {
  /** @defaultValue 'png' */
  readonly format?: PictureFormat;
  /** Greatest mel amplitude of the sound that the picture was made from. @defaultValue none */
  readonly maxValue?: number | undefined;
  /** @defaultValue none */
  readonly recipe?: Recipe | undefined;
  /** 1 to 100, for JPEG and WebP. @defaultValue 95 for JPEG; WebP is lossless unless this is given */
  readonly quality?: number | undefined;
}

/** To find the best code, all coefficients of a JPEG are held, 6 bytes a pixel: of larger pictures the usual one is taken. */
const LARGE_PIXELS = 4 * 2 ** 20;

/** The picture as a file, with riffusion's EXIF tags and the recipe in it. Equal input gives equal bytes. */
export async function writePicture(
  picture: SpectrogramPicture,
  params: SpectrogramParams,
  options: WritePictureOptions = {},
): Promise<Uint8Array> {
  const { format = 'png', maxValue, recipe, quality } = options;
  const encoded = await encodePixels(picture, format, quality);
  const metadata = {
    params,
    ...(maxValue !== undefined && { maxValue }),
    ...(recipe && { recipeJson: serializeRecipe(recipe) }),
  };
  return writePictureMetadata(encoded, format, metadata, picture);
}

async function encodePixels(
  { width, height, rgb }: SpectrogramPicture,
  format: PictureFormat,
  quality: number | undefined,
): Promise<Uint8Array> {
  const image = sharp(rgb, { raw: { width, height, channels: 3 } });
  const optimiseCoding = width * height <= LARGE_PIXELS;
  switch (format) {
    case 'png':
      // Spectrograms take 40 % less with the filters, whose time can hardly be measured.
      return image.png({ adaptiveFiltering: true }).toBuffer();
    case 'jpeg':
      // Full colour resolution: in stereo pictures green and blue are two different sounds.
      return image.jpeg({ quality: quality ?? 95, chromaSubsampling: '4:4:4', optimiseCoding }).toBuffer();
    case 'webp':
      return image.webp(quality === undefined ? { lossless: true } : { quality }).toBuffer();
  }
}
