import { describe, expect, it } from 'vitest';

import { parseInstruction } from '../../../src/commands/mention/instruction.js';
import type { Instruction } from '../../../src/commands/mention/instruction.js';
import { instructionWords } from '../../../src/commands/mention/instruction-words.js';
import { SeededRandom } from '../../../src/engine/math/random.js';

const words = instructionWords();
const parse = (text: string): Instruction => parseInstruction(text, words);

describe('an instruction', () => {
  it.each([
    ['more jazzy 0.6', { words: 'more jazzy', mode: 'add', strength: 0.6 }],
    ['harder seed 7', { words: 'harder', mode: 'add', seed: 7 }],
    ['seed 7 less drums, 60%', { words: 'less drums', mode: 'add', strength: 0.6, seed: 7 }],
    ['More bass heavy', { words: 'More bass', mode: 'add', strength: 0.75 }],
    ['remix church bells ,3', { words: 'church bells', mode: 'replace', strength: 0.3 }],
    ['Remix: church bells', { words: 'church bells', mode: 'replace' }],
    ['strength 1 seed:4294967295', { words: '', mode: 'add', strength: 1, seed: 4_294_967_295 }],
    ['strength=0,25 with a choir', { words: 'with a choir', mode: 'add', strength: 0.25 }],
    ['.. slower', { words: 'slower', mode: 'add' }],
    ['…', { words: '', mode: 'add' }],
    ['light', { words: '', mode: 'add', strength: 0.3 }],
    ['mehr Jazz stark', { words: 'mehr Jazz', mode: 'add', strength: 0.75 }],
    ['más rápido 0,4', { words: 'más rápido', mode: 'add', strength: 0.4 }],
    ['plus de basse légère', { words: 'plus de basse', mode: 'add', strength: 0.3 }],
    ['もっとジャズっぽく 0.6', { words: 'もっとジャズっぽく', mode: 'add', strength: 0.6 }],
    ['混音 教堂钟声 强烈', { words: '教堂钟声', mode: 'replace', strength: 0.75 }],
    ['<@123> make it <:drum:456> louder', { words: 'make it louder', mode: 'add' }],
  ] as const)('is taken apart: %s', (text, expected) => {
    expect(parse(text)).toEqual({ ...expected, isExplicit: true });
  });

  it.each([
    ['thanks!', {}],
    ['I love this', {}],
    ['10/10', {}],
    ['wow, that is heavy', { words: 'wow, that is', strength: 0.75 }],
    ['remixes like this are why I am here', {}],
    ['moreover it loops', {}],
    ['version 2', {}],
    ['I have heard it 120 times', {}],
    ['at 1.5 it would be better', {}],
    ['110%', {}],
    ['the seed grew', {}],
    ['seedling 7', {}],
    ['heavy metal', {}],
    ['church bells', {}],
    ['¡muchas gracias!', { words: '¡muchas gracias!' }],
    ['', {}],
  ])('may as well be talk: %s', (text, expected) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ mode: 'add', words: text, ...expected });
    expect(parsed.isExplicit).toBe(false);
  });

  it('gives back what it was made of, in any order of its parts', () => {
    const random = new SeededRandom(5);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random.nextUniform() * items.length)]!;
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: 1 + (round % 6) }, () => pick(VOCABULARY)).join(' ');
      const strength = Math.round(random.nextUniform() * 100) / 100;
      const seed = random.nextUint32();
      const shownStrength = pick([
        `strength ${strength.toFixed(2)}`,
        `strength=${strength.toFixed(2).replace('.', ',')}`,
        `strength ${Math.round(strength * 100)}%`,
      ]);
      const parts = [text, shownStrength, pick([`seed ${seed}`, `Seed: ${seed}`, `seed=${seed}`])];
      const shuffled = parts.toSorted(() => random.nextUniform() - 0.5);
      const expected = { words: text, mode: 'add', strength, seed, isExplicit: true };
      expect(parse(shuffled.join(pick([' ', ', ', '  ']))), shuffled.join(' ')).toEqual(expected);
      expect(parse(`${text} seed ${seed} ${strength.toFixed(2)}`)).toEqual(expected);
    }
  });

  it('never fails, invents nothing, and says the same of what it has tidied', () => {
    const random = new SeededRandom(9);
    for (let round = 0; round < 5000; round++) {
      const text = Array.from({ length: round % 40 }, () => noise(random)).join('');
      const { words: left, mode, strength, seed } = parse(text);
      if (strength !== undefined) expect(strength >= 0 && strength <= 1).toBe(true);
      if (seed !== undefined) expect(Number.isInteger(seed) && seed >= 0).toBe(true);
      expect(left).toBe(left.trim());
      expect([...left].every((character) => character === ' ' || text.includes(character))).toBe(true);
      expect(left).not.toMatch(/<@!?\d+>/);
      expect(left.length).toBeLessThanOrEqual(text.length);
      expect(['add', 'replace']).toContain(mode);
    }
  });
});

const VOCABULARY = [
  'jazz',
  'drums',
  'Trompete',
  '低音',
  'a',
  '808',
  'lo-fi',
  'été',
  'rock&roll',
  'heavy',
  '4/4',
  'x',
];

const MARKS = [' seed ', ' 0.5', ' strength ', '..', '<@12>', '%', ' remix ', 'heavy'];

function noise(random: SeededRandom): string {
  const kind = random.nextUniform();
  if (kind < 0.2) return MARKS[random.nextUint32() % MARKS.length]!;
  if (kind < 0.5) return String.fromCharCode(32 + (random.nextUint32() % 95));
  return String.fromCodePoint((random.nextUint32() % 0x10ff00) + 1).replace(/[\ud800-\udfff]/u, '?');
}
