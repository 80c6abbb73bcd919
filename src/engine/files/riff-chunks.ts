/** Chunks of RIFF files, the container of both WAV and WebP. */

import { asciiAt, asciiBytes, concatBytes, viewOf } from './bytes.js';

export interface RiffChunk {
  /** Four letters, spaces included. */
  readonly id: string;
  /** Where its data starts in the file. */
  readonly offset: number;
  /** What its header says, in bytes; may run past the end of the file. */
  readonly declaredLength: number;
  /** The data that is there. */
  readonly data: Uint8Array;
}

export function isRiff(bytes: Uint8Array, form: string): boolean {
  return bytes.length >= 12 && asciiAt(bytes, 0, 4) === 'RIFF' && asciiAt(bytes, 8, 4) === form;
}

/** A file of empty chunks would otherwise fill the memory with them. */
const CHUNKS_MAX = 4096;

/** The chunks in order, starting at `from`; the last one may be cut off. */
export function* riffChunks(bytes: Uint8Array, from = 12): Generator<RiffChunk, undefined> {
  const view = viewOf(bytes);
  let header = from;
  for (let count = 0; count < CHUNKS_MAX && header + 8 <= bytes.length; count++) {
    const declaredLength = view.getUint32(header + 4, true);
    const offset = header + 8;
    yield {
      id: asciiAt(bytes, header, 4),
      offset,
      declaredLength,
      data: bytes.subarray(offset, Math.min(bytes.length, offset + declaredLength)),
    };
    header = offset + declaredLength + (declaredLength % 2);
  }
  return undefined;
}

/** A chunk with its header, padded to an even length. */
export function encodeRiffChunk(id: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(8 + data.length + (data.length % 2));
  chunk.set(asciiBytes(id));
  viewOf(chunk).setUint32(4, data.length, true);
  chunk.set(data, 8);
  return chunk;
}

/** A whole file of encoded chunks, each of even length; put together in one go, since sound may be large. */
export function encodeRiff(form: string, chunks: readonly Uint8Array[]): Uint8Array {
  const header = encodeRiffChunk('RIFF', asciiBytes(form));
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, form.length);
  viewOf(header).setUint32(4, length, true);
  return concatBytes([header, ...chunks]);
}
