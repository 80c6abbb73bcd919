/** ID3v2 tags (id3.org, versions 2.3.0 and 2.4.0): text frames are read from either, 2.4 is written. */

import { TAG_MAX_BYTES, TAG_MAX_COUNT } from './audio-tags.js';
import { asciiAt, asciiBytes, concatBytes, utf8Bytes, utf8Text, viewOf } from './bytes.js';

const HEADER_LENGTH = 10;
const FOOTER_FLAG = 0x10;
const UNSYNCHRONISATION_FLAG = 0x80;
const EXTENDED_HEADER_FLAG = 0x40;
/** Bits of a frame's second flag byte. */
const FRAME_FLAGS = {
  v3: { unreadable: 0xc0, unsynchronised: 0, dataLength: 0 },
  v4: { unreadable: 0x0c, unsynchronised: 0x02, dataLength: 0x01 },
} as const;
const UTF8 = 3;

/** Frames by the names that Vorbis comments use. */
const FRAME_NAMES: Readonly<Record<string, string>> = {
  TIT2: 'TITLE',
  TPE1: 'ARTIST',
  TALB: 'ALBUM',
  TCON: 'GENRE',
  TENC: 'ENCODER',
};

/** Bytes that a leading tag takes, header and footer included, as it claims; 0 = there is none. */
export function id3Length(bytes: Uint8Array): number {
  if (bytes.length < HEADER_LENGTH || asciiAt(bytes, 0, 3) !== 'ID3') return 0;
  const footer = ((bytes[5] ?? 0) & FOOTER_FLAG) !== 0 ? HEADER_LENGTH : 0;
  return HEADER_LENGTH + synchsafeAt(bytes, 6) + footer;
}

/** Text frames of a leading tag, by upper-case name. What is damaged, compressed or encrypted is left out. */
export function readId3Tags(bytes: Uint8Array): Map<string, string> {
  const tags = new Map<string, string>();
  const version = bytes[3];
  const claimed = id3Length(bytes);
  if (claimed === 0 || (version !== 3 && version !== 4)) return tags;
  const flags = bytes[5] ?? 0;
  let body = bytes.subarray(HEADER_LENGTH, Math.min(bytes.length, HEADER_LENGTH + synchsafeAt(bytes, 6)));
  if (version === 3 && (flags & UNSYNCHRONISATION_FLAG) !== 0) body = resynchronise(body);
  let offset = (flags & EXTENDED_HEADER_FLAG) !== 0 ? extendedHeaderLength(body, version) : 0;
  while (offset + HEADER_LENGTH <= body.length && tags.size < TAG_MAX_COUNT) {
    const id = asciiAt(body, offset, 4);
    const length = version === 4 ? synchsafeAt(body, offset + 4) : viewOf(body).getUint32(offset + 4);
    const end = offset + HEADER_LENGTH + length;
    if (!/^[A-Z0-9]{4}$/.test(id) || end > body.length) break;
    if (id.startsWith('T') && length <= TAG_MAX_BYTES) {
      addFrame(tags, id, frameData(body.subarray(offset, end), version));
    }
    offset = end;
  }
  return tags;
}

/** A tag of text frames: TITLE and ENCODER in frames of their own, all others as TXXX. */
export function writeId3Tags(tags: ReadonlyMap<string, string>): Uint8Array {
  const frames = [...tags].map(([name, value]) => encodeFrame(name, value));
  const body = concatBytes(frames);
  return concatBytes([asciiBytes('ID3\x04\0\0'), synchsafe(body.length), body]);
}

function addFrame(tags: Map<string, string>, id: string, data: Uint8Array | undefined): void {
  if (data === undefined) return;
  const text = decodeText(data);
  if (id === 'TXXX') {
    const end = text.indexOf('\0');
    if (end > 0) setOnce(tags, text.slice(0, end).toUpperCase(), text.slice(end + 1));
  } else {
    const name = FRAME_NAMES[id];
    if (name !== undefined) setOnce(tags, name, text);
  }
}

function setOnce(tags: Map<string, string>, name: string, value: string): void {
  if (!tags.has(name)) tags.set(name, value.replace(/\0+$/, ''));
}

function frameData(frame: Uint8Array, version: 3 | 4): Uint8Array | undefined {
  const bits = version === 4 ? FRAME_FLAGS.v4 : FRAME_FLAGS.v3;
  const flags = frame[9] ?? 0;
  if ((flags & bits.unreadable) !== 0) return undefined;
  const data = frame.subarray(HEADER_LENGTH + ((flags & bits.dataLength) !== 0 ? 4 : 0));
  return (flags & bits.unsynchronised) !== 0 ? resynchronise(data) : data;
}

function decodeText(data: Uint8Array): string {
  const text = data.subarray(1);
  switch (data[0] ?? UTF8) {
    case 0:
      return asciiAt(text, 0, text.length);
    case 1:
      return decodeUtf16(text);
    case 2:
      return new TextDecoder('utf-16be').decode(text);
    default:
      return utf8Text(text);
  }
}

/** Each of the strings in the frame starts with a byte order mark. */
function decodeUtf16(text: Uint8Array): string {
  const encoding = text[0] === 0xfe && text[1] === 0xff ? 'utf-16be' : 'utf-16le';
  return new TextDecoder(encoding).decode(text).replaceAll('\ufeff', '');
}

/** Undoes the zero byte that writers put behind each 0xff. */
function resynchronise(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => !(byte === 0 && bytes[index - 1] === 0xff));
}

function extendedHeaderLength(body: Uint8Array, version: 3 | 4): number {
  if (body.length < 4) return body.length;
  return version === 4 ? synchsafeAt(body, 0) : 4 + viewOf(body).getUint32(0);
}

function encodeFrame(name: string, value: string): Uint8Array {
  const [id, text] =
    name === 'TITLE' ? ['TIT2', value] : name === 'ENCODER' ? ['TENC', value] : ['TXXX', `${name}\0${value}`];
  const data = concatBytes([new Uint8Array([UTF8]), utf8Bytes(text)]);
  return concatBytes([asciiBytes(id), synchsafe(data.length), new Uint8Array(2), data]);
}

/** 28 bits, seven in each byte. */
function synchsafeAt(bytes: Uint8Array, offset: number): number {
  const part = (index: number): number => (bytes[offset + index] ?? 0) & 0x7f;
  return (part(0) << 21) | (part(1) << 14) | (part(2) << 7) | part(3);
}

function synchsafe(value: number): Uint8Array {
  return new Uint8Array([(value >> 21) & 0x7f, (value >> 14) & 0x7f, (value >> 7) & 0x7f, value & 0x7f]);
}
