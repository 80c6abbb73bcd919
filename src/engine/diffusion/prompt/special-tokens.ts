/** Which tokens begin, end and fill up a prompt, and how many there are in all: the small files of a tokenizer. */
import { z } from 'zod';

import { parseNetworkConfig } from '../../checkpoint/networks/config.js';
import { readBounded } from './clip-vocabulary.js';
import type { TokenizerFolder } from './clip-vocabulary.js';

export interface SpecialTokens {
  readonly bos: string;
  readonly eos: string;
  readonly pad: string;
  /** What stands for bytes that the vocabulary does not have. */
  readonly unk: string;
  /** Ids per prompt, the begin and end tokens included; undefined when the files do not say. */
  readonly maxLength: number | undefined;
}

const CONFIG_FILE = 'tokenizer/tokenizer_config.json';
const MAP_FILE = 'tokenizer/special_tokens_map.json';

/** transformers writes an astronomic number where there is no limit. */
const NO_LIMIT = 100_000;

/** A token is written as text, or as an object that has it; null and nothing mean the same. */
const token = z.union([z.string(), z.object({ content: z.string() }).transform((object) => object.content)]);
const tokensSchema = z.object({
  bos_token: token.nullish(),
  eos_token: token.nullish(),
  pad_token: token.nullish(),
  unk_token: token.nullish(),
});
const configSchema = tokensSchema.extend({
  model_max_length: z
    .number()
    .refine((length) => length >= NO_LIMIT || (Number.isInteger(length) && length >= 3))
    .nullish(),
});

/**
 * special_tokens_map.json has the last word, as in transformers: in Stable Diffusion 2 the two files name different
 * padding.
 *
 * @throws EngineError `model_missing` or `model_corrupt`
 */
export async function readSpecialTokens(folder: TokenizerFolder): Promise<SpecialTokens> {
  const config = await readOptional(folder, CONFIG_FILE, configSchema);
  const map = await readOptional(folder, MAP_FILE, tokensSchema);
  const eos = map.eos_token ?? config.eos_token ?? '<|endoftext|>';
  const maxLength = config.model_max_length ?? NO_LIMIT;
  return {
    bos: map.bos_token ?? config.bos_token ?? '<|startoftext|>',
    eos,
    pad: map.pad_token ?? config.pad_token ?? eos,
    unk: map.unk_token ?? config.unk_token ?? eos,
    maxLength: maxLength < NO_LIMIT ? maxLength : undefined,
  };
}

async function readOptional<Schema extends z.ZodType>(
  folder: TokenizerFolder,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = folder.has(path) ? await readBounded(folder, path) : '{}';
  return parseNetworkConfig(text, schema, path);
}
