import type { Denoise } from '../scheduler.js';
import { cutColumns } from './windows.js';

/**
 * A network for which time is a circle, looking at a window of a piece from where a picture of the piece begins: there
 * it has been told that the first beat is.
 *
 * @param denoise of samples of a picture's width
 * @param start the window's first column in the piece, all of whose pictures are `columns` wide
 */
export function turnedDenoise(denoise: Denoise, start: number, columns: number): Denoise {
  const shift = start % columns;
  if (shift === 0) return denoise;
  return async (sample, timestep) => {
    const answer = await denoise(turnedColumns(sample, start, columns), timestep);
    return turned(answer, shift, columns);
  };
}

/** The columns of a window as that network sees them. */
export function turnedColumns(window: Float32Array, start: number, columns: number): Float32Array {
  return turned(window, (columns - (start % columns)) % columns, columns);
}

/** Each row beginning at that column, and ending with those before it. */
function turned(data: Float32Array, first: number, columns: number): Float32Array {
  return cutColumns({ data, columnSize: 1 }, columns, { start: first, window: columns });
}
