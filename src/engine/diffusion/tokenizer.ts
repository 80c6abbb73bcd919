/**
 * CLIP's tokenizer: text to the ids that a text encoder was trained on. The vocabulary is the model's own.
 *
 * The steps are those of CLIP's `simple_tokenizer.py` as transformers has them: NFC, white space collapsed, lower
 * case, split into words, byte-level byte-pair encoding with `</w>` at the end of each word.
 */
import { Tokenizer as BpeTokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';

import type { ModelFolder } from '../runtime/model-folder.js';

export interface TokenizedPrompt {
  /** Begin token, the text's tokens, end token, then padding: always `maxLength` ids. */
  readonly ids: readonly number[];
  /** True when the text had more tokens than fit, and its end was left out. */
  readonly isTruncated: boolean;
}

/** Content of a model's `tokenizer` folder. */
export interface TokenizerFiles {
  /** Token to id. */
  readonly vocab: Readonly<Record<string, number>>;
  /** Content of merges.txt: a version line, then two tokens a line, most frequent first. */
  readonly merges: string;
  readonly bosToken: string;
  readonly eosToken: string;
  readonly padToken: string;
  /** Ids per prompt, the begin and end tokens included. */
  readonly maxLength: number;
}

/** Words as CLIP splits them: contractions, letters, single digits, runs of anything else. */
const CLIP_WORD = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;

const token = z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)]);
const tokenizerConfigSchema = z.object({
  bos_token: token,
  eos_token: token,
  pad_token: token,
  model_max_length: z.int().min(3),
});
const vocabSchema = z.record(z.string(), z.int().min(0));

export class Tokenizer {
  readonly maxLength: number;
  readonly #bpe: BpeTokenizer;
  readonly #bosId: number;
  readonly #eosId: number;
  readonly #padId: number;

  /** @throws Error when the vocabulary lacks one of the special tokens */
  constructor(files: TokenizerFiles) {
    this.maxLength = files.maxLength;
    this.#bosId = idOf(files, files.bosToken);
    this.#eosId = idOf(files, files.eosToken);
    this.#padId = idOf(files, files.padToken);
    this.#bpe = new BpeTokenizer(tokenizerJson(files), {});
  }

  /** Takes any string at all. Special tokens written out in the text are ordinary text. */
  encode(text: string): TokenizedPrompt {
    const ids = text.trim() === '' ? [] : this.#bpe.encode(text, { add_special_tokens: false }).ids;
    const room = this.maxLength - 2;
    const kept = [this.#bosId, ...ids.slice(0, room), this.#eosId];
    const padding = Array.from({ length: this.maxLength - kept.length }, () => this.#padId);
    return { ids: [...kept, ...padding], isTruncated: ids.length > room };
  }
}

/** @throws EngineError `model_missing` or `model_corrupt` */
export async function loadTokenizer(folder: ModelFolder): Promise<Tokenizer> {
  const config = await folder.readJson('tokenizer/tokenizer_config.json', tokenizerConfigSchema);
  return new Tokenizer({
    vocab: await folder.readJson('tokenizer/vocab.json', vocabSchema),
    merges: await folder.readText('tokenizer/merges.txt'),
    bosToken: config.bos_token,
    eosToken: config.eos_token,
    padToken: config.pad_token,
    maxLength: config.model_max_length,
  });
}

/** The library reads transformers' newer one-file form, so the two older files are put into it. */
function tokenizerJson(files: TokenizerFiles): object {
  const merges = files.merges.split('\n').filter((line) => line !== '' && !line.startsWith('#version'));
  return {
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: String.raw`\s+` }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: CLIP_WORD }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
      ],
    },
    model: {
      type: 'BPE',
      vocab: files.vocab,
      merges: merges.map((line) => line.trimEnd()),
      unk_token: files.eosToken,
      end_of_word_suffix: '</w>',
    },
    added_tokens: [],
    post_processor: null,
    decoder: null,
  };
}

function idOf(files: TokenizerFiles, token: string): number {
  const id = files.vocab[token];
  if (id === undefined) throw new Error(`The tokenizer's vocabulary has no ${token}.`);
  return id;
}
