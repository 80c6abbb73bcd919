/** EXIF in WebP files (RFC 9649): reading, and adding our own. */

import { viewOf } from './bytes.js';
import { encodeRiff, encodeRiffChunk, isRiff, riffChunks } from './riff-chunks.js';

const VP8X_EXIF_FLAG = 0x08;
const VP8X_ALPHA_FLAG = 0x10;
const VP8L_ALPHA_BIT = 0x10;

export function isWebp(bytes: Uint8Array): boolean {
  return isRiff(bytes, 'WEBP');
}

/** The TIFF block of the EXIF chunk (some writers prefix it with `Exif\0\0`); undefined = none. */
export function readWebpExif(webp: Uint8Array): Uint8Array | undefined {
  for (const { id, data } of riffChunks(webp)) {
    if (id === 'EXIF') return data;
  }
  return undefined;
}

/** The same file in the extended format, with an EXIF chunk at its end. `width` and `height` are the picture's. */
export function insertWebpExif(
  webp: Uint8Array,
  exif: Uint8Array,
  width: number,
  height: number,
): Uint8Array {
  const chunks = [...riffChunks(webp)];
  const header = new Uint8Array(10);
  const old = chunks.find(({ id }) => id === 'VP8X');
  if (old) header.set(old.data.subarray(0, 10));
  else if (hasLosslessAlpha(chunks[0]?.data)) header[0] = VP8X_ALPHA_FLAG;
  header[0] = (header[0] ?? 0) | VP8X_EXIF_FLAG;
  const view = viewOf(header);
  // Two 24-bit sizes, each less one; the second write leaves the first one's three bytes alone.
  view.setUint32(4, width - 1, true);
  view.setUint16(7, (height - 1) & 0xffff, true);
  view.setUint8(9, (height - 1) >> 16);
  const others = chunks.filter(({ id }) => id !== 'VP8X' && id !== 'EXIF');
  return encodeRiff('WEBP', [
    encodeRiffChunk('VP8X', header),
    ...others.map(({ id, data }) => encodeRiffChunk(id, data)),
    encodeRiffChunk('EXIF', exif),
  ]);
}

/** VP8L starts with 0x2f, then 14 bits of width, 14 of height, and the alpha bit. */
function hasLosslessAlpha(data: Uint8Array | undefined): boolean {
  return data?.[0] === 0x2f && ((data[4] ?? 0) & VP8L_ALPHA_BIT) !== 0;
}
