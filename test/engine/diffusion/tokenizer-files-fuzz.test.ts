import { describe, expect, it } from 'vitest';

import { loadTokenizer } from '../../../src/engine/diffusion/tokenizer.js';
import { EngineError } from '../../../src/engine/errors.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { FilesInMemory } from './prompt/prompt-fixtures.js';

const CASES_PER_KIND = 700;
const PROMPT = 'Jazz é <|endoftext|> !';
/** What a stranger may write where something else belongs. */
const GARBAGE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  7,
  1e30,
  '',
  ' ',
  'a',
  'a b',
  '</w>',
  '__proto__',
  'constructor',
  '<|endoftext|>',
  '\ud800',
  '(?:a+)+$',
  'x'.repeat(1000),
  [],
  [[]],
  ['a', 'b'],
  {},
  { content: 'a' },
  { content: null },
];

type Json = Record<string, unknown>;
type Mutation = (random: SeededRandom, text: string) => string;

describe('mutated tokenizer files', () => {
  const small = { sd1: reduced(FilesInMemory.of('sd1')), newer: reduced(FilesInMemory.of('newer')) };

  it.each<[string, 'sd1' | 'newer', Mutation]>([
    ['bytes of the older form', 'sd1', mutateText],
    ['bytes of the newer form', 'newer', mutateText],
    ['values of the older form', 'sd1', mutateJson],
    ['values of the newer form', 'newer', mutateJson],
  ])(`give a tokenizer or a clear error: ${CASES_PER_KIND} with changed %s`, async (_, form, mutation) => {
    const random = new SeededRandom(form.length);
    const outcomes = { tokenizers: 0, errors: 0 };
    for (let round = 0; round < CASES_PER_KIND; round++) {
      const path = pick(random, [...small[form].files.keys()]);
      const files = small[form].with(path, mutation(random, small[form].files.get(path) ?? ''));
      outcomes[await outcomeOf(files)]++;
    }
    expect(outcomes.tokenizers).toBeGreaterThan(CASES_PER_KIND / 50);
    expect(outcomes.errors).toBeGreaterThan(CASES_PER_KIND / 50);
  });
});

/** @throws Error when it is neither */
async function outcomeOf(files: FilesInMemory): Promise<'tokenizers' | 'errors'> {
  try {
    const tokenizer = await loadTokenizer(files, { vocabSize: 600, maxLength: 77 });
    const ids = tokenizer.frame(tokenizer.tokenize(PROMPT).slice(0, tokenizer.room));
    expect(ids).toHaveLength(77);
    expect(ids.every((id) => Number.isInteger(id) && id >= 0 && id < 600)).toBe(true);
    return 'tokenizers';
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(error.code).toBe('model_corrupt');
    expect(error.message).toMatch(/^The model file \S+ cannot be used: .{5,200}\. Download/su);
    return 'errors';
  }
}

/** Fewer letters, so that a change seldom meets one that no merge knows. */
function reduced(files: FilesInMemory): FilesInMemory {
  const kept = (id: unknown): boolean =>
    Number(id) < 96 || (Number(id) >= 256 && Number(id) < 352) || Number(id) > 511;
  const fewer = (vocab: Json): Json => Object.fromEntries(Object.entries(vocab).filter(([, id]) => kept(id)));
  const [vocabPath, onePath] = ['tokenizer/vocab.json', 'tokenizer/tokenizer.json'];
  const [vocab, one] = [files.files.get(vocabPath), files.files.get(onePath)];
  if (vocab !== undefined) return files.with(vocabPath, JSON.stringify(fewer(JSON.parse(vocab) as Json)));
  const content = JSON.parse(one ?? '') as { model: { vocab: Json } };
  content.model.vocab = fewer(content.model.vocab);
  return files.with(onePath, JSON.stringify(content));
}

/** Cuts, repeats or replaces a few characters. */
function mutateText(random: SeededRandom, text: string): string {
  const from = below(random, text.length);
  const to = from + below(random, 12);
  const replacements = [
    '',
    text.slice(from, to).repeat(2),
    '"',
    '}',
    '\0',
    '\\',
    ' ',
    '9',
    'é',
    '\ud83c',
    '\n',
  ];
  const isCut = random.nextUniform() < 0.1;
  return text.slice(0, from) + pick(random, replacements) + (isCut ? '' : text.slice(to));
}

/** Puts garbage in the place of one value, removes it, or adds to it. Lines, where it is not JSON. */
function mutateJson(random: SeededRandom, text: string): string {
  if (!text.startsWith('{')) {
    const lines = text.split('\n');
    lines[below(random, lines.length)] = String(pick(random, GARBAGE));
    return lines.join('\n');
  }
  const content: unknown = JSON.parse(text);
  let place = content as Json;
  for (let depth = below(random, 4); depth > 0; depth--) {
    const inner = Object.values(place).filter((value) => typeof value === 'object' && value !== null);
    if (inner.length > 0) place = pick(random, inner) as Json;
  }
  const isNew = random.nextUniform() < 0.2;
  const name = isNew ? String(pick(random, GARBAGE)) : pick(random, [...Object.keys(place), '0']);
  if (random.nextUniform() < 0.2) delete place[name];
  else place[name] = pick(random, GARBAGE);
  return JSON.stringify(content);
}

function below(random: SeededRandom, end: number): number {
  return Math.floor(random.nextUniform() * end);
}

function pick<Item>(random: SeededRandom, items: readonly Item[]): Item {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
