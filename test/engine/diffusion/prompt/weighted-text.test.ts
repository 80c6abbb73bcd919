import { describe, expect, it } from 'vitest';

import { MAX_WEIGHT, parseWeightedText } from '../../../../src/engine/diffusion/prompt/weighted-text.js';
import { SeededRandom } from '../../../../src/engine/math/random.js';
import { fixtureJson } from './prompt-fixtures.js';

interface Case {
  prompt: string;
  parts: [string, number][];
}

const cases = fixtureJson('weighted_texts.json') as Case[];

describe('parseWeightedText', () => {
  it.each(cases)('reads $prompt as riffusion does', ({ prompt, parts }) => {
    const actual = parseWeightedText(prompt);
    expect(actual.map(({ text }) => text)).toEqual(parts.map(([text]) => text));
    for (const [index, [, weight]] of parts.entries()) {
      expect(actual[index]?.weight).toBeCloseTo(weight, 12);
    }
  });

  it.each([
    ['(a:1.2.3)', ['a:1.2.3', 1.1]],
    ['(a:.)', ['a:.', 1.1]],
    ['(a:1e3)', ['a:1e3', 1.1]],
    ['(a:-)', ['a:-', 1.1]],
  ])('takes what is no number for text: %s', (prompt, [text, weight]) => {
    expect(parseWeightedText(prompt)).toEqual([{ text, weight }]);
  });

  it.each([
    ['(a:1000000)', MAX_WEIGHT],
    [`(a:${'9'.repeat(400)})`, MAX_WEIGHT],
    ['(a:-50)', -MAX_WEIGHT],
    [`${'('.repeat(400)}a`, MAX_WEIGHT],
    ['((a:0):5)', 0],
  ])('keeps weights within bounds: %s', (prompt, weight) => {
    expect(parseWeightedText(prompt)).toEqual([{ text: 'a', weight }]);
  });

  it('gives back any text whose markup is escaped', () => {
    const random = new SeededRandom(3);
    for (let round = 0; round < 200; round++) {
      const text = randomText(random, 'ab :1.5()[]\\\u{1f3b7}é', 40);
      const escaped = text.replace(/[\\()[\]]/g, String.raw`\$&`);
      expect(parseWeightedText(escaped)).toEqual(text === '' ? [] : [{ text, weight: 1 }]);
    }
  });

  it('loses no letter and finds a finite weight, whatever the brackets', () => {
    const random = new SeededRandom(4);
    for (let round = 0; round < 500; round++) {
      const prompt = randomText(random, 'abc(()))[[]:1.5', 60);
      const parts = parseWeightedText(prompt);
      const letters = (text: string): string => text.replace(/[^abc]/g, '');
      expect(letters(parts.map(({ text }) => text).join(''))).toBe(letters(prompt));
      expect(parts.every(({ text, weight }) => text !== '' && Number.isFinite(weight))).toBe(true);
    }
  });
});

function randomText(random: SeededRandom, alphabet: string, maxLength: number): string {
  const characters = [...alphabet];
  const length = Math.floor(random.nextUniform() * maxLength);
  return Array.from({ length }, () => characters[Math.floor(random.nextUniform() * characters.length)]).join(
    '',
  );
}
