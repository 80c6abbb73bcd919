/** Reads the `config.json` of a network. */
import type { z } from 'zod';

import { parseStrictJson } from '../safetensors/strict-json.js';
import { unreadable } from '../unreadable.js';

/** No configuration nests deeper. */
const MAX_DEPTH = 16;

/**
 * @param text content of the file
 * @param path named in the message
 * @throws EngineError `model_corrupt` when it is not JSON, or asks for what no network here does
 */
export function parseNetworkConfig<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  path: string,
): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const setting = issue?.path.join('.') || 'it';
  throw unreadable(path, `${setting} is not as this version can run it`, { cause: parsed.error });
}

function parseJson(text: string, path: string): unknown {
  try {
    return parseStrictJson(text, { maxDepth: MAX_DEPTH });
  } catch (cause) {
    throw unreadable(path, 'it is not well-formed JSON', { cause });
  }
}
