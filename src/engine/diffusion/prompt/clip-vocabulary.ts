/**
 * The files of a model's `tokenizer` folder, as strangers publish them: vocab.json with merges.txt, or tokenizer.json
 * alone. Only words and merges are taken from them; how a text is cut into words is CLIP's, and ours.
 */
import { z } from 'zod';

import { parseNetworkConfig } from '../../checkpoint/networks/config.js';
import { unreadable } from '../../checkpoint/unreadable.js';

export interface ClipVocabulary {
  /** Token to id; ids are distinct. */
  readonly ids: ReadonlyMap<string, number>;
  /** Pairs of tokens, most frequent first; they and what they become are in `ids`. */
  readonly merges: readonly (readonly [string, string])[];
}

/** Where the text of a model's files comes from. */
export interface TokenizerFolder {
  /** True when the model has this file. */
  has(relativePath: string): boolean;
  /** @throws EngineError `model_missing` or `model_corrupt` */
  readText(relativePath: string): Promise<string>;
}

const VOCAB_FILE = 'tokenizer/vocab.json';
const MERGES_FILE = 'tokenizer/merges.txt';
const ONE_FILE = 'tokenizer/tokenizer.json';

/** CLIP's files have a million characters and 49,408 tokens. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
const MAX_TOKENS = 500_000;

const id = z.int().min(0).max(MAX_TOKENS);
const vocabSchema = z.record(z.string(), id);
const pair = z.tuple([z.string(), z.string()]);

const oneFileSchema = z.object({
  added_tokens: z.array(z.object({ id, content: z.string() })).default([]),
  model: z.object({
    type: z.literal('BPE').default('BPE'),
    vocab: vocabSchema,
    merges: z.array(z.union([z.string(), pair])),
    end_of_word_suffix: z.literal('</w>'),
    continuing_subword_prefix: z.literal('').nullish(),
  }),
});

/** @throws EngineError `model_missing` or `model_corrupt` */
export async function readClipVocabulary(folder: TokenizerFolder): Promise<ClipVocabulary> {
  if (!folder.has(VOCAB_FILE) && folder.has(ONE_FILE)) return readOneFile(folder);
  const vocab = parseNetworkConfig(await readBounded(folder, VOCAB_FILE), vocabSchema, VOCAB_FILE);
  const lines = (await readBounded(folder, MERGES_FILE)).split('\n').map((line) => line.trimEnd());
  const merges = lines.filter((line) => line !== '' && !line.startsWith('#version'));
  return checked(new Map(Object.entries(vocab)), merges, { vocab: VOCAB_FILE, merges: MERGES_FILE });
}

async function readOneFile(folder: TokenizerFolder): Promise<ClipVocabulary> {
  const text = await readBounded(folder, ONE_FILE);
  const { model, added_tokens: added } = parseNetworkConfig(text, oneFileSchema, ONE_FILE);
  const ids = new Map(Object.entries(model.vocab));
  for (const token of added) if (!ids.has(token.content)) ids.set(token.content, token.id);
  return checked(ids, model.merges, { vocab: ONE_FILE, merges: ONE_FILE });
}

/** The text of a file that cannot be larger than such files are. @throws EngineError */
export async function readBounded(folder: TokenizerFolder, path: string): Promise<string> {
  const text = await folder.readText(path);
  if (text.length > MAX_CHARACTERS) throw unreadable(path, `it has more than ${MAX_CHARACTERS} characters`);
  return text;
}

function checked(
  ids: ReadonlyMap<string, number>,
  merges: readonly (string | readonly [string, string])[],
  paths: { readonly vocab: string; readonly merges: string },
): ClipVocabulary {
  if (ids.size > MAX_TOKENS) throw unreadable(paths.vocab, `it has more than ${MAX_TOKENS} tokens`);
  if (new Set(ids.values()).size < ids.size) throw unreadable(paths.vocab, 'two tokens have the same id');
  return { ids, merges: merges.map((merge) => checkedMerge(merge, ids, paths.merges)) };
}

function checkedMerge(
  merge: string | readonly [string, string],
  ids: ReadonlyMap<string, number>,
  path: string,
): readonly [string, string] {
  const [first = '', second = '', ...more] = typeof merge === 'string' ? merge.split(' ') : merge;
  if (first === '' || second === '' || more.length > 0) {
    throw unreadable(path, `${quoted(merge)} is not a pair of tokens`);
  }
  const stranger = [first, second, first + second].find((token) => !ids.has(token));
  if (stranger !== undefined) {
    throw unreadable(path, `it merges ${quoted(stranger)}, which is not in the vocabulary`);
  }
  return [first, second];
}

/** A clause of an error message must not be as long as a stranger likes. */
function quoted(token: string | readonly string[]): string {
  return JSON.stringify(token).slice(0, 60);
}
