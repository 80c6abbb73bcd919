/** Which latents a run may change. */
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { LatentShape } from './guided-unet.js';

export interface MaskedPicture {
  /** White is painted anew, black is kept. Stretched to the first picture, should it have another size. */
  readonly mask: SpectrogramPicture;
  /** Columns of the first picture; what lies beyond is painted anew. */
  readonly width: number;
  /** Columns of the picture to be. */
  readonly runWidth: number;
}

/**
 * How much of each latent is kept: 0 = painted anew, 1 = kept. Each latent asks the pixel in the middle of what it
 * stands for, as riffusion does, for its luminance.
 *
 * @returns channels x rows x columns, equal in all channels
 */
export function keptShares({ mask, width, runWidth }: MaskedPicture, shape: LatentShape): Float32Array {
  const [channels, rows, columns] = shape;
  const plane = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const y = Math.floor(((row + 0.5) * mask.height) / rows);
    for (let column = 0; column < columns; column++) {
      const position = ((column + 0.5) * runWidth) / columns;
      const x = Math.floor((position * mask.width) / width);
      plane[row * columns + column] = position < width ? 1 - luminance(mask, x, y) / 255 : 0;
    }
  }
  const shares = new Float32Array(channels * plane.length);
  for (let channel = 0; channel < channels; channel++) shares.set(plane, channel * plane.length);
  return shares;
}

/** @returns `kept` and `painted` mixed by share, element by element */
export function mixByShare(shares: Float32Array, kept: Float32Array, painted: Float32Array): Float32Array {
  return shares.map((share, index) => share * (kept[index] ?? 0) + (1 - share) * (painted[index] ?? 0));
}

/** ITU-R 601 in the whole numbers that Pillow rounds to. */
function luminance({ width, rgb }: SpectrogramPicture, x: number, y: number): number {
  const at = 3 * (y * width + x);
  const [red, green, blue] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
  return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
}
