/** MP3 at a constant bit rate. The frames are LAME's; the tag and the frame that states the length are ours. */

import openMp3Encoder from '@audio/encode-mp3';

import type { AudioClip } from '../audio/audio-clip.js';
import { numberOfFrames } from '../audio/audio-clip.js';
import { resample } from '../audio/resample.js';
import { serializeRecipe } from '../recipe/recipe.js';
import type { AudioTags } from './audio-tags.js';
import { ENCODER_NAME, RECIPE_TAG } from './audio-tags.js';
import { concatBytes } from './bytes.js';
import { writeId3Tags } from './id3-tags.js';
import { mp3Frames } from './mp3-frames.js';
import { mp3InfoFrame } from './mp3-info-frame.js';

/** The sample rates of MPEG-1, at which the bit rates below exist. */
const SAMPLE_RATES: readonly number[] = [32_000, 44_100, 48_000];
const FALLBACK_RATE = 44_100;
/** Kilobits per second. */
const BITRATE = { mono: 128, stereo: 192 } as const;

export async function encodeMp3(clip: AudioClip, tags: AudioTags): Promise<Uint8Array> {
  const rate = SAMPLE_RATES.includes(clip.sampleRate) ? clip.sampleRate : FALLBACK_RATE;
  const sound = resample(clip, rate);
  const frames = await encodeFrames(sound);
  const info = mp3InfoFrame([...mp3Frames(frames, 0)], frames, numberOfFrames(sound));
  return concatBytes([writeId3Tags(id3Tags(tags)), info, frames]);
}

async function encodeFrames({ sampleRate, channels }: AudioClip): Promise<Uint8Array> {
  const bitrate = channels.length === 2 ? BITRATE.stereo : BITRATE.mono;
  const encoder = await openMp3Encoder({ sampleRate, channels: channels.length, bitrate });
  try {
    const sound = encoder.encode([...channels]);
    return concatBytes([sound, encoder.flush()]);
  } finally {
    encoder.free();
  }
}

function id3Tags({ title, recipe }: AudioTags): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  if (title !== undefined) tags.set('TITLE', title);
  tags.set('ENCODER', ENCODER_NAME);
  if (recipe) tags.set(RECIPE_TAG, serializeRecipe(recipe));
  return tags;
}
