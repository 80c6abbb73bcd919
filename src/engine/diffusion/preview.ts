/** Pictures of latents on the way, made of fewer latents: the decoder of a checkpoint takes longer than a step. */
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { LatentShape } from './guided-unet.js';

/** Rows of latents that a preview is made of, at least. */
const MIN_ROWS = 16;
const FACTORS = [4, 2] as const;

export interface FewerLatents {
  readonly latents: Float32Array;
  readonly shape: LatentShape;
  /** How many of the latents one of these stands for, in each direction. */
  readonly factor: number;
}

/** Means of neighbours. @param latents channels x rows x columns */
export function fewerLatents(latents: Float32Array, shape: LatentShape): FewerLatents {
  const [channels, rows, columns] = shape;
  const divides = (factor: number): boolean =>
    rows % factor === 0 && columns % factor === 0 && rows / factor >= MIN_ROWS;
  const factor = FACTORS.find(divides) ?? 1;
  const [fewerRows, fewerColumns] = [rows / factor, columns / factor];
  const means = new Float32Array(channels * fewerRows * fewerColumns);
  for (const [index, value] of latents.entries()) {
    const [row, column] = [Math.floor(index / columns), index % columns];
    // Rows of all channels lie below one another, and their number divides evenly.
    const at = Math.floor(row / factor) * fewerColumns + Math.floor(column / factor);
    means[at] = (means[at] ?? 0) + value / factor ** 2;
  }
  return { latents: means, shape: [channels, fewerRows, fewerColumns], factor };
}

/** Each pixel as a square of pixels. */
export function enlarge({ width, height, rgb }: SpectrogramPicture, factor: number): SpectrogramPicture {
  if (factor === 1) return { width, height, rgb };
  const large = { width: width * factor, height: height * factor };
  const pixels = new Uint8Array(3 * large.width * large.height);
  for (let y = 0; y < large.height; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0; x < large.width; x++) {
      const from = 3 * (row + Math.floor(x / factor));
      pixels.set(rgb.subarray(from, from + 3), 3 * (y * large.width + x));
    }
  }
  return { ...large, rgb: pixels };
}
