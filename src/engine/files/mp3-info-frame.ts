/**
 * The silent first frame that states an MP3's length, and how much of it the encoder added ("Mp3 Info Tag rev 1",
 * gabriel.mp3-tech.org), so that players show the right time and loop without a gap.
 */

import { asciiBytes, viewOf } from './bytes.js';
import type { Mp3Frame } from './mp3-frames.js';

/** Samples by which LAME is late; players add the 529 of the decoder themselves. */
const ENCODER_DELAY = 576;
const SIDE_INFO = { mono: 17, stereo: 32 } as const;
/** Number of frames, number of bytes, table of contents and quality all follow. */
const FLAGS = 0xf;
/** From "Info" on. */
const OFFSETS = { flags: 4, frames: 8, bytes: 12, contents: 16, quality: 116, lame: 120 } as const;
const QUALITY_BEST = 100;
/** Players look for an encoder whose delay they know by this name. */
const LAME_NAME = 'LAME3.100';
const METHOD_CBR = 1;

/**
 * @param frames of MPEG-1, the first one at offset 0
 * @param bytes the frames themselves
 * @param numberOfSamples per channel, before encoding
 */
export function mp3InfoFrame(
  frames: readonly Mp3Frame[],
  bytes: Uint8Array,
  numberOfSamples: number,
): Uint8Array {
  const first = frames[0];
  if (!first) return new Uint8Array(0);
  const isMono = first.numberOfChannels === 1;
  const padding = frames.length * first.samples - ENCODER_DELAY - numberOfSamples;
  const info = new Uint8Array(unpaddedLength(first, bytes));
  const view = viewOf(info);
  info.set(bytes.subarray(0, 4));
  info[1] = (info[1] ?? 0) | 1; // no checksum
  info[2] = (info[2] ?? 0) & ~2; // no padding
  const start = 4 + (isMono ? SIDE_INFO.mono : SIDE_INFO.stereo);
  info.set(asciiBytes('Info'), start);
  view.setUint32(start + OFFSETS.flags, FLAGS);
  view.setUint32(start + OFFSETS.frames, frames.length);
  view.setUint32(start + OFFSETS.bytes, info.length + bytes.length);
  // Where in the file each hundredth of the time lies, in 256ths: a straight line at a constant bit rate.
  for (let part = 0; part < 100; part++) {
    info[start + OFFSETS.contents + part] = Math.floor((part * 256) / 100);
  }
  view.setUint32(start + OFFSETS.quality, QUALITY_BEST);
  writeLameFields(
    info,
    start + OFFSETS.lame,
    Math.max(0, Math.min(0xfff, padding)),
    info.length + bytes.length,
  );
  return info;
}

function unpaddedLength(first: Mp3Frame, bytes: Uint8Array): number {
  return first.length - (((bytes[2] ?? 0) >> 1) & 1);
}

function writeLameFields(info: Uint8Array, offset: number, padding: number, musicLength: number): void {
  const view = viewOf(info);
  info.set(asciiBytes(LAME_NAME), offset);
  info[offset + 9] = METHOD_CBR;
  // Two 12-bit numbers: samples to drop at the start, and at the end.
  info[offset + 21] = ENCODER_DELAY >> 4;
  info[offset + 22] = ((ENCODER_DELAY & 0xf) << 4) | (padding >> 8);
  info[offset + 23] = padding & 0xff;
  view.setUint32(offset + 28, musicLength);
  view.setUint16(offset + 34, crc16(info.subarray(0, offset + 34)));
}

/** CRC-16/ARC, as LAME computes it over all that precedes. */
function crc16(bytes: Uint8Array): number {
  let remainder = 0;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >> 1) ^ (remainder & 1 ? 0xa001 : 0);
  }
  return remainder;
}
