/** Native FLAC files (RFC 9639). */

import { decoder } from '@audio/decode-flac';

import { leadingTagEnd, unreadableAudio } from './audio-format.js';
import type { AudioSource } from './audio-source.js';
import { inPieces } from './audio-source.js';
import { asciiBytes, concatBytes, viewOf } from './bytes.js';
import { readVorbisComments } from './vorbis-comments.js';

const BLOCK_STREAM_INFO = 0;
const STREAM_INFO_LENGTH = 34;
const LAST_BLOCK_FLAG = 0x80;
const BLOCK_VORBIS_COMMENT = 4;
/** A frame of silence has 65,535 samples in a dozen bytes, so a piece of this size may become 90 MB per channel. */
const PIECE_BYTES = 4096;

/** The longest blocks of the streamable subset, 16,384 samples, in 8 channels of 32 bits. */
const FRAME_MAX_BYTES = 512 * 1024;

interface MetadataBlock {
  readonly type: number;
  readonly data: Uint8Array;
}

/** @throws EngineError `audio_unreadable` */
export function openFlac(file: Uint8Array): AudioSource {
  const bytes = file.subarray(leadingTagEnd(file));
  const { blocks, end } = metadataBlocks(bytes);
  const info = blocks.find(({ type }) => type === BLOCK_STREAM_INFO)?.data;
  if (info?.length !== STREAM_INFO_LENGTH) throw unreadableAudio('the FLAC file is cut off before its sound');
  const comments = blocks.find(({ type }) => type === BLOCK_VORBIS_COMMENT)?.data;
  return {
    format: 'flac',
    promisedSeconds: promisedSeconds(info) ?? (end === bytes.length ? 0 : undefined),
    tags: comments ? readVorbisComments(comments) : new Map(),
    frameMaxBytes: FRAME_MAX_BYTES,
    openDecoder: decoder,
    pieces: () => pieces(info, bytes.subarray(end)),
  };
}

/** The sound behind a plain header, so that the decoder meets no pictures and the like. */
function* pieces(info: Uint8Array, sound: Uint8Array): Generator<Uint8Array, undefined> {
  const head = new Uint8Array([LAST_BLOCK_FLAG | BLOCK_STREAM_INFO, 0, 0, info.length]);
  yield concatBytes([asciiBytes('fLaC'), head, info]);
  yield* inPieces(sound, PIECE_BYTES);
  return undefined;
}

function metadataBlocks(bytes: Uint8Array): { blocks: readonly MetadataBlock[]; end: number } {
  const blocks: MetadataBlock[] = [];
  const view = viewOf(bytes);
  let offset = 4;
  let isLast = false;
  while (!isLast && offset + 4 <= bytes.length && blocks.length < 128) {
    const head = view.getUint32(offset);
    const length = head & 0xff_ffff;
    isLast = head >>> 31 === 1;
    blocks.push({ type: (head >>> 24) & 0x7f, data: bytes.subarray(offset + 4, offset + 4 + length) });
    offset += 4 + length;
  }
  return { blocks, end: offset };
}

/** Bits 80 to 99 are the sample rate, 108 to 143 the number of samples, 0 when the encoder did not know. */
function promisedSeconds(info: Uint8Array): number | undefined {
  const view = viewOf(info);
  const sampleRate = view.getUint32(10) >>> 12;
  const samples = (view.getUint8(13) & 0xf) * 2 ** 32 + view.getUint32(14);
  return sampleRate > 0 && samples > 0 ? samples / sampleRate : undefined;
}
