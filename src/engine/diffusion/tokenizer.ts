/**
 * CLIP's tokenizer: text to the ids that a text encoder was trained on. The vocabulary is the model's own.
 *
 * The steps are those of CLIP's `simple_tokenizer.py` as transformers' `CLIPTokenizerFast` has them: NFC, white space
 * collapsed, lower case, split into words, byte-level byte-pair encoding with `</w>` at the end of each word.
 */
import { Tokenizer as BpeTokenizer } from '@huggingface/tokenizers';

import { unreadable } from '../checkpoint/unreadable.js';
import { readClipVocabulary } from './prompt/clip-vocabulary.js';
import type { ClipVocabulary, TokenizerFolder } from './prompt/clip-vocabulary.js';
import { readSpecialTokens } from './prompt/special-tokens.js';

export interface TokenizerSettings {
  readonly vocabulary: ClipVocabulary;
  readonly bosId: number;
  readonly eosId: number;
  readonly padId: number;
  /** Token for bytes that are not in the vocabulary. */
  readonly unkToken: string;
  /** Ids per chunk, the begin and end tokens included; at least 3. */
  readonly maxLength: number;
}

/** What the text encoder takes. */
export interface TextEncoderSize {
  /** Rows of its table of tokens. @defaultValue not checked */
  readonly vocabSize?: number;
  /** Ids in one run, the begin and end tokens included. @defaultValue what the tokenizer's own files say, or 77 */
  readonly maxLength?: number;
}

/** Words as CLIP splits them: contractions, letters, single digits, runs of anything else. */
const CLIP_WORD = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;

const WORD_END = '</w>';

const CLIP_MAX_LENGTH = 77;

export class Tokenizer {
  /** Ids per chunk. */
  readonly maxLength: number;
  readonly #settings: TokenizerSettings;
  readonly #bpe: BpeTokenizer;
  readonly #wordEnds: ReadonlySet<number>;

  constructor(settings: TokenizerSettings) {
    this.#settings = settings;
    this.maxLength = settings.maxLength;
    this.#bpe = new BpeTokenizer(tokenizerJson(settings), {});
    this.#wordEnds = new Set(
      [...settings.vocabulary.ids].flatMap(([token, id]) => (token.endsWith(WORD_END) ? [id] : [])),
    );
  }

  /** Ids of a text in one chunk. */
  get room(): number {
    return this.maxLength - 2;
  }

  /**
   * Takes any string at all. Special tokens written out in the text are ordinary text.
   * @returns ids of the text alone, as many as there are
   */
  tokenize(text: string): readonly number[] {
    return this.#bpe.encode(plainlyTyped(text), { add_special_tokens: false }).ids;
  }

  /** True of a token after which a word is over. */
  endsWord(id: number): boolean {
    return this.#wordEnds.has(id);
  }

  /**
   * @param ids at most `room`
   * @returns begin token, the ids, end token, then padding: always `maxLength` ids
   */
  frame(ids: readonly number[]): readonly number[] {
    const { bosId, eosId, padId } = this.#settings;
    const padding = Array.from({ length: this.room - ids.length }, () => padId);
    return [bosId, ...ids, eosId, ...padding];
  }
}

/**
 * @param folder a model's, with a `tokenizer` folder as published checkpoints have it
 * @throws EngineError `model_missing` or `model_corrupt`, also when it does not fit the text encoder
 */
export async function loadTokenizer(folder: TokenizerFolder, size: TextEncoderSize = {}): Promise<Tokenizer> {
  const vocabulary = await readClipVocabulary(folder);
  const special = await readSpecialTokens(folder);
  const { vocabSize = Infinity } = size;
  for (const [token, id] of vocabulary.ids) {
    if (id < vocabSize) continue;
    throw unreadable(
      'tokenizer',
      `${JSON.stringify(token).slice(0, 60)} is beyond the text encoder's vocabulary`,
    );
  }
  return new Tokenizer({
    vocabulary,
    bosId: idOf(vocabulary, special.bos),
    eosId: idOf(vocabulary, special.eos),
    padId: idOf(vocabulary, special.pad),
    unkToken: vocabulary.ids.has(special.unk) ? special.unk : special.eos,
    maxLength: size.maxLength ?? special.maxLength ?? CLIP_MAX_LENGTH,
  });
}

/** Curly quotes, ligatures and full-width letters, which keyboards put in, are undone as by CLIP's own cleaning (ftfy). */
function plainlyTyped(text: string): string {
  return text
    .replace(/[\u02BC\u2018-\u201B]/g, "'")
    .replace(/[\u201C-\u201F]/g, '"')
    .replace(/[\uFB00-\uFB06\uFF01-\uFF5E]/g, (character) => character.normalize('NFKC'));
}

function idOf({ ids }: ClipVocabulary, token: string): number {
  const id = ids.get(token);
  if (id !== undefined) return id;
  throw unreadable('tokenizer', `its vocabulary has no ${JSON.stringify(token).slice(0, 60)}`);
}

/** The library reads transformers' newer one-file form; whatever the files' form was, it gets CLIP's own rules. */
function tokenizerJson({ vocabulary, unkToken }: TokenizerSettings): object {
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
      vocab: Object.fromEntries(vocabulary.ids),
      merges: vocabulary.merges,
      unk_token: unkToken,
      end_of_word_suffix: WORD_END,
    },
    added_tokens: [],
    post_processor: null,
    decoder: null,
  };
}
