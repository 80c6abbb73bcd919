/** Chunks of PNG files (W3C PNG, third edition, sections 5 and 11): reading, and adding our own. */

import { crc32, inflateSync } from 'node:zlib';

import { asciiAt, asciiBytes, concatBytes, utf8Bytes, utf8Text, viewOf } from './bytes.js';

export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Header, palette, transparency, pixels, end. */
const PIXEL_CHUNKS: readonly string[] = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];
const IHDR_END = 8 + 12 + 13;
const TEXT_MAX_BYTES = 1024 * 1024;
/** A file of empty chunks would otherwise fill the memory with them. */
const CHUNKS_MAX = 4096;

export function isPng(bytes: Uint8Array): boolean {
  return asciiAt(bytes, 0, 8) === SIGNATURE;
}

/** The chunks but those of pixels (IDAT), up to the end or the first one whose length runs past it. */
export function readPngChunks(png: Uint8Array): readonly PngChunk[] {
  const chunks: PngChunk[] = [];
  const view = viewOf(png);
  let offset = SIGNATURE.length;
  while (offset + 12 <= png.length && chunks.length < CHUNKS_MAX) {
    const length = view.getUint32(offset);
    if (offset + 12 + length > png.length) break;
    const type = asciiAt(png, offset + 4, 4);
    if (type !== 'IDAT') chunks.push({ type, data: png.subarray(offset + 8, offset + 8 + length) });
    offset += 12 + length;
  }
  return chunks;
}

/** The same file with the chunks right behind its header chunk. */
export function insertPngChunks(png: Uint8Array, chunks: readonly PngChunk[]): Uint8Array {
  return concatBytes([png.subarray(0, IHDR_END), ...chunks.map(encodeChunk), png.subarray(IHDR_END)]);
}

/**
 * The same picture without its metadata, which costs decoders time and memory without bound. A file that is cut off
 * stays so.
 */
export function withoutPngMetadata(png: Uint8Array): Uint8Array {
  const view = viewOf(png);
  const kept = Uint8Array.from(png); // not slice(), which for a Buffer is no copy
  let offset = SIGNATURE.length;
  let length = offset;
  while (offset + 12 <= png.length) {
    const end = Math.min(png.length, offset + 12 + view.getUint32(offset));
    if (PIXEL_CHUNKS.includes(asciiAt(png, offset + 4, 4))) {
      kept.set(png.subarray(offset, end), length);
      length += end - offset;
    }
    offset = end;
  }
  return kept.subarray(0, length);
}

/** An international text chunk: keyword of 1 to 79 Latin letters, text in UTF-8, not compressed. */
export function pngText(keyword: string, text: string): PngChunk {
  return { type: 'iTXt', data: concatBytes([asciiBytes(`${keyword}\0\0\0\0\0`), utf8Bytes(text)]) };
}

/** The text under a keyword, from iTXt (compressed or not) or tEXt chunks; undefined = none, or damaged. */
export function readPngText(chunks: readonly PngChunk[], keyword: string): string | undefined {
  for (const { type, data } of chunks) {
    const end = data.indexOf(0);
    if (end < 0 || asciiAt(data, 0, end) !== keyword) continue;
    if (type === 'tEXt') return asciiAt(data, end + 1, data.length);
    if (type === 'iTXt') return readInternationalText(data, end + 1);
  }
  return undefined;
}

function encodeChunk({ type, data }: PngChunk): Uint8Array {
  const body = concatBytes([asciiBytes(type), data]);
  const frame = new Uint8Array(8 + body.length);
  const view = viewOf(frame);
  view.setUint32(0, data.length);
  frame.set(body, 4);
  view.setUint32(4 + body.length, crc32(body));
  return frame;
}

/** `offset` is behind the keyword's terminator: flag, method, language, translated keyword, text. */
function readInternationalText(data: Uint8Array, offset: number): string | undefined {
  const compressed = data[offset] === 1;
  const languageEnd = data.indexOf(0, offset + 2);
  const keywordEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (keywordEnd < 0) return undefined;
  const text = data.subarray(keywordEnd + 1);
  if (!compressed) return utf8Text(text);
  try {
    return utf8Text(inflateSync(text, { maxOutputLength: TEXT_MAX_BYTES }));
  } catch {
    return undefined;
  }
}
