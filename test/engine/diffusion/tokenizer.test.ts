import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { loadTokenizer } from '../../../src/engine/diffusion/tokenizer.js';
import type { Tokenizer } from '../../../src/engine/diffusion/tokenizer.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { SHIPPED_MODEL_ROOT, TINY_MODEL, TINY_MODEL_ROOT } from '../tiny-model.js';
import { FilesInMemory, fixtureJson } from './prompt/prompt-fixtures.js';

interface Case {
  text: string;
  ids: number[];
}

const casesFile = new URL('../../fixtures/tokenizer/riffcord_small_cases.json', import.meta.url);
const cases = JSON.parse(await readFile(casesFile, 'utf8')) as Case[];
const reference = fixtureJson('tokens.json') as { texts: Case[]; framed: Record<string, number[]> };

describe('Tokenizer of the shipped model', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadTokenizer(await ModelFolder.open(join(SHIPPED_MODEL_ROOT, 'riffcord-small')));
  });

  it.each(cases)('gives $text the ids that it was trained with', ({ text, ids }) => {
    expect(tokenizer.tokenize(text).slice(0, tokenizer.room)).toEqual(ids);
  });

  it('frames ids with the begin and end tokens, and pads with the end token', () => {
    const [begin, end] = [512, 513];
    expect(tokenizer.room).toBe(254);
    expect(tokenizer.frame([])).toEqual([begin, end, ...Array<number>(254).fill(end)]);
    const full = tokenizer.tokenize('a '.repeat(254));
    expect(tokenizer.frame(full)).toEqual([begin, ...full, end]);
  });

  it('takes special tokens in a text for ordinary text', () => {
    const ids = tokenizer.tokenize('<|startoftext|> funk <|endoftext|>');
    expect(ids.length).toBeGreaterThan(5);
    expect(ids).not.toContain(512);
    expect(ids).not.toContain(513);
  });

  it('treats composed and decomposed accents alike', () => {
    expect(tokenizer.tokenize('cafe\u0301')).toEqual(tokenizer.tokenize('caf\u00e9'));
  });

  it.each([
    ['rock\u2019n\u2019roll', "rock'n'roll"],
    ['\u201cfunk\u201d', '"funk"'],
    ['\uff26\uff35\uff2e\uff2b \uff11', 'FUNK 1'],
    ['\ufb01ddle', 'fiddle'],
  ])('takes %s, as keyboards put it in, for %s', (typed, plain) => {
    expect(tokenizer.tokenize(typed)).toEqual(tokenizer.tokenize(plain));
  });

  it('takes any string: 200 random ones of 500 UTF-16 units, half surrogates and all', () => {
    const random = new SeededRandom(5);
    for (let round = 0; round < 200; round++) {
      const units = Array.from({ length: 500 }, () => Math.floor(random.nextUniform() * 0x10000));
      const ids = tokenizer.tokenize(String.fromCharCode(...units));
      expect(ids.every((id) => Number.isInteger(id) && id >= 0 && id <= 513)).toBe(true);
    }
  });
});

describe('Tokenizer of a checkpoint', () => {
  it.each(reference.texts)('gives $text the ids of the reference', async ({ text, ids }) => {
    const [older, newer] = [FilesInMemory.of('sd1'), FilesInMemory.of('newer')];
    expect((await loadTokenizer(older)).tokenize(text)).toEqual(ids);
    expect((await loadTokenizer(newer)).tokenize(text)).toEqual(ids);
  });

  it.each(['sd1', 'sd2', 'newer'] as const)('pads as the files of %s say', async (name) => {
    const tokenizer = await loadTokenizer(FilesInMemory.of(name));
    expect(tokenizer.frame(tokenizer.tokenize('jazz piano'))).toEqual(reference.framed[name]);
  });

  it('takes the padding token of Stable Diffusion 2 in a text for the character that it is', async () => {
    const tokenizer = await loadTokenizer(FilesInMemory.of('sd2'));
    const padId = tokenizer.frame([]).at(-1);
    expect(padId).toBe(0);
    expect(tokenizer.tokenize('jazz!')).not.toContain(padId);
  });

  it('merges pairs in the order of the merges file, and ends words with </w>', async () => {
    const folder = await ModelFolder.open(join(TINY_MODEL_ROOT, TINY_MODEL));
    const vocab = JSON.parse(await folder.readText('tokenizer/vocab.json')) as Record<string, number>;
    const ids = (await loadTokenizer(folder)).tokenize('Jazz piano bar');
    expect(ids).toEqual(['jazz</w>', 'piano</w>', 'ba', 'r</w>'].map((token) => vocab[token]));
  });
});
