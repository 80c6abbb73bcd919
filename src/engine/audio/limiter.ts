import type { AudioClip } from './audio-clip.js';
import { numberOfFrames } from './audio-clip.js';

export interface LimiterOptions {
  /** Largest sample that may leave it, linear. */
  readonly ceiling: number;
  /** The clip is a loop: the gain runs on from its end into its start. @defaultValue false */
  readonly circular?: boolean;
}

/** The gain is down this long before and after a peak. */
const LOOK_AHEAD_SECONDS = 0.004;
/** Time in which the gain comes back by 63 %. */
const RELEASE_SECONDS = 0.06;

/**
 * Look-ahead peak limiter: turns the clip down smoothly around every sample above the ceiling, all channels alike,
 * and leaves the rest as it is. No sample of the result is above the ceiling.
 *
 * The gain is the least one needed within the look-ahead on either side, recovers exponentially, and is then
 * averaged over that same span: whatever the average covers was already low enough for the sample in its middle.
 */
export function limitPeaks(clip: AudioClip, options: LimiterOptions): AudioClip {
  const { ceiling, circular = false } = options;
  const needed = neededGain(clip, ceiling);
  if (needed.every((gain) => gain === 1)) return clip;
  const reach = Math.max(1, Math.round(LOOK_AHEAD_SECONDS * clip.sampleRate));
  const margin = 2 * reach; // one reach for the minimum, one for the mean
  const held = slidingMinimum(pad(needed, margin, circular), reach);
  // The gain before the first sample of a loop is that before its last margin: run through the loop once.
  const before = circular
    ? held.slice(margin, margin + needed.length - Math.min(margin, needed.length))
    : NOTHING;
  recover(held, Math.exp(-1 / (RELEASE_SECONDS * clip.sampleRate)), before);
  const gain = slidingMean(held, reach).subarray(margin, margin + needed.length);
  return {
    sampleRate: clip.sampleRate,
    channels: clip.channels.map((samples) =>
      samples.map((sample, n) => Math.min(ceiling, Math.max(-ceiling, sample * gain[n]!))),
    ),
  };
}

const NOTHING = new Float64Array(0);

/** Per sample, the gain that brings its loudest channel to the ceiling; 1 where it is below. */
function neededGain(clip: AudioClip, ceiling: number): Float64Array {
  const gain = new Float64Array(numberOfFrames(clip)).fill(1);
  for (const samples of clip.channels) {
    for (let n = 0; n < gain.length; n++) {
      const peak = Math.abs(samples[n]!);
      if (peak > ceiling) gain[n] = Math.min(gain[n]!, ceiling / peak);
    }
  }
  return gain;
}

/** Context at both ends: the other end of a loop, a gain of 1 around anything else. */
function pad(gain: Float64Array, margin: number, circular: boolean): Float64Array {
  const padded = new Float64Array(gain.length + 2 * margin).fill(1);
  padded.set(gain, margin);
  if (!circular) return padded;
  for (let n = 0; n < margin; n++) {
    padded[margin - 1 - n] = gain[gain.length - 1 - (n % gain.length)]!;
    padded[margin + gain.length + n] = gain[n % gain.length]!;
  }
  return padded;
}

/** Least value within `reach` samples on either side, by a queue of candidates that only grows (O(1) a sample). */
function slidingMinimum(values: Float64Array, reach: number): Float64Array {
  const minimum = new Float64Array(values.length);
  const candidates = new Int32Array(values.length);
  let first = 0;
  let end = 0;
  for (let n = 0; n < values.length + reach; n++) {
    if (n < values.length) {
      while (end > first && values[candidates[end - 1]!]! >= values[n]!) end -= 1;
      candidates[end++] = n;
    }
    const centre = n - reach;
    if (centre < 0) continue;
    while (candidates[first]! < centre - reach) first += 1;
    minimum[centre] = values[candidates[first]!]!;
  }
  return minimum;
}

/** Lets the gain come back no faster than the release allows. `before` is the gain's course before the first. */
function recover(gain: Float64Array, keep: number, before: Float64Array): void {
  let state = 1;
  const next = (needed: number): number => Math.min(needed, 1 - keep * (1 - state));
  for (const needed of before) state = next(needed);
  for (let n = 0; n < gain.length; n++) {
    state = next(gain[n]!);
    gain[n] = state;
  }
}

/** Mean within `reach` samples on either side; the ends, where there are fewer, are left as they are. */
function slidingMean(values: Float64Array, reach: number): Float64Array {
  const mean = values.slice();
  const span = 2 * reach + 1;
  let sum = 0;
  for (let n = 0; n < values.length; n++) {
    sum += values[n]! - (n >= span ? values[n - span]! : 0);
    if (n >= span - 1) mean[n - reach] = sum / span;
  }
  return mean;
}
