import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { loadTokenizer, Tokenizer } from '../../../src/engine/diffusion/tokenizer.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { SHIPPED_MODEL_ROOT, TINY_MODEL, TINY_MODEL_ROOT } from '../tiny-model.js';

interface Case {
  text: string;
  ids: number[];
}

const casesFile = new URL('../../fixtures/tokenizer/riffcord_small_cases.json', import.meta.url);
const cases = JSON.parse(await readFile(casesFile, 'utf8')) as Case[];

describe('Tokenizer of the shipped model', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadTokenizer(await ModelFolder.open(join(SHIPPED_MODEL_ROOT, 'riffcord-small')));
  });

  it.each(cases)('gives $text the ids that it was trained with', ({ text, ids }) => {
    const [begin, end] = [2512, 2513];
    const padded = [begin, ...ids, end, ...Array<number>(46 - ids.length).fill(end)];
    expect(tokenizer.encode(text).ids).toEqual(padded);
  });

  it('says when a text is too long, and keeps its beginning', () => {
    const exact = tokenizer.encode('jazz '.repeat(46));
    const longer = tokenizer.encode(`${'jazz '.repeat(46)}funk`);
    expect([exact.isTruncated, longer.isTruncated]).toEqual([false, true]);
    expect(longer.ids).toEqual(exact.ids);
    expect(longer.ids).toHaveLength(48);
  });

  it('takes special tokens in a text for ordinary text', () => {
    const { ids } = tokenizer.encode('<|endoftext|> funk');
    expect(ids.indexOf(2513)).toBeGreaterThan(5);
    expect(ids.filter((id) => id === 2512)).toHaveLength(1);
  });

  it('treats composed and decomposed accents alike', () => {
    expect(tokenizer.encode('cafe\u0301').ids).toEqual(tokenizer.encode('caf\u00e9').ids);
  });

  it('takes any string: 200 random ones of 500 UTF-16 units, half surrogates and all', () => {
    const random = new SeededRandom(5);
    for (let round = 0; round < 200; round++) {
      const units = Array.from({ length: 500 }, () => Math.floor(random.nextUniform() * 0x10000));
      const { ids } = tokenizer.encode(String.fromCharCode(...units));
      expect(ids).toHaveLength(48);
      expect(ids.every((id) => Number.isInteger(id) && id >= 0 && id <= 2513)).toBe(true);
    }
  });
});

describe('Tokenizer', () => {
  it('merges pairs in the order of the merges file, and ends words with </w>', async () => {
    const folder = await ModelFolder.open(join(TINY_MODEL_ROOT, TINY_MODEL));
    const vocab = JSON.parse(await folder.readText('tokenizer/vocab.json')) as Record<string, number>;
    const { ids } = (await loadTokenizer(folder)).encode('Jazz piano bar');
    const tokens = ['<|startoftext|>', 'jazz</w>', 'piano</w>', 'ba', 'r</w>', '<|endoftext|>'];
    expect(ids.slice(0, 6)).toEqual(tokens.map((token) => vocab[token]));
    expect(ids).toHaveLength(48);
  });

  it('needs its special tokens to be in the vocabulary', () => {
    const files = {
      vocab: { a: 0 },
      merges: '',
      bosToken: '<s>',
      eosToken: 'a',
      padToken: 'a',
      maxLength: 8,
    };
    expect(() => new Tokenizer(files)).toThrow('no <s>');
  });
});
