/**
 * The header of a safetensors file: 8 bytes of length (little-endian), then as many bytes of JSON, then the data.
 * The JSON names each tensor with its dtype, shape and range of bytes in the data; `__metadata__` maps strings to
 * strings. Layout: https://github.com/huggingface/safetensors#format.
 */
import { z } from 'zod';

import { DTYPE_BYTES, DTYPES } from './dtype.js';
import type { Dtype } from './dtype.js';
import { parseStrictJson } from './strict-json.js';

/** Bytes before the JSON. */
export const LENGTH_BYTES = 8;
/** No checkpoint of this family comes near it: Stable Diffusion 1.5's denoiser has 90 kB. */
export const MAX_HEADER_BYTES = 16 * 2 ** 20;

/** One tensor of a file. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  /** Row-major; empty for a scalar. */
  readonly shape: readonly number[];
  /** First byte, counted from the beginning of the data. */
  readonly begin: number;
  /** Bytes. */
  readonly length: number;
}

export interface SafetensorsHeader {
  /** By name. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

const MAX_RANK = 8;
/** The object, a tensor in it, a list in that. */
const MAX_DEPTH = 3;

const byteOffset = z.int().min(0);
const entrySchema = z.strictObject({
  dtype: z.enum(DTYPES),
  shape: z.array(z.int().min(0)).max(MAX_RANK),
  data_offsets: z.tuple([byteOffset, byteOffset]),
});
const metadataSchema = z.record(z.string(), z.string());

/**
 * @param json the header without its length; spaces at the end are padding
 * @param dataBytes what the file holds after the header: the tensors must fill it, with no gap and no overlap
 * @throws Error whose message is a clause that says what is wrong
 */
export function parseHeader(json: Uint8Array, dataBytes: number): SafetensorsHeader {
  const members: [string, unknown][] = Object.entries(parseObject(json));
  const metadata = members.find(([name]) => name === '__metadata__')?.[1] ?? {};
  const parsedMetadata = metadataSchema.safeParse(metadata);
  if (!parsedMetadata.success) throw new Error('its metadata are not strings');
  const entries = members
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => toEntry(name, value));
  checkRanges(entries, dataBytes);
  return { tensors: new Map(entries.map((entry) => [entry.name, entry])), metadata: parsedMetadata.data };
}

function parseObject(json: Uint8Array): object {
  const value = parseText(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('its header is not a JSON object');
  }
  return value;
}

function parseText(json: Uint8Array): unknown {
  try {
    return parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(json), { maxDepth: MAX_DEPTH });
  } catch (cause) {
    throw new Error('its header is not well-formed JSON', { cause });
  }
}

function toEntry(name: string, value: unknown): TensorEntry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    throw new Error(`its header does not describe the tensor ${quote(name)} properly`, {
      cause: parsed.error,
    });
  }
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  const [begin, end] = offsets;
  const length = shape.reduce((product, size) => product * size, DTYPE_BYTES[dtype]);
  if (end - begin !== length) {
    throw new Error(`the tensor ${quote(name)} has ${end - begin} bytes, which is not its shape's size`);
  }
  return { name, dtype, shape, begin, length };
}

function checkRanges(entries: readonly TensorEntry[], dataBytes: number): void {
  const inOrder = [...entries].sort((a, b) => a.begin - b.begin || a.length - b.length);
  let end = 0;
  for (const { name, begin, length } of inOrder) {
    if (begin < end) throw new Error(`the tensor ${quote(name)} overlaps another`);
    if (begin > end) throw new Error(`there is a gap before the tensor ${quote(name)}`);
    end = begin + length;
  }
  if (end > dataBytes) throw new Error('it ends before its last tensor does: it is truncated');
  if (end < dataBytes) throw new Error('it goes on after its last tensor');
}

/** A name fit for a message, whatever it is. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
