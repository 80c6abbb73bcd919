/** The way from one point to another, in as many dimensions as the arrays have elements. */
import { weightedSum } from './weighted-sum.js';

/** Cosines beyond this count as parallel, where the arc's formula divides by nearly nothing. */
const PARALLEL_COSINE = 0.9995;

/** The straight way: `from` at alpha 0, `to` at 1; beyond that it goes on. For embeddings. */
export function lerp(from: Float32Array, to: Float32Array, alpha: number): Float32Array {
  return weightedSum([1 - alpha, from], [alpha, to]);
}

/**
 * The way along the arc, which keeps the length: what lies between two fields of Gaussian noise is then noise of the
 * same variance. Shoemake 1985, as riffusion has it: each array is one vector, and nearly parallel ones (or
 * opposite ones) are joined by a straight line.
 */
export function slerp(from: Float32Array, to: Float32Array, alpha: number): Float32Array {
  const [fromWeight, toWeight] = slerpWeights(from, to)(alpha);
  return weightedSum([fromWeight, from], [toWeight, to]);
}

/** How much of each there is on `slerp`'s way between two arrays. */
export function slerpWeights(
  from: Float32Array,
  to: Float32Array,
): (alpha: number) => readonly [from: number, to: number] {
  const cosine = dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
  // Not a number when one of them is all zeros, which has no direction.
  if (!(Math.abs(cosine) <= PARALLEL_COSINE)) return (alpha) => [1 - alpha, alpha];
  const angle = Math.acos(cosine);
  const sine = Math.sin(angle);
  return (alpha) => [Math.sin((1 - alpha) * angle) / sine, Math.sin(alpha * angle) / sine];
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
