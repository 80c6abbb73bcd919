/** A prompt cut into as many pieces as it takes for a text encoder that hears only so much at a time. */
import type { Tokenizer } from '../tokenizer.js';
import { parseWeightedText } from './weighted-text.js';

/** What the text encoder hears in one run. Both lists have the tokenizer's `maxLength`. */
export interface PromptChunk {
  /** Begin token, tokens of the prompt, end token, padding. */
  readonly ids: readonly number[];
  /** How strongly each of them counts; 1 for those that are not of the prompt. */
  readonly weights: readonly number[];
}

export interface ChunkedPrompt {
  /** At least one; an empty prompt is one chunk without tokens of its own. */
  readonly chunks: readonly PromptChunk[];
  /** True when the prompt had more tokens than fit, and its end was left out. */
  readonly isTruncated: boolean;
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
 * @param maxChunks at least 1
 */
export function chunkPrompt(prompt: string, tokenizer: Tokenizer, maxChunks: number): ChunkedPrompt {
  const tokens: WeightedToken[] = parseWeightedText(prompt).flatMap(({ text, weight }) =>
    tokenizer.tokenize(text).map((id) => ({ id, weight })),
  );
  const { room } = tokenizer;
  const kept = tokens.slice(0, room * maxChunks);
  const chunks = [chunkOf(kept.slice(0, room), tokenizer)];
  for (let from = room; from < kept.length; from += room) {
    chunks.push(chunkOf(kept.slice(from, from + room), tokenizer));
  }
  return { chunks, isTruncated: kept.length < tokens.length };
}

/** What stands for nothing: the chunk of an empty prompt. */
export function emptyChunk(tokenizer: Tokenizer): PromptChunk {
  return chunkOf([], tokenizer);
}

function chunkOf(tokens: readonly WeightedToken[], tokenizer: Tokenizer): PromptChunk {
  const weights = Array.from({ length: tokenizer.maxLength }, (_, place) => tokens[place - 1]?.weight ?? 1);
  return { ids: tokenizer.frame(tokens.map(({ id }) => id)), weights };
}
