import { floatOutput } from '../runtime/inference-session.js';
import type { InferenceSession, Tensor } from '../runtime/inference-session.js';
import { LruCache } from './lru-cache.js';
import type { Tokenizer } from './tokenizer.js';

export interface EncodedPrompt {
  /** `[1, tokens, width]`. */
  readonly embeds: Tensor<Float32Array>;
  /** True when the end of the text was left out, having more tokens than the model takes. */
  readonly isTruncated: boolean;
}

const CACHED_PROMPTS = 64;

/** Text to what the denoiser listens to. Remembers recent texts: most requests share the empty negative prompt. */
export class PromptEncoder {
  readonly #tokenizer: Tokenizer;
  readonly #textEncoder: InferenceSession;
  readonly #cache = new LruCache<string, EncodedPrompt>(CACHED_PROMPTS);

  constructor(tokenizer: Tokenizer, textEncoder: InferenceSession) {
    this.#tokenizer = tokenizer;
    this.#textEncoder = textEncoder;
  }

  /** Takes any string at all. */
  async encode(text: string): Promise<EncodedPrompt> {
    const cached = this.#cache.get(text);
    if (cached) return cached;
    const { ids, isTruncated } = this.#tokenizer.encode(text);
    const input = { shape: [1, ids.length], data: BigInt64Array.from(ids, BigInt) };
    const outputs = await this.#textEncoder.run({ input_ids: input });
    const encoded = { embeds: floatOutput(outputs, 'last_hidden_state'), isTruncated };
    this.#cache.set(text, encoded);
    return encoded;
  }

  dispose(): Promise<void> {
    return this.#textEncoder.dispose();
  }
}
