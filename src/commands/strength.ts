/** The denoising strength of a remix, by number and by name. */
import type { OptionChoice } from './command.js';
import { CommandError } from './errors.js';
import type { Phrases } from './language/phrases.js';

export const DEFAULT_STRENGTH = 0.55;

export const NAMED_STRENGTHS = [
  { value: 0.3, name: 'light' },
  { value: DEFAULT_STRENGTH, name: 'medium' },
  { value: 0.75, name: 'heavy' },
] as const;

/** Choices for what has been typed: the number itself, or the names that contain it. */
export function strengthChoices(typed: string, { strengths, clips }: Phrases): OptionChoice[] {
  const text = typed.trim().toLowerCase();
  const number = Number(text.replace(',', '.'));
  const isNumber = text !== '' && number >= 0 && number <= 1;
  const exact = isNumber && !NAMED_STRENGTHS.some(({ value }) => value === number) ? [number] : [];
  const named = NAMED_STRENGTHS.map(({ value, name }) => ({ value, ...strengths[name] })).filter(
    ({ value, name }) => isNumber || name.toLowerCase().includes(text) || value === number,
  );
  return [
    ...exact.map((value) => ({ name: clips.number(value), value })),
    ...named.map(({ value, name, meaning }) => ({
      name: `${clips.number(value)} ${name}: ${meaning}`,
      value,
    })),
  ];
}

/** @throws CommandError `not_a_strength` */
export function parseStrength(raw: unknown): number {
  const strength = raw ?? DEFAULT_STRENGTH;
  if (typeof strength === 'number' && strength >= 0 && strength <= 1) return strength;
  throw new CommandError('not_a_strength');
}
