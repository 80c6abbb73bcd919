import { floatOutput } from '../runtime/inference-session.js';
import type { InferenceSession, Tensor } from '../runtime/inference-session.js';
import { LruCache } from './lru-cache.js';
import { chunkPrompt, emptyChunk } from './prompt/prompt-chunks.js';
import type { ChunkedPrompt, ChunkingOptions, PromptChunk } from './prompt/prompt-chunks.js';
import { weightedEmbeds } from './prompt/weighted-embeds.js';
import type { Tokenizer } from './tokenizer.js';

export interface EncodedPrompt {
  /** `[1, rows, width]`; as many rows as the text encoder answers with, once for each chunk. */
  readonly embeds: Tensor<Float32Array>;
  /** True when the end of the text was left out, having more tokens or words than the model takes. */
  readonly isTruncated: boolean;
}

export interface PromptEncoderOptions {
  /**
   * How many times the text encoder's length a prompt may have. More than 1 only for a denoiser that listens to any
   * number of tokens. @defaultValue 1
   */
  readonly maxChunks?: number;
  /** The text encoder answers with so many rows, one for each word. @defaultValue one for each token */
  readonly maxWords?: number | undefined;
}

/** What a text encoder makes of one chunk. */
interface Heard {
  readonly embeds: Tensor<Float32Array>;
  /** Likelihood of each thing that it may tell it understood, 0..1; `undefined` when it tells nothing. */
  readonly understood: Float32Array | undefined;
}

/** What riffusion takes, and the networks of any Stable Diffusion checkpoint can. */
export const CHECKPOINT_MAX_CHUNKS = 3;

const CACHED_CHUNKS = 64;

/**
 * Text to what the denoiser listens to, with emphasis by brackets (`parseWeightedText`). Remembers what the text
 * encoder made of recent chunks: most requests share the empty negative prompt, and another weight is no other text.
 */
export class PromptEncoder {
  readonly #tokenizer: Tokenizer;
  readonly #textEncoder: InferenceSession;
  readonly #chunking: ChunkingOptions;
  readonly #cache = new LruCache<string, Heard>(CACHED_CHUNKS);

  constructor(tokenizer: Tokenizer, textEncoder: InferenceSession, options: PromptEncoderOptions = {}) {
    this.#tokenizer = tokenizer;
    this.#textEncoder = textEncoder;
    this.#chunking = { ...options, maxChunks: options.maxChunks ?? 1 };
  }

  /** Takes any string at all. */
  async encode(text: string): Promise<EncodedPrompt> {
    return this.#encode(this.#chunked(text), 0);
  }

  /**
   * Texts that the denoiser is to hear side by side: all embeds get the shape of the longest. The shorter ones are
   * followed by chunks of the empty prompt; what stands before these is what `encode` gives.
   *
   * @returns in the order of the texts
   */
  async encodeTogether(texts: readonly string[]): Promise<readonly EncodedPrompt[]> {
    const prompts = texts.map((text) => this.#chunked(text));
    const length = Math.max(...prompts.map(({ chunks }) => chunks.length));
    const encoded = [];
    for (const prompt of prompts) encoded.push(await this.#encode(prompt, length - prompt.chunks.length));
    return encoded;
  }

  /**
   * How likely the text encoder takes each of the things that it can tell to be meant, 0..1 each, whatever the weights of
   * the words.
   *
   * @returns `undefined` of a text encoder that tells nothing
   */
  async understood(text: string): Promise<Float32Array | undefined> {
    const [first] = this.#chunked(text).chunks;
    return first && (await this.#hearOnce(first.ids)).understood;
  }

  dispose(): Promise<void> {
    return this.#textEncoder.dispose();
  }

  #chunked(text: string): ChunkedPrompt {
    return chunkPrompt(text, this.#tokenizer, this.#chunking);
  }

  /** @param emptyChunks how many chunks of the empty prompt follow */
  async #encode({ chunks, isTruncated }: ChunkedPrompt, emptyChunks: number): Promise<EncodedPrompt> {
    const own = await this.#hear(chunks);
    const weights = chunks.flatMap((chunk) => chunk.weights);
    const weighted = { ...own, data: weightedEmbeds(own.data, weights) };
    if (emptyChunks === 0) return { embeds: weighted, isTruncated };
    const empty = emptyChunk(this.#tokenizer, this.#chunking);
    const rest = await this.#hear(Array.from({ length: emptyChunks }, () => empty));
    return { embeds: joined([weighted, rest]), isTruncated };
  }

  async #hear(chunks: readonly PromptChunk[]): Promise<Tensor<Float32Array>> {
    const heard = [];
    for (const chunk of chunks) heard.push((await this.#hearOnce(chunk.ids)).embeds);
    return joined(heard);
  }

  /** @returns arrays shared with the cache, not to be written to */
  async #hearOnce(ids: readonly number[]): Promise<Heard> {
    const key = ids.join();
    const cached = this.#cache.get(key);
    if (cached) return cached;
    const input = { shape: [1, ids.length], data: BigInt64Array.from(ids, BigInt) };
    const outputs = await this.#textEncoder.run({ input_ids: input });
    const heard = {
      embeds: floatOutput(outputs, 'last_hidden_state'),
      understood: 'understood' in outputs ? floatOutput(outputs, 'understood').data : undefined,
    };
    this.#cache.set(key, heard);
    return heard;
  }
}

/** One after the other along the tokens. */
function joined(tensors: readonly Tensor<Float32Array>[]): Tensor<Float32Array> {
  const rows = tensors.reduce((total, { shape }) => total + (shape[1] ?? 0), 0);
  const data = new Float32Array(tensors.reduce((total, tensor) => total + tensor.data.length, 0));
  let offset = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, offset);
    offset += tensor.data.length;
  }
  return { shape: [1, rows, data.length / rows], data };
}
