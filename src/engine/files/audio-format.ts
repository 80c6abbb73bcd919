/** Telling audio files apart by their content, never by their name. */

import audioType from 'audio-type';

import { EngineError } from '../errors.js';
import { asciiAt } from './bytes.js';
import { id3Length } from './id3-tags.js';
import { findMp3Start } from './mp3-frames.js';

/** What is read. */
export type AudioFileFormat = 'wav' | 'mp3' | 'ogg-opus' | 'ogg-vorbis' | 'flac';

/** Enough for every signature there is. */
const HEAD_LENGTH = 2048;

/** How people call the formats that are known but not read. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  aac: 'AAC',
  ac3: 'AC-3',
  aiff: 'AIFF',
  amr: 'AMR',
  ape: "Monkey's Audio",
  avi: 'AVI',
  caf: 'Core Audio',
  eac3: 'E-AC-3',
  m4a: 'M4A or MP4',
  mid: 'MIDI',
  mkv: 'Matroska',
  oga: 'Ogg with neither Opus nor Vorbis in it',
  qoa: 'QOA',
  webm: 'WebM',
  wma: 'Windows Media',
  wv: 'WavPack',
};

/** @throws EngineError `audio_unreadable` naming what was found instead */
export function detectAudioFormat(bytes: Uint8Array): AudioFileFormat {
  if (bytes.length === 0) throw unreadableAudio('it is empty');
  const start = leadingTagEnd(bytes);
  const type = audioTypeAt(bytes, start);
  switch (type) {
    case 'wav':
      return 'wav';
    case 'opus':
      return 'ogg-opus';
    case 'oga':
      if (asciiAt(bytes, start + 28, 7) === '\x01vorbis') return 'ogg-vorbis';
      break;
    case 'flac':
      if (asciiAt(bytes, start, 4) === 'fLaC') return 'flac';
      throw wrongFormat('Ogg FLAC');
    case undefined:
    default:
      // The signature of MP3 is two bytes that chance makes too: only a run of frames will do.
      if (findMp3Start(bytes, start) !== undefined) return 'mp3';
  }
  const name = FORMAT_NAMES[type ?? ''];
  if (name !== undefined) throw wrongFormat(name);
  if (type === 'mp3') throw unreadableAudio('it looks like MP3, but has no sound in it');
  throw unreadableAudio('it is no sound file, or a kind that is not known here');
}

/** The error for files that are not, or no longer, what they should be. */
export function unreadableAudio(reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'audio_unreadable',
    `The audio file cannot be read: ${reason}. Please convert it to WAV, MP3, Ogg or FLAC, or fetch it anew.`,
    { cause },
  );
}

function wrongFormat(name: string): EngineError {
  return new EngineError(
    'audio_unreadable',
    `The audio file is ${name}, which is not read here: please convert it to WAV, MP3, Ogg or FLAC.`,
  );
}

/** Where the sound starts; a leading ID3 tag that claims more than there is cannot be believed. */
export function leadingTagEnd(bytes: Uint8Array): number {
  const end = id3Length(bytes);
  return end < bytes.length ? end : 0;
}

function audioTypeAt(bytes: Uint8Array, start: number): string | undefined {
  // A copy, since audio-type looks at the whole buffer behind a view.
  const head = Uint8Array.from(bytes.subarray(start, start + HEAD_LENGTH));
  return audioType(head) ?? undefined;
}
