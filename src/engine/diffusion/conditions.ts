/** What some denoisers can be told besides the prompt. */
import type { NamedTensors } from '../runtime/inference-session.js';
import type { LatentShape } from './guided-unet.js';

/**
 * `known`: columns of the latents that are given, to go on from or to fill up. `rhythm`: how many beats the picture has.
 */
export const CONDITIONS = ['known', 'rhythm'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** The first column of the picture is the first beat of a bar. */
export interface Rhythm {
  /** Of the picture. */
  readonly beats: number;
  readonly beatsPerBar: number;
}

/** For one picture; what is left out is left to the network. */
export interface Conditions {
  /** As `knownLatents` gives it. */
  readonly known?: Float32Array | undefined;
  readonly rhythm?: Rhythm | undefined;
}

/**
 * The denoiser's inputs for a batch of pictures that are all told the same.
 * @param names those that the denoiser has
 */
export function conditionFeeds(
  names: readonly Condition[],
  { known, rhythm }: Conditions,
  [channels, rows, columns]: LatentShape,
  batch: number,
): NamedTensors {
  const given: Readonly<Record<Condition, { shape: readonly number[]; values: ArrayLike<number> }>> = {
    known: { shape: [1 + channels, rows, columns], values: known ?? [] },
    rhythm: { shape: [2], values: rhythm ? [rhythm.beats, rhythm.beatsPerBar] : [] },
  };
  return Object.fromEntries(names.map((name) => [name, repeated(given[name], batch)]));
}

/** Zeros where there are no values. */
function repeated(
  { shape, values }: { readonly shape: readonly number[]; readonly values: ArrayLike<number> },
  batch: number,
): { shape: readonly number[]; data: Float32Array } {
  const size = shape.reduce((product, length) => product * length, 1);
  const data = new Float32Array(batch * size);
  if (values.length > 0) for (let index = 0; index < batch; index++) data.set(values, index * size);
  return { shape: [batch, ...shape], data };
}

/**
 * What is known of a picture whose latents are kept in some columns.
 *
 * @param latents channels x rows x columns
 * @param keptShares of each of them, 1 = kept; only columns that are kept from top to bottom can be told
 * @returns (1 + channels) x rows x columns: 1 where the column is given, then its latents, 0 elsewhere; `undefined` when
 * no column is
 */
export function knownLatents(
  latents: Float32Array,
  keptShares: Float32Array,
  [channels, rows, columns]: LatentShape,
): Float32Array | undefined {
  const plane = rows * columns;
  const isKept = Array.from({ length: columns }, (_, column) => {
    for (let at = column; at < plane; at += columns) if (keptShares[at] !== 1) return false;
    return true;
  });
  if (!isKept.includes(true)) return undefined;
  const known = new Float32Array((1 + channels) * plane);
  for (let at = 0; at < known.length; at++) {
    if (isKept[at % columns]) known[at] = at < plane ? 1 : (latents[at - plane] ?? 0);
  }
  return known;
}
