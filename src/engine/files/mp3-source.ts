/** MP3 files. */

import { decoder } from '@audio/decode-mp3';

import { leadingTagEnd, unreadableAudio } from './audio-format.js';
import type { AudioSource } from './audio-source.js';
import { inPieces } from './audio-source.js';
import { readId3Tags } from './id3-tags.js';
import { findMp3Start, mp3Frames } from './mp3-frames.js';

/** At the lowest bit rate this decodes to 20 MB. */
const PIECE_BYTES = 64 * 1024;

/** @throws EngineError `audio_unreadable` */
export function openMp3(bytes: Uint8Array): AudioSource {
  const start = findMp3Start(bytes, leadingTagEnd(bytes));
  if (start === undefined) throw unreadableAudio('the MP3 file is cut off before its sound');
  const { seconds, end, numberOfChannels } = measure(bytes, start);
  return {
    format: 'mp3',
    promisedSeconds: seconds,
    tags: readId3Tags(bytes),
    numberOfChannels,
    openDecoder: decoder,
    pieces: () => inPieces(bytes.subarray(start, end), PIECE_BYTES),
  };
}

/** Counts every frame: stated lengths (Xing, Info, VBRI) are missing as often as not. */
function measure(
  bytes: Uint8Array,
  start: number,
): { seconds: number; end: number; numberOfChannels: number } {
  let seconds = 0;
  let end = start;
  let numberOfChannels = 1;
  for (const frame of mp3Frames(bytes, start)) {
    seconds += frame.samples / frame.sampleRate;
    end = Math.min(bytes.length, frame.offset + frame.length);
    numberOfChannels = Math.max(numberOfChannels, frame.numberOfChannels);
  }
  return { seconds, end, numberOfChannels };
}
