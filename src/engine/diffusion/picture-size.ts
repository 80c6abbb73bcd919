/** Widths that a model can make, and pictures brought to them. */
import { EngineError } from '../errors.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';

export interface PictureSize {
  /** Pixels, of all the model's pictures. */
  readonly height: number;
  /** Columns that the model was trained on. */
  readonly width: number;
  /** Widths are multiples of this. */
  readonly widthMultiple: number;
}

/**
 * @param width what was asked for
 * @throws EngineError `invalid_request` for a width that the model cannot make, naming the nearest ones
 */
export function checkWidth(width: number, { widthMultiple }: PictureSize): number {
  if (Number.isInteger(width) && width > 0 && width % widthMultiple === 0) return width;
  const below = Math.max(1, Math.floor(width / widthMultiple)) * widthMultiple;
  throw new EngineError(
    'invalid_request',
    `This model makes pictures whose width is a multiple of ${widthMultiple}, not ${width}: ` +
      `try ${below} or ${below + widthMultiple}.`,
  );
}

/** The largest width the model can make that is no more than the picture's, but at least one multiple. */
export function widthWithin(picture: SpectrogramPicture, { widthMultiple }: PictureSize): number {
  return Math.max(1, Math.floor(picture.width / widthMultiple)) * widthMultiple;
}

/**
 * The beginning of the picture, followed by silence where it is too short. It is never stretched: that would change the
 * tempo.
 *
 * @throws EngineError `image_not_spectrogram` for a picture of another height: it has other frequencies
 */
export function fitToWidth(
  picture: SpectrogramPicture,
  width: number,
  { height }: Pick<PictureSize, 'height'>,
): SpectrogramPicture {
  if (picture.height !== height) {
    throw new EngineError(
      'image_not_spectrogram',
      `This model starts from pictures ${height} pixels high; this one has ${picture.height}.`,
    );
  }
  if (picture.width === width) return picture;
  const rgb = new Uint8Array(3 * width * height).fill(255);
  const copied = 3 * Math.min(width, picture.width);
  for (let row = 0; row < height; row++) {
    const from = 3 * row * picture.width;
    rgb.set(picture.rgb.subarray(from, from + copied), 3 * row * width);
  }
  return { width, height, rgb };
}
