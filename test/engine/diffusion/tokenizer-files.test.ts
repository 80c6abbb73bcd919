import { describe, expect, it } from 'vitest';

import { loadTokenizer } from '../../../src/engine/diffusion/tokenizer.js';
import type { TextEncoderSize } from '../../../src/engine/diffusion/tokenizer.js';
import { EngineError } from '../../../src/engine/errors.js';
import { FilesInMemory } from './prompt/prompt-fixtures.js';

const VOCAB = 'tokenizer/vocab.json';
const MERGES = 'tokenizer/merges.txt';
const ONE_FILE = 'tokenizer/tokenizer.json';
const CONFIG = 'tokenizer/tokenizer_config.json';
const MAP = 'tokenizer/special_tokens_map.json';

const sd1 = FilesInMemory.of('sd1');
const newer = FilesInMemory.of('newer');
const BOS = 572;
const EOS = 573;

type Json = Record<string, unknown>;

/** The files with one of them changed as JSON. */
function edited(files: FilesInMemory, path: string, edit: (content: Json) => void): FilesInMemory {
  const content = JSON.parse(files.files.get(path) ?? '') as Json;
  edit(content);
  return files.with(path, JSON.stringify(content));
}

async function errorOf(files: FilesInMemory, size?: TextEncoderSize): Promise<EngineError> {
  const outcome: unknown = await loadTokenizer(files, size).catch((error: unknown) => error);
  if (outcome instanceof EngineError) return outcome;
  throw new Error('no EngineError came', { cause: outcome });
}

describe('tokenizer files', () => {
  it('do without settings: special tokens and length are CLIP’s then', async () => {
    for (const files of [sd1.without(CONFIG, MAP), newer.without(CONFIG)]) {
      const tokenizer = await loadTokenizer(files);
      expect(tokenizer.frame([])).toEqual([BOS, ...Array<number>(76).fill(EOS)]);
    }
  });

  it('may name special tokens as text, as objects, as null, or in either file', async () => {
    const asText = edited(sd1.without(MAP), CONFIG, (config) => {
      Object.assign(config, { bos_token: '<|startoftext|>', eos_token: null, pad_token: { content: '#' } });
    });
    expect((await loadTokenizer(asText)).frame([]).slice(0, 3)).toEqual([BOS, EOS, 2]);
    const fromMap = edited(sd1, MAP, (map) => Object.assign(map, { pad_token: '$' }));
    expect((await loadTokenizer(fromMap)).frame([]).slice(0, 3)).toEqual([BOS, EOS, 3]);
  });

  it('may say how many ids a prompt has; the text encoder knows better', async () => {
    const withLength = (length: unknown): FilesInMemory =>
      edited(sd1, CONFIG, (config) => Object.assign(config, { model_max_length: length }));
    expect((await loadTokenizer(withLength(48))).maxLength).toBe(48);
    expect((await loadTokenizer(withLength(1e30))).maxLength).toBe(77);
    expect((await loadTokenizer(withLength(1e30), { maxLength: 64 })).maxLength).toBe(64);
    expect((await loadTokenizer(withLength(77), { maxLength: 64 })).maxLength).toBe(64);
  });

  it('may write merges of the one-file form as text, and end lines as Windows does', async () => {
    const asText = edited(newer, ONE_FILE, ({ model }) => {
      const { merges } = model as { merges: (string | string[])[] };
      Object.assign(model as Json, { merges: merges.map((merge) => [merge].flat().join(' ')) });
    });
    const asPairs = edited(newer, ONE_FILE, ({ model }) => {
      const { merges } = model as { merges: (string | string[])[] };
      Object.assign(model as Json, { merges: merges.map((merge) => [merge].flat().join(' ').split(' ')) });
    });
    const windows = sd1.with(MERGES, (sd1.files.get(MERGES) ?? '').replaceAll('\n', '\r\n'));
    const ids = (await loadTokenizer(sd1)).tokenize('jazz piano');
    expect(ids).toHaveLength(2);
    for (const files of [asText, asPairs, windows]) {
      expect((await loadTokenizer(files)).tokenize('jazz piano')).toEqual(ids);
    }
  });

  it('stand for bytes that the vocabulary lacks with the unknown token', async () => {
    const files = edited(sd1, VOCAB, (vocab) => delete vocab['q</w>']);
    expect((await loadTokenizer(files)).tokenize('q')).toEqual([EOS]);
    const other = edited(files, MAP, (map) => Object.assign(map, { unk_token: '#' }));
    expect((await loadTokenizer(other)).tokenize('q')).toEqual([2]);
  });

  it('may hold words that mean something to JavaScript', async () => {
    const words = '{"constructor": 600, "toString": 601, "hasOwnProperty": 602, ';
    const files = sd1.with(VOCAB, (sd1.files.get(VOCAB) ?? '').replace('{', words));
    expect((await loadTokenizer(files)).tokenize('jazz constructor')[0]).toBeGreaterThan(511);
    const absent = edited(sd1, MAP, (map) => Object.assign(map, { pad_token: 'toString' }));
    expect((await errorOf(absent)).message).toContain('no "toString"');
  });
});

describe('unusable tokenizer files', () => {
  it('are told to be missing', async () => {
    for (const path of [VOCAB, MERGES]) expect((await errorOf(sd1.without(path))).code).toBe('model_missing');
    expect((await errorOf(newer.without(ONE_FILE))).code).toBe('model_missing');
  });

  it.each<[string, FilesInMemory, string]>([
    ['no JSON', sd1.with(VOCAB, '{"a": 0'), 'not well-formed JSON'],
    ['a list', sd1.with(VOCAB, '["a", "b"]'), VOCAB],
    ['a token twice', sd1.with(VOCAB, '{"a": 0, "a": 1}'), 'not well-formed JSON'],
    ['an id twice', edited(sd1, VOCAB, (vocab) => Object.assign(vocab, { b: 64 })), 'same id'],
    ['an id that is text', edited(sd1, VOCAB, (vocab) => Object.assign(vocab, { b: '65' })), VOCAB],
    ['a negative id', edited(sd1, VOCAB, (vocab) => Object.assign(vocab, { b: -1 })), VOCAB],
    ['half an id', edited(sd1, VOCAB, (vocab) => Object.assign(vocab, { b: 0.5 })), VOCAB],
    ['an enormous id', edited(sd1, VOCAB, (vocab) => Object.assign(vocab, { b: 2 ** 40 })), VOCAB],
    [
      'no begin token',
      edited(sd1, VOCAB, (vocab) => delete vocab['<|startoftext|>']),
      'no "<|startoftext|>"',
    ],
    ['no end token', edited(sd1, VOCAB, (vocab) => delete vocab['<|endoftext|>']), 'no "<|endoftext|>"'],
    ['nothing', sd1.with(VOCAB, '{}').with(MERGES, ''), 'no "<|startoftext|>"'],
    ['merges of one token', sd1.with(MERGES, 'jazz\n'), '"jazz" is not a pair'],
    ['merges of three', sd1.with(MERGES, 'j a z\n'), '"j a z" is not a pair'],
    ['merges of nothing', sd1.with(MERGES, ' a\n'), '" a" is not a pair'],
    ['merges of strangers', sd1.with(MERGES, 'qq a\n'), '"qq", which is not in the vocabulary'],
    ['merges into strangers', sd1.with(MERGES, 'q q\n'), '"qq", which is not in the vocabulary'],
    ['a number for a token', edited(sd1, MAP, (map) => Object.assign(map, { pad_token: 5 })), 'pad_token'],
    [
      'a token inside a token',
      edited(sd1, MAP, (map) => Object.assign(map, { pad_token: { content: {} } })),
      'pad_token',
    ],
    ['an absent token', edited(sd1, MAP, (map) => Object.assign(map, { pad_token: '<pad>' })), 'no "<pad>"'],
    [
      'no room',
      edited(sd1, CONFIG, (config) => Object.assign(config, { model_max_length: 2 })),
      'model_max_length',
    ],
    [
      'half a length',
      edited(sd1, CONFIG, (config) => Object.assign(config, { model_max_length: 7.5 })),
      'model_max_length',
    ],
    [
      'another algorithm',
      edited(newer, ONE_FILE, ({ model }) => Object.assign(model as Json, { type: 'Unigram' })),
      'model.type',
    ],
    [
      'another end of words',
      edited(newer, ONE_FILE, ({ model }) => Object.assign(model as Json, { end_of_word_suffix: '' })),
      'model.end_of_word_suffix',
    ],
    ['no merges', edited(newer, ONE_FILE, ({ model }) => delete (model as Json)['merges']), 'model.merges'],
    [
      'merges of numbers',
      edited(newer, ONE_FILE, ({ model }) => Object.assign(model as Json, { merges: [[1, 2]] })),
      'model.merges',
    ],
    [
      'an added id twice',
      edited(newer, ONE_FILE, (file) => Object.assign(file, { added_tokens: [{ id: 5, content: '<x>' }] })),
      'same id',
    ],
    ['endless nesting', newer.with(ONE_FILE, '['.repeat(100_000)), 'not well-formed JSON'],
  ])('are refused with %s', async (_, files, message) => {
    const error = await errorOf(files);
    expect(error.code).toBe('model_corrupt');
    expect(error.message).toContain(message);
  });

  it('are refused when a token is beyond the text encoder’s table', async () => {
    expect((await loadTokenizer(sd1, { vocabSize: 574 })).maxLength).toBe(77);
    expect((await errorOf(sd1, { vocabSize: 573 })).message).toContain('"<|endoftext|>" is beyond');
  });

  it('are refused when they are larger than any', async () => {
    const huge = sd1.with(VOCAB, `{"a": 0}${' '.repeat(33 * 1024 * 1024)}`);
    expect((await errorOf(huge)).message).toContain('more than 33554432 characters');
  });

  it('are spoken of in few words', async () => {
    const long = 'x'.repeat(100_000);
    for (const files of [
      sd1.with(MERGES, `a ${long}\n`),
      edited(sd1, MAP, (map) => Object.assign(map, { pad_token: long })),
    ]) {
      expect((await errorOf(files)).message.length).toBeLessThan(400);
    }
  });
});
