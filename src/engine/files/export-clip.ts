/** Clips in the forms that other places want: spoken messages, sound boards, loops to listen to. */
import type { AudioClip } from '../audio/audio-clip.js';
import { durationSeconds, numberOfFrames } from '../audio/audio-clip.js';
import { withChannels } from '../audio/channels.js';
import { sliceClip } from '../audio/slice.js';
import { waveform } from '../audio/waveform.js';
import type { AudioFormat } from '../limits.js';
import type { EncodedAudio } from '../music-engine.js';
import { pictureToSound } from '../spectrogram/picture-to-sound.js';
import { pictureFormat } from './picture-metadata.js';
import { readAudio } from './read-audio.js';
import { readPicture } from './read-picture.js';
import { writeAudio } from './write-audio.js';

/** What is wanted of a clip. */
export type ClipExport =
  /** Mono Ogg Opus. */
  | { readonly type: 'voice-message' }
  /** The beginning, faded out where it is cut. */
  | { readonly type: 'excerpt'; readonly maxSeconds: number; readonly format: AudioFormat }
  /** A loop, so often without a seam; the end of the last time runs on into the start of the first. */
  | { readonly type: 'rounds'; readonly rounds: number; readonly format: AudioFormat };

export interface ExportedSound extends EncodedAudio {
  /** Outline, 0..255: one point for each tenth of a second, at most 256. */
  readonly waveform: Uint8Array;
}

const WAVEFORM_MAX_POINTS = 256;
const WAVEFORM_POINTS_PER_SECOND = 10;
const FADE_SECONDS = 0.03;
/** Hertz of what is made of pictures, that of all clips. */
const SAMPLE_RATE = 48_000;

/**
 * @param bytes - A whole sound file, or a spectrogram picture.
 * @throws EngineError as `readAudio` or `readPicture`
 */
export async function exportClip(bytes: Uint8Array, wanted: ClipExport): Promise<ExportedSound> {
  const clip = await soundOf(bytes, wanted.type === 'rounds');
  switch (wanted.type) {
    case 'voice-message':
      return encoded(withChannels(clip, 1), 'ogg');
    case 'excerpt':
      return encoded(excerpt(clip, wanted.maxSeconds), wanted.format);
    case 'rounds':
      return encoded(repeated(clip, wanted.rounds), wanted.format);
  }
}

async function soundOf(bytes: Uint8Array, circular: boolean): Promise<AudioClip> {
  if (pictureFormat(bytes) === undefined) return (await readAudio(bytes)).clip;
  const { picture, params, recipe } = await readPicture(bytes);
  return pictureToSound(picture, params, { sampleRate: SAMPLE_RATE, circular, seed: recipe?.seed ?? 0 });
}

async function encoded(clip: AudioClip, format: AudioFormat): Promise<ExportedSound> {
  const points = Math.ceil(durationSeconds(clip) * WAVEFORM_POINTS_PER_SECOND);
  const outline = waveform(clip, Math.min(points, WAVEFORM_MAX_POINTS));
  return { ...(await writeAudio(clip, format)), waveform: outline };
}

function excerpt(clip: AudioClip, maxSeconds: number): AudioClip {
  if (durationSeconds(clip) <= maxSeconds) return clip;
  const { sampleRate, channels } = sliceClip(clip, { durationSeconds: maxSeconds });
  return { sampleRate, channels: channels.map((samples) => fadedOut(samples, FADE_SECONDS * sampleRate)) };
}

/** @param length - Of the fade, in samples. */
function fadedOut(samples: Float32Array, length: number): Float32Array {
  return samples.map((sample, index) => sample * Math.min(1, (samples.length - index) / length));
}

function repeated(clip: AudioClip, rounds: number): AudioClip {
  const frames = numberOfFrames(clip);
  const repeat = (samples: Float32Array): Float32Array => {
    const whole = new Float32Array(rounds * frames);
    for (let round = 0; round < rounds; round++) whole.set(samples, round * frames);
    return whole;
  };
  return { sampleRate: clip.sampleRate, channels: clip.channels.map(repeat) };
}
