/** What a model says it understood of a prompt, as far as it is worth telling. */

export const TRAIT_KINDS = [
  'style',
  'genre',
  'lead',
  'instrument',
  'bass',
  'sound',
  'kind',
  'mood',
  'effect',
  'form',
  'scale',
  'key',
  'meter',
] as const;
/** What a trait is about, in the order in which people are told. */
export type TraitKind = (typeof TRAIT_KINDS)[number];

export interface UnderstoodTrait {
  readonly kind: TraitKind;
  /** As the model calls it, in English. */
  readonly name: string;
}

/** Traits are told that are rather meant than not... */
const LIKELY = 0.5;
/** ...and at least so much more than where nothing is said, in log-odds: most music has drums, asked for or not. */
const LEAST_GAIN = 1.5;
/** Of one kind. */
const MOST = 3;

/** Told by other means, or too much taken for granted to be worth a word. */
const UNTOLD: ReadonlySet<string> = new Set([
  'form:steady',
  'kind:full',
  'kind:hybrid',
  'kind:mixed',
  'kind:scene',
  'meter:2',
  'meter:4',
]);

/**
 * The likeliest traits of each kind; none when nothing was understood.
 *
 * @param names `kind:name` of each trait that the model knows; kinds unknown here are skipped
 * @param likelihoods 0..1, of each name, of the prompt
 * @param unasked the same of an empty prompt
 */
export function understoodTraits(
  names: readonly string[],
  likelihoods: Float32Array,
  unasked: Float32Array,
): readonly UnderstoodTrait[] {
  const candidates = names
    .map((name, index) => ({ name, likelihood: likelihoods[index] ?? 0, usual: unasked[index] ?? 0 }))
    .filter(({ name, likelihood, usual }) => {
      return !UNTOLD.has(name) && likelihood >= LIKELY && logOdds(likelihood) - logOdds(usual) >= LEAST_GAIN;
    })
    .sort((a, b) => b.likelihood - a.likelihood);
  const traits = TRAIT_KINDS.flatMap((kind) =>
    candidates
      .filter(({ name }) => name.startsWith(`${kind}:`))
      .slice(0, MOST)
      .map(({ name }): UnderstoodTrait => ({ kind, name: name.slice(kind.length + 1) })),
  );
  return traits.filter((trait) => !isSaidBy(traits, trait));
}

/** A genre whose style is told, and an instrument that leads. */
function isSaidBy(traits: readonly UnderstoodTrait[], { kind, name }: UnderstoodTrait): boolean {
  return traits.some((other) => {
    if (kind === 'genre') return other.kind === 'style' && ` ${other.name} `.includes(` ${name} `);
    return kind === 'instrument' && other.kind === 'lead' && other.name === name;
  });
}

function logOdds(likelihood: number): number {
  const clamped = Math.min(1 - 1e-6, Math.max(1e-6, likelihood));
  return Math.log(clamped / (1 - clamped));
}
