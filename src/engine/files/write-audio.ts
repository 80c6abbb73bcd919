/** Samples in, an audio file out. */

import type { AudioClip } from '../audio/audio-clip.js';
import { durationSeconds } from '../audio/audio-clip.js';
import type { AudioFormat } from '../limits.js';
import type { EncodedAudio } from '../music-engine.js';
import type { AudioTags } from './audio-tags.js';
import { encodeMp3 } from './encode-mp3.js';
import { encodeOggOpus } from './encode-ogg-opus.js';
import { encodeWav } from './encode-wav.js';

/**
 * Encodes mono or stereo as 16-bit WAV, MP3 (192 kb/s, mono 128) or Ogg Opus (128 kb/s, mono 96), exactly as long as
 * the clip, with the tags in it. Samples beyond -1..1 are clipped. Equal input gives equal bytes.
 */
export async function writeAudio(
  clip: AudioClip,
  format: AudioFormat,
  tags: AudioTags = {},
): Promise<EncodedAudio> {
  return {
    format,
    bytes: await encode(clip, format, tags),
    sampleRate: clip.sampleRate,
    numberOfChannels: clip.channels.length,
    durationSeconds: durationSeconds(clip),
  };
}

async function encode(clip: AudioClip, format: AudioFormat, tags: AudioTags): Promise<Uint8Array> {
  switch (format) {
    case 'wav':
      return encodeWav(clip, tags);
    case 'mp3':
      return encodeMp3(clip, tags);
    case 'ogg':
      return encodeOggOpus(clip, tags);
  }
}
