/** Tempo and meter, where a prompt states them. */
import { BPM_MAX, BPM_MIN } from '../limits.js';

/** "128 bpm", "128-bpm", "128 beats per minute"; "bpm 128", "BPM: 128". */
const STATEMENTS = [
  /(?<![\d.,])(\d{2,3}(?:[.,]\d{1,2})?)[\s-]*(?:bpm\b|beats (?:per|a) minute\b)/i,
  /\bbpm\s*[:=]?\s*(\d{2,3}(?:[.,]\d{1,2})?)(?![\d.,]*\d)/i,
];

const TRIPLE = /\b(?:waltz(?:es)?|jig|minuet|ländler)\b|(?<!\d)(?:3\/4|6\/8|9\/8|12\/8)(?!\d)/i;

/**
 * The first tempo that a prompt states in figures.
 * @returns beats per minute; `undefined` where there is none, or none that a model could be told
 */
export function bpmInPrompt(prompt: string): number | undefined {
  // Full-width figures are figures too.
  const text = prompt.normalize('NFKC');
  for (const statement of STATEMENTS) {
    const stated = Number(statement.exec(text)?.[1]?.replace(',', '.'));
    if (stated >= BPM_MIN && stated <= BPM_MAX) return stated;
  }
  return undefined;
}

/** True of a prompt that asks for beats in threes. */
export function isTriple(prompt: string): boolean {
  return TRIPLE.test(prompt.normalize('NFKC'));
}
