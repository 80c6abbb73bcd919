/** Pages of Ogg streams (RFC 3533): taking packets out, and putting packets in. */

import { asciiBytes, concatBytes, viewOf } from './bytes.js';

export interface OggPage {
  /** Of the end of the page; -1 = no packet ends on this page. In samples for the codecs here. */
  readonly granulePosition: number;
  readonly serialNumber: number;
  readonly isLast: boolean;
  /** Lengths of the pieces of the body, 0..255; a packet ends with each that is below 255. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

export interface OggPageToWrite {
  readonly packets: readonly Uint8Array[];
  readonly granulePosition: number;
  readonly serialNumber: number;
  readonly sequenceNumber: number;
  readonly isFirst?: boolean;
  readonly isLast?: boolean;
}

const HEADER_LENGTH = 27;
const FLAG_FIRST = 2;
const FLAG_LAST = 4;
/** Most pieces of 255 bytes on one page. */
export const OGG_LACING_MAX = 255;

/** Pages from the start on, until one is cut off or something else comes. */
export function* oggPages(bytes: Uint8Array, from = 0): Generator<OggPage, undefined> {
  let offset = from;
  for (;;) {
    const end = pageEnd(bytes, offset);
    if (end === undefined) return undefined;
    yield readPage(bytes, offset, end);
    offset = end;
  }
}

/** The last page that is whole, found from the end of the file; undefined = none. */
export function lastOggPage(bytes: Uint8Array): OggPage | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A page has at most 65,307 bytes, so the last whole one starts within two of them of the end.
  const lowest = Math.max(0, bytes.length - 2 * 65_307);
  let offset = buffer.lastIndexOf('OggS', undefined, 'latin1');
  while (offset >= lowest) {
    const end = pageEnd(bytes, offset);
    if (end !== undefined) return readPage(bytes, offset, end);
    if (offset === 0) return undefined;
    offset = buffer.lastIndexOf('OggS', offset - 1, 'latin1');
  }
  return undefined;
}

/** Packets of at most `maxBytes` each, from the first page on; longer ones are cut off there. */
export function* oggPackets(pages: Iterable<OggPage>, maxBytes: number): Generator<Uint8Array, undefined> {
  let parts: Uint8Array[] = [];
  let kept = 0;
  for (const { lacing, body } of pages) {
    let offset = 0;
    for (const length of lacing) {
      if (kept < maxBytes) parts.push(body.subarray(offset, offset + length));
      kept += length;
      offset += length;
      if (length === 255) continue;
      yield concatBytes(parts);
      parts = [];
      kept = 0;
    }
  }
  return undefined;
}

/** Pieces that a packet takes on a page. */
export function oggLacingLength(packet: Uint8Array): number {
  return Math.floor(packet.length / 255) + 1;
}

/** @throws RangeError when the packets do not fit one page */
export function encodeOggPage(page: OggPageToWrite): Uint8Array {
  const { packets, isFirst = false, isLast = false } = page;
  const lacing = packets.flatMap((packet) => [
    ...new Array<number>(oggLacingLength(packet) - 1).fill(255),
    packet.length % 255,
  ]);
  if (lacing.length > OGG_LACING_MAX) throw new RangeError('The packets do not fit one Ogg page');
  const bodyLength = packets.reduce((sum, packet) => sum + packet.length, 0);
  const bytes = new Uint8Array(HEADER_LENGTH + lacing.length + bodyLength);
  const view = viewOf(bytes);
  bytes.set(asciiBytes('OggS'));
  bytes[5] = (isFirst ? FLAG_FIRST : 0) | (isLast ? FLAG_LAST : 0);
  view.setBigInt64(6, BigInt(page.granulePosition), true);
  view.setUint32(14, page.serialNumber, true);
  view.setUint32(18, page.sequenceNumber, true);
  bytes[26] = lacing.length;
  bytes.set(lacing, HEADER_LENGTH);
  let offset = HEADER_LENGTH + lacing.length;
  for (const packet of packets) {
    bytes.set(packet, offset);
    offset += packet.length;
  }
  view.setUint32(22, oggChecksum(bytes), true);
  return bytes;
}

function pageEnd(bytes: Uint8Array, offset: number): number | undefined {
  if (offset + HEADER_LENGTH > bytes.length || !isCapturePattern(bytes, offset)) return undefined;
  const bodyStart = offset + HEADER_LENGTH + (bytes[offset + 26] ?? 0);
  let end = bodyStart;
  for (let index = offset + HEADER_LENGTH; index < bodyStart; index++) end += bytes[index] ?? 0;
  return end <= bytes.length ? end : undefined;
}

/** "OggS" */
function isCapturePattern(bytes: Uint8Array, offset: number): boolean {
  return (
    bytes[offset] === 0x4f &&
    bytes[offset + 1] === 0x67 &&
    bytes[offset + 2] === 0x67 &&
    bytes[offset + 3] === 0x53
  );
}

function readPage(bytes: Uint8Array, offset: number, end: number): OggPage {
  const view = viewOf(bytes);
  const bodyStart = offset + HEADER_LENGTH + view.getUint8(offset + 26);
  return {
    granulePosition: Number(view.getBigInt64(offset + 6, true)),
    serialNumber: view.getUint32(offset + 14, true),
    isLast: (view.getUint8(offset + 5) & FLAG_LAST) !== 0,
    lacing: bytes.subarray(offset + HEADER_LENGTH, bodyStart),
    body: bytes.subarray(bodyStart, end),
  };
}

const CHECKSUM_TABLE: Readonly<Uint32Array> = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index << 24;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder < 0 ? 0x04c11db7 : 0);
  return remainder >>> 0;
});

/** CRC-32 with polynomial 0x04c11db7, neither reflected nor inverted. */
function oggChecksum(bytes: Uint8Array): number {
  let remainder = 0;
  for (const byte of bytes) {
    remainder = (remainder << 8) ^ (CHECKSUM_TABLE[((remainder >>> 24) ^ byte) & 0xff] ?? 0);
  }
  return remainder >>> 0;
}
