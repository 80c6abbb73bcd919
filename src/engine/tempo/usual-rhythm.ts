/** The rhythm that music has which is called so, where nobody says how fast it is to be. */
import type { Rhythm } from '../diffusion/conditions.js';
import { beatsPerBar } from './clip-tempo.js';

const BEATS = 'beats:';
/** Rather in threes than not. */
const LIKELY = 0.5;

/**
 * A model that is told a rhythm has a clearer pulse than one that is left to find it.
 *
 * @param names `kind:name` of each trait that the model knows; `beats:n` is of a picture of its own width
 * @param likelihoods 0..1, of each name, of the prompt
 * @param share of the model's own width that the picture has
 * @returns `undefined` of a model that does not tell beats
 */
export function usualRhythm(
  names: readonly string[],
  likelihoods: Float32Array,
  share: number,
): Rhythm | undefined {
  const likeliest = names
    .map((name, index) => ({ name, likelihood: likelihoods[index] ?? 0 }))
    .filter(({ name }) => name.startsWith(BEATS))
    .reduce<{ name: string; likelihood: number } | undefined>(
      (best, trait) => (best && best.likelihood >= trait.likelihood ? best : trait),
      undefined,
    );
  if (!likeliest) return undefined;
  const beats = Math.max(1, Math.round(Number(likeliest.name.slice(BEATS.length)) * share));
  const isTriple = (likelihoods[names.indexOf('meter:3')] ?? 0) >= LIKELY;
  return { beats, beatsPerBar: beatsPerBar(beats, isTriple) };
}
