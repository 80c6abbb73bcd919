/** The denoising strength of a remix, by number and by name. */
import { EngineError } from '../engine/errors.js';
import type { OptionChoice } from './command.js';

interface NamedStrength {
  readonly value: number;
  readonly name: string;
  readonly meaning: string;
}

export const DEFAULT_STRENGTH = 0.55;

const NAMED: readonly NamedStrength[] = [
  { value: 0.3, name: 'light', meaning: 'the same piece, played differently' },
  { value: DEFAULT_STRENGTH, name: 'medium', meaning: 'the rhythm stays, the instruments change' },
  { value: 0.75, name: 'heavy', meaning: 'a new piece with an echo of the old one' },
];

/** Choices for what has been typed: the number itself, or the names that contain it. */
export function strengthChoices(typed: string): OptionChoice[] {
  const text = typed.trim().toLowerCase();
  const number = Number(text.replace(',', '.'));
  const isNumber = text !== '' && number >= 0 && number <= 1;
  const exact = isNumber && !NAMED.some(({ value }) => value === number) ? [number] : [];
  const named = NAMED.filter(({ value, name }) => isNumber || name.includes(text) || value === number);
  return [
    ...exact.map((value) => ({ name: String(value), value })),
    ...named.map(({ value, name, meaning }) => ({ name: `${value} ${name}: ${meaning}`, value })),
  ];
}

/** @throws EngineError `invalid_request` for what is no strength */
export function parseStrength(raw: unknown): number {
  const strength = raw ?? DEFAULT_STRENGTH;
  if (typeof strength === 'number' && strength >= 0 && strength <= 1) return strength;
  throw new EngineError('invalid_request', 'strength must be a number from 0 to 1, for example 0.55.');
}
