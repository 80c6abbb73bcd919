/** 16-bit PCM in a WAV file (Microsoft RIFF specification, 1991), tags as LIST/INFO. */

import type { AudioClip } from '../audio/audio-clip.js';
import { numberOfFrames } from '../audio/audio-clip.js';
import { serializeRecipe } from '../recipe/recipe.js';
import type { AudioTags } from './audio-tags.js';
import { ENCODER_NAME } from './audio-tags.js';
import { asciiBytes, concatBytes, utf8Bytes, viewOf } from './bytes.js';
import { encodeRiff, encodeRiffChunk } from './riff-chunks.js';

const PCM = 1;
const BYTES_PER_SAMPLE = 2;

/** The recipe is the comment (ICMT), which most programs show. */
export function encodeWav(clip: AudioClip, { title, recipe }: AudioTags): Uint8Array {
  const info = [
    asciiBytes('INFO'),
    ...(title === undefined ? [] : [infoChunk('INAM', title)]),
    infoChunk('ISFT', ENCODER_NAME),
    ...(recipe ? [infoChunk('ICMT', serializeRecipe(recipe))] : []),
  ];
  return encodeRiff('WAVE', [
    encodeRiffChunk('fmt ', formatChunk(clip)),
    encodeRiffChunk('LIST', concatBytes(info)),
    encodeRiffChunk('data', samplesToPcm(clip)),
  ]);
}

function formatChunk({ sampleRate, channels }: AudioClip): Uint8Array {
  const blockAlign = channels.length * BYTES_PER_SAMPLE;
  const chunk = new Uint8Array(16);
  const view = viewOf(chunk);
  view.setUint16(0, PCM, true);
  view.setUint16(2, channels.length, true);
  view.setUint32(4, sampleRate, true);
  view.setUint32(8, sampleRate * blockAlign, true);
  view.setUint16(12, blockAlign, true);
  view.setUint16(14, BYTES_PER_SAMPLE * 8, true);
  return chunk;
}

function infoChunk(id: string, text: string): Uint8Array {
  return encodeRiffChunk(id, utf8Bytes(`${text}\0`));
}

/** Interleaved, rounded to the nearest; -1 becomes -32768 and 1 becomes 32767. */
function samplesToPcm(clip: AudioClip): Uint8Array {
  const { channels } = clip;
  const bytes = new Uint8Array(numberOfFrames(clip) * channels.length * BYTES_PER_SAMPLE);
  const view = viewOf(bytes);
  channels.forEach((samples, channel) => {
    samples.forEach((sample, frame) => {
      const level = Math.max(-32768, Math.min(32767, Math.round(sample * (sample < 0 ? 32768 : 32767))));
      view.setInt16((frame * channels.length + channel) * BYTES_PER_SAMPLE, level, true);
    });
  });
  return bytes;
}
