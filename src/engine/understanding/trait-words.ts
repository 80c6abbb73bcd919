/** Understood traits in words that people use. */
import type { TraitKind, UnderstoodTrait } from './understood-traits.js';

/** Where a model's own name says little to people, by kind. */
const WORDS: { readonly [Kind in TraitKind]?: Readonly<Record<string, string>> } = {
  effect: {
    drive: 'distortion',
    lowpass: 'muffled',
    pump: 'side-chain',
    sweep: 'filter sweep',
    rise: 'riser',
    room: 'reverb',
    crush: 'bit crusher',
    vinyl: 'vinyl crackle',
    wow: 'warped tape',
    sub: 'sub bass',
  },
  form: { build: 'build-up', swell: 'swelling' },
  kind: { drums: 'drums alone', bass: 'bass alone' },
  meter: { '3': '3/4', '5': '5/4', '7': '7/8' },
};

/** English, one for each trait: "rock", "electric guitar lead", "in e flat". */
export function traitWords(traits: readonly UnderstoodTrait[]): readonly string[] {
  return traits.map(({ kind, name }) => {
    const word = WORDS[kind]?.[name] ?? name;
    if (kind === 'key') return `in ${word}`;
    const needsKind = kind === 'lead' || (kind === 'scale' && word !== 'major' && word !== 'minor');
    return needsKind && !word.endsWith(kind) ? `${word} ${kind}` : word;
  });
}

/**
 * The same as one list without repetitions, with the tempo at its end: "rock, drums, 120 bpm".
 * @param bpm beats per minute, where the clip was made to have so many
 */
export function understoodWords(traits: readonly UnderstoodTrait[], bpm?: number): readonly string[] {
  const tempo = bpm === undefined ? [] : [`${Math.round(bpm * 10) / 10} bpm`];
  return [...new Set([...traitWords(traits), ...tempo])];
}
