/** Emphasis within a prompt, as riffusion has it: hidden states times weights, brought back to their mean. */

/** The means before and after cancel out when their ratio is beyond this: it says nothing of size then. */
const MAX_SCALE = 10;

/**
 * Multiplies each row by its weight, then all by the one number that restores the mean over everything. Where the
 * weighted mean has another sign, or is next to nothing, that number is taken to be 1.
 *
 * @param embeds `[weights.length, width]`; left as it is
 * @param weights one a row
 * @returns a new array of the same shape; equal to `embeds` when all weights are 1
 */
export function weightedEmbeds(embeds: Float32Array, weights: readonly number[]): Float32Array {
  if (weights.every((weight) => weight === 1)) return embeds.slice();
  const width = embeds.length / weights.length;
  const weighted = embeds.map((value, index) => value * (weights[Math.floor(index / width)] ?? 1));
  const scale = sum(embeds) / sum(weighted);
  const isOfSize = scale >= 1 / MAX_SCALE && scale <= MAX_SCALE;
  return isOfSize ? weighted.map((value) => value * scale) : weighted;
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
