import type { AudioClip } from './audio-clip.js';
import { numberOfFrames } from './audio-clip.js';

/** Louder than any slice of silence, so that silence is not blown up to full height. */
const QUIETEST_PEAK = 1e-3;

/**
 * The outline of a sound, as players draw it: the clip in equal slices, each by its root mean square over all channels
 * as a share of the loudest slice's, 0..255.
 *
 * @param points - Slices, at least 1; fewer come back of a clip that has fewer samples.
 */
export function waveform(clip: AudioClip, points: number): Uint8Array {
  const length = numberOfFrames(clip);
  const count = Math.min(points, length);
  const levels = Array.from({ length: count }, (_, point) =>
    rootMeanSquare(clip, Math.floor((point * length) / count), Math.floor(((point + 1) * length) / count)),
  );
  const loudest = levels.reduce((most, level) => Math.max(most, level), QUIETEST_PEAK);
  return Uint8Array.from(levels, (level) => Math.round((255 * level) / loudest));
}

function rootMeanSquare({ channels }: AudioClip, start: number, end: number): number {
  let squares = 0;
  for (const samples of channels) {
    for (let i = start; i < end; i++) squares += samples[i]! ** 2;
  }
  return Math.sqrt(squares / (channels.length * (end - start)));
}
