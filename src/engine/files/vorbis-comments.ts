/** The comment block of Ogg Vorbis, Ogg Opus and FLAC (Vorbis I specification, section 5; RFC 7845, section 5.2). */

import { TAG_MAX_BYTES, TAG_MAX_COUNT } from './audio-tags.js';
import { concatBytes, utf8Bytes, utf8Text, viewOf } from './bytes.js';

/** Tags by upper-case name; the first of equal names stays. Damaged blocks give what came before the damage. */
export function readVorbisComments(block: Uint8Array): Map<string, string> {
  const tags = new Map<string, string>();
  const view = viewOf(block);
  if (block.length < 8) return tags;
  let offset = 4 + view.getUint32(0, true) + 4; // vendor, number of comments
  while (offset + 4 <= block.length && tags.size < TAG_MAX_COUNT) {
    const length = view.getUint32(offset, true);
    offset += 4;
    if (offset + length > block.length) break;
    if (length <= TAG_MAX_BYTES) addComment(tags, utf8Text(block.subarray(offset, offset + length)));
    offset += length;
  }
  return tags;
}

/** A block of the vendor's name and the tags in order. */
export function writeVorbisComments(vendor: string, tags: ReadonlyMap<string, string>): Uint8Array {
  const comments = [...tags].map(([name, value]) => withLength(utf8Bytes(`${name}=${value}`)));
  return concatBytes([withLength(utf8Bytes(vendor)), uint32(comments.length), ...comments]);
}

function addComment(tags: Map<string, string>, comment: string): void {
  const equals = comment.indexOf('=');
  if (equals < 1) return;
  const name = comment.slice(0, equals).toUpperCase();
  if (!tags.has(name)) tags.set(name, comment.slice(equals + 1));
}

function withLength(bytes: Uint8Array): Uint8Array {
  return concatBytes([uint32(bytes.length), bytes]);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, true);
  return bytes;
}
