import { EngineError } from '../errors.js';
import type { AudioClip } from './audio-clip.js';
import { durationSeconds, numberOfFrames } from './audio-clip.js';

export interface SliceOptions {
  /** @defaultValue 0 */
  readonly startSeconds?: number;
  /** Undefined: to the end of the clip. */
  readonly durationSeconds?: number;
}

/**
 * A part of a clip, sharing its memory; shorter than asked for when the clip ends before.
 *
 * @throws EngineError `invalid_request` when the start or duration is negative or no number, `audio_empty` when the
 * clip has ended before the start
 */
export function sliceClip(clip: AudioClip, options: SliceOptions): AudioClip {
  const { startSeconds = 0, durationSeconds: duration = Infinity } = options;
  if (!(startSeconds >= 0) || !(duration > 0)) {
    throw new EngineError(
      'invalid_request',
      `Expected a start of at least 0 s and a duration above 0 s, got ${startSeconds} s and ${duration} s.`,
    );
  }
  const start = Math.round(startSeconds * clip.sampleRate);
  if (start >= numberOfFrames(clip)) {
    throw new EngineError(
      'audio_empty',
      `The clip is ${durationSeconds(clip).toFixed(2)} s long, so nothing is left from ${startSeconds} s on: choose an earlier start.`,
    );
  }
  const end = Math.min(numberOfFrames(clip), start + Math.max(1, Math.round(duration * clip.sampleRate)));
  return {
    sampleRate: clip.sampleRate,
    channels: clip.channels.map((samples) => samples.subarray(start, end)),
  };
}
