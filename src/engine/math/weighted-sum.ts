/** One term of a weighted sum. */
export type Term = readonly [weight: number, values: Float32Array];

/** `weight * values` summed over the terms, element by element, in double precision; all of one length. */
export function weightedSum(...terms: readonly [Term, ...Term[]]): Float32Array {
  const [[firstWeight, firstValues], ...rest] = terms;
  const sums = Float64Array.from(firstValues, (value) => firstWeight * value);
  for (const [weight, values] of rest) {
    if (values.length !== sums.length) {
      throw new RangeError(`Arrays of ${sums.length} and ${values.length} numbers cannot be added.`);
    }
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + weight * (values[i] ?? 0);
  }
  return Float32Array.from(sums);
}
