/** WAV files: integer and float PCM, A-law, mu-law and ADPCM. */

import { decoder } from '@audio/decode-wav';

import { unreadableAudio } from './audio-format.js';
import type { AudioSource } from './audio-source.js';
import { inPieces } from './audio-source.js';
import { utf8Text, viewOf } from './bytes.js';
import { readId3Tags } from './id3-tags.js';
import { encodeRiffChunk, encodeRiff, riffChunks } from './riff-chunks.js';
import type { RiffChunk } from './riff-chunks.js';

/** The `fmt ` chunk, checked. */
interface WavFormat {
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  /** Bytes of one block: one sample of every channel, or one ADPCM block. */
  readonly blockAlign: number;
  readonly samplesPerBlock: number;
}

const EXTENSIBLE = 0xfffe;
const ADPCM = { microsoft: 2, ima: 0x11 } as const;
const CHANNELS_MAX = 8;
const PIECE_BYTES = 1024 * 1024;
/** From here on lengths are the placeholders of writers that did not know theirs (ffmpeg, SoX). */
const PLACEHOLDER_LENGTH = 0x7fff_f000;

const INFO_NAMES: Readonly<Record<string, string>> = {
  INAM: 'TITLE',
  IART: 'ARTIST',
  ICMT: 'COMMENT',
  ISFT: 'ENCODER',
};

/** @throws EngineError `audio_unreadable` */
export function openWav(bytes: Uint8Array): AudioSource {
  const chunks = [...riffChunks(bytes)];
  const fmt = chunks.find(({ id }) => id === 'fmt ');
  const data = chunks.find(({ id }) => id === 'data');
  if (!fmt || !data) throw unreadableAudio('the WAV file is cut off before its sound');
  const format = readFormat(fmt.data);
  const isLengthKnown = data.declaredLength > 0 && data.declaredLength < PLACEHOLDER_LENGTH;
  // Length 0 in the header of the file itself too is the mark of a writer that could not go back to fill it in.
  const isStream = data.declaredLength === 0 && viewOf(bytes).getUint32(4, true) === 0;
  const sound = isStream ? bytes.subarray(data.offset) : data.data;
  const blocks = (isLengthKnown ? data.declaredLength : sound.length) / format.blockAlign;
  return {
    format: 'wav',
    promisedSeconds: (blocks * format.samplesPerBlock) / format.sampleRate,
    tags: readTags(chunks),
    openDecoder: () => Promise.resolve(decoder()),
    pieces: () => pieces(fmt.data, sound, format),
  };
}

function readFormat(fmt: Uint8Array): WavFormat {
  if (fmt.length < 16) throw unreadableAudio('the WAV header is cut off');
  const view = viewOf(fmt);
  const tag = view.getUint16(0, true);
  const codec = tag === EXTENSIBLE && fmt.length >= 26 ? view.getUint16(24, true) : tag;
  const numberOfChannels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const blockAlign = view.getUint16(12, true);
  const bytesPerSample = view.getUint16(14, true) / 8;
  const isAdpcm = codec === ADPCM.ima || codec === ADPCM.microsoft;
  const samplesPerBlock = isAdpcm ? adpcmSamplesPerBlock(codec, blockAlign, numberOfChannels) : 1;
  const stated = isAdpcm && fmt.length >= 20 ? view.getUint16(18, true) : samplesPerBlock;
  const isSane =
    numberOfChannels >= 1 &&
    numberOfChannels <= CHANNELS_MAX &&
    sampleRate >= 1 &&
    samplesPerBlock >= 1 &&
    stated <= samplesPerBlock &&
    (isAdpcm || blockAlign === numberOfChannels * bytesPerSample);
  // The decoder allocates by these numbers: a header that lies must not reach it.
  if (!isSane) throw unreadableAudio('the WAV header contradicts itself');
  return { sampleRate, numberOfChannels, blockAlign, samplesPerBlock };
}

/** What fits into a block behind its header: 4 bits for each sample. */
function adpcmSamplesPerBlock(codec: number, blockAlign: number, channels: number): number {
  return codec === ADPCM.ima
    ? 1 + Math.floor(((blockAlign - 4 * channels) * 2) / channels)
    : 2 + Math.floor(((blockAlign - 7 * channels) * 2) / channels);
}

function readTags(chunks: readonly RiffChunk[]): Map<string, string> {
  const tags = new Map<string, string>();
  for (const { id, data } of chunks) {
    if (id === 'LIST' && utf8Text(data.subarray(0, 4)) === 'INFO') {
      for (const item of riffChunks(data, 4)) {
        const name = INFO_NAMES[item.id];
        if (name !== undefined && !tags.has(name)) tags.set(name, utf8Text(item.data).replace(/\0.*$/s, ''));
      }
    } else if (id.toLowerCase() === 'id3 ') {
      for (const [name, value] of readId3Tags(data)) if (!tags.has(name)) tags.set(name, value);
    }
  }
  return tags;
}

/** The sound behind a plain header, so that the decoder meets no other chunks. */
function* pieces(
  fmt: Uint8Array,
  sound: Uint8Array,
  { blockAlign }: WavFormat,
): Generator<Uint8Array, undefined> {
  const header = encodeRiff('WAVE', [
    encodeRiffChunk('fmt ', fmt),
    encodeRiffChunk('data', new Uint8Array(0)),
  ]);
  viewOf(header).setUint32(header.length - 4, sound.length, true);
  yield header;
  yield* inPieces(sound, Math.ceil(PIECE_BYTES / blockAlign) * blockAlign);
  return undefined;
}
