/** How far a piece is on its way, column by column. */
import { slerpWeights } from '../../math/interpolation.js';
import type { WindowLayout } from './windows.js';

export type Glide = (column: number) => number;

/**
 * From the start, in the middle of the first window, to the end in the middle of the last; in a circle there and back,
 * with the end opposite the start.
 *
 * @returns of a column, which may lie between two, 0..1
 */
export function glideOver({ columns, window, circular }: WindowLayout): Glide {
  const first = (window - 1) / 2;
  if (circular) {
    return (column) => {
      const turn = (column - first) / columns;
      return 1 - Math.abs(1 - 2 * (turn - Math.floor(turn)));
    };
  }
  return (column) => Math.min(1, Math.max(0, (column - first) / (columns - window)));
}

/** Between two wholes, column by column, along the arc. */
export function slerpColumns(
  from: Float32Array,
  to: Float32Array,
  columns: number,
  glide: Glide,
): Float32Array {
  const weightsAt = slerpWeights(from, to);
  const weights = Array.from({ length: columns }, (_, column) => weightsAt(glide(column)));
  return from.map((value, index) => {
    const [fromWeight, toWeight] = weights[index % columns] ?? [1, 0];
    return fromWeight * value + toWeight * (to[index] ?? 0);
  });
}
