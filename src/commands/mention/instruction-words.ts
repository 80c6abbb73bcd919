import { languages } from '../language/languages.js';
import { NAMED_STRENGTHS } from '../strength.js';
import type { InstructionWords } from './instruction.js';

/** The words of all languages together: who replies does not say in which one. */
export function instructionWords(): InstructionWords {
  const all = languages.map(({ phrases }) => phrases);
  const listed = (list: string): string[] => list.toLowerCase().split(' ').filter(Boolean);
  return {
    openings: all.flatMap(({ mentions }) => listed(mentions.openings)),
    replacing: all.flatMap(({ mentions }) => listed(mentions.replacing)),
    strengths: new Map(
      all.flatMap(({ strengths }) =>
        NAMED_STRENGTHS.map(({ name, value }) => [strengths[name].name.toLowerCase(), value] as const),
      ),
    ),
  };
}
