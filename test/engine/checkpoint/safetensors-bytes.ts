import { DTYPE_BYTES } from '../../../src/engine/checkpoint/safetensors/dtype.js';
import type { Dtype } from '../../../src/engine/checkpoint/safetensors/dtype.js';

/** A safetensors file around any header at all. */
export function safetensorsBytes(header: unknown, data: Uint8Array = new Uint8Array()): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

export function floatBytes(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

export interface MadeUpTensor {
  /** @defaultValue 'F32' */
  readonly dtype?: Dtype;
  readonly shape: readonly number[];
  /** @defaultValue zeros */
  readonly data?: Uint8Array;
}

/** A sound safetensors file of the given tensors. */
export function tensorsBytes(
  tensors: Readonly<Record<string, MadeUpTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Buffer {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const [name, { dtype = 'F32', shape, data }] of Object.entries(tensors)) {
    const length = shape.reduce((product, size) => product * size, DTYPE_BYTES[dtype]);
    parts.push(data ?? new Uint8Array(length));
    header[name] = { dtype, shape, data_offsets: [end, end + length] };
    end += length;
  }
  return safetensorsBytes(header, Buffer.concat(parts));
}
