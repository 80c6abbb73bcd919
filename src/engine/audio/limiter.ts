import type { AudioClip } from './audio-clip.js';
import { numberOfFrames } from './audio-clip.js';
import { PIECE_LENGTH, PeakLimiter } from './peak-limiter.js';

export interface LimiterOptions {
  /** Largest sample that may leave it, linear. */
  readonly ceiling: number;
  /** Factor for all samples, before they are limited. @defaultValue 1 */
  readonly gain?: number;
  /** The clip is a loop: the limiter's gain runs on from its end into its start. @defaultValue false */
  readonly circular?: boolean;
}

/** After this time the limiter has forgotten whatever came before: so much of a loop goes through it beforehand. */
const MEMORY_SECONDS = 0.72;

/**
 * The clip through a PeakLimiter. A clip that has no sample above the ceiling is returned as it is.
 *
 * @param into where to write the result instead of memory of its own; not the clip's
 */
export function limitPeaks(
  clip: AudioClip,
  options: LimiterOptions,
  into?: readonly Float32Array[],
): AudioClip {
  const { ceiling, gain = 1, circular = false } = options;
  const isBelow = largestSample(clip) * gain <= ceiling;
  if (isBelow && gain === 1) return clip;
  const { sampleRate } = clip;
  const channels = into ?? clip.channels.map((samples) => new Float32Array(samples.length));
  if (isBelow) {
    channels.forEach((output, c) => scale(clip.channels[c]!, 0, output, output.length, gain));
  } else {
    const limiter = new PeakLimiter({ sampleRate, numberOfChannels: channels.length, ceiling });
    runThrough(limiter, clip, gain, circular, channels);
  }
  return { sampleRate, channels };
}

/** Size of the largest sample. */
export function largestSample(clip: AudioClip): number {
  let peak = 0;
  for (const samples of clip.channels) {
    for (let n = 0; n < samples.length; n++) {
      const size = Math.abs(samples[n]!);
      if (size > peak) peak = size;
    }
  }
  return peak;
}

/** From before the start of a loop, or the first sample of another clip, to as far beyond the end as the delay is. */
function runThrough(
  limiter: PeakLimiter,
  clip: AudioClip,
  gain: number,
  circular: boolean,
  output: readonly Float32Array[],
): void {
  const length = numberOfFrames(clip);
  const piece = output.map(() => new Float32Array(PIECE_LENGTH));
  const result = output.map(() => new Float32Array(PIECE_LENGTH));
  const before = circular ? Math.ceil(MEMORY_SECONDS * clip.sampleRate) : 0;
  for (let start = -before; start < length + limiter.delay; start += PIECE_LENGTH) {
    const count = Math.min(PIECE_LENGTH, length + limiter.delay - start);
    piece.forEach((samples, c) => readPiece(clip.channels[c]!, start, circular, samples, count, gain));
    limiter.process(piece, result, count);
    const first = start - limiter.delay;
    const skipped = Math.max(0, -first);
    if (skipped >= count) continue;
    result.forEach((samples, c) => output[c]!.set(samples.subarray(skipped, count), first + skipped));
  }
}

/** Samples from `start` on, times the gain: of a loop again and again, of any other clip with silence after it. */
function readPiece(
  samples: Float32Array,
  start: number,
  circular: boolean,
  piece: Float32Array,
  count: number,
  gain: number,
): void {
  const { length } = samples;
  if (start >= 0 && start + count <= length) {
    scale(samples, start, piece, count, gain);
    return;
  }
  for (let n = 0; n < count; n++) {
    const at = circular ? (((start + n) % length) + length) % length : start + n;
    piece[n] = (samples[at] ?? 0) * gain;
  }
}

function scale(samples: Float32Array, from: number, output: Float32Array, count: number, gain: number): void {
  for (let n = 0; n < count; n++) output[n] = samples[from + n]! * gain;
}
