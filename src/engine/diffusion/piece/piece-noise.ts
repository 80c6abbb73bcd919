/** What the pictures of a piece start from, and how they differ. */
import { slerp } from '../../math/interpolation.js';
import type { LatentShape } from '../guided-unet.js';
import type { PipelineRequest } from '../pipeline-request.js';
import type { NoiseSource } from '../scheduler.js';
import type { OpenNoiseSource, StartingNoise } from '../starting-point.js';
import { slerpColumns } from './glide.js';
import type { Piece } from './piece.js';

export interface PieceNoiseOptions {
  /** Of the latents of the whole piece. */
  readonly shape: LatentShape;
  readonly piece: Piece;
  readonly openNoiseSource: OpenNoiseSource;
}

/**
 * Noise for all pictures of a piece, one beside the other. Each further one is that of the first, varied; between two
 * seeds the noise glides from column to column.
 */
export function pieceNoise({ start, end }: PipelineRequest, options: PieceNoiseOptions): StartingNoise {
  const { shape, piece, openNoiseSource } = options;
  const noiseSource = openNoiseSource(start.seed);
  const noise = variedTiles(noiseSource, options);
  if (!end || end.seed === start.seed) return { noise, noiseSource };
  const endNoise = variedTiles(openNoiseSource(end.seed), options);
  return { noise: slerpColumns(noise, endNoise, shape[2], piece.glide), noiseSource };
}

function variedTiles(noiseSource: NoiseSource, { shape, piece }: PieceNoiseOptions): Float32Array {
  const {
    windows: { window },
    variation,
  } = piece;
  const [channels, rows, columns] = shape;
  const whole = new Float32Array(channels * rows * columns);
  const first = new Float32Array(channels * rows * window);
  noiseSource.fillGaussian(first);
  for (let start = 0; start < columns; start += window) {
    const tile = start === 0 || variation === 0 ? first : varied(first, noiseSource, variation);
    for (let row = 0; row < channels * rows; row++) {
      const line = tile.subarray(row * window, row * window + Math.min(window, columns - start));
      whole.set(line, row * columns + start);
    }
  }
  return whole;
}

function varied(first: Float32Array, noiseSource: NoiseSource, variation: number): Float32Array {
  const other = new Float32Array(first.length);
  noiseSource.fillGaussian(other);
  return slerp(first, other, variation);
}
