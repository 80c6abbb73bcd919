/** A prompt cut into as many pieces as it takes for a text encoder that hears only so much at a time. */
import type { Tokenizer } from '../tokenizer.js';
import { parseWeightedText } from './weighted-text.js';

/** What the text encoder hears in one run. */
export interface PromptChunk {
  /** Begin token, tokens of the prompt, end token, padding: `maxLength` of the tokenizer in all. */
  readonly ids: readonly number[];
  /** How strongly each row of the answer counts, be it that of a token or of a word; 1 where it is none of the prompt's. */
  readonly weights: readonly number[];
}

export interface ChunkedPrompt {
  /** At least one; an empty prompt is one chunk without tokens of its own. */
  readonly chunks: readonly PromptChunk[];
  /** True when the prompt had more tokens or words than fit, and its end was left out. */
  readonly isTruncated: boolean;
}

export interface ChunkingOptions {
  /** At least 1. */
  readonly maxChunks: number;
  /** The text encoder answers with so many rows, one for each word. @defaultValue one for each token */
  readonly maxWords?: number | undefined;
}

interface WeightedToken {
  readonly id: number;
  readonly weight: number;
}

/**
 * Each part of a weight is tokenized by itself. Chunks are filled to the last place, as in riffusion: words may fall
 * apart where one ends.
 *
 * @param prompt any string, with the markup of `parseWeightedText`
 */
export function chunkPrompt(prompt: string, tokenizer: Tokenizer, options: ChunkingOptions): ChunkedPrompt {
  const { maxChunks, maxWords = Infinity } = options;
  const tokens: WeightedToken[] = parseWeightedText(prompt).flatMap(({ text, weight }) =>
    tokenizer.tokenize(text).map((id) => ({ id, weight })),
  );
  const { room } = tokenizer;
  const kept = tokens.slice(0, room * maxChunks);
  const chunks = [chunkOf(kept.slice(0, room), tokenizer, options)];
  for (let from = room; from < kept.length; from += room) {
    chunks.push(chunkOf(kept.slice(from, from + room), tokenizer, options));
  }
  const hasTooManyWords = wordsOf(kept, tokenizer).length > maxChunks * maxWords;
  return { chunks, isTruncated: kept.length < tokens.length || hasTooManyWords };
}

/** What stands for nothing: the chunk of an empty prompt. */
export function emptyChunk(tokenizer: Tokenizer, options: ChunkingOptions): PromptChunk {
  return chunkOf([], tokenizer, options);
}

function chunkOf(
  tokens: readonly WeightedToken[],
  tokenizer: Tokenizer,
  { maxWords }: ChunkingOptions,
): PromptChunk {
  const ids = tokenizer.frame(tokens.map(({ id }) => id));
  // The begin token has a row of its own, if tokens have.
  const [rows, heard] =
    maxWords === undefined ? [ids.length, [undefined, ...tokens]] : [maxWords, wordsOf(tokens, tokenizer)];
  return { ids, weights: Array.from({ length: rows }, (_, row) => heard[row]?.weight ?? 1) };
}

/** The last token of each word; a cut-off word has none. */
function wordsOf(tokens: readonly WeightedToken[], tokenizer: Tokenizer): readonly WeightedToken[] {
  return tokens.filter(({ id }) => tokenizer.endsWord(id));
}
