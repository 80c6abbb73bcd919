/** How well the beginnings of notes and strokes survive. */
import type { AudioClip } from '../src/engine/audio/audio-clip.js';
import { magnitudeSpectrogram } from './magnitude-spectrogram.js';
import type { MagnitudeSpectrogram } from './magnitude-spectrogram.js';

export interface OnsetOptions {
  /** Hertz; what lies above is left out of both sounds. @defaultValue 10000 */
  readonly maxFrequency?: number;
  /** The clips are loops. @defaultValue false */
  readonly circular?: boolean;
}

export interface OnsetComparison {
  /** Onsets found in the original, all channels together. */
  readonly onsets: number;
  /**
   * Rise of the result at the original's onsets, as a share of the original's: 1 is as sharp, 0 is no onset at all.
   * NaN when the original has no onset.
   */
  readonly sharpness: number;
  /**
   * By how much more sound there is before an onset, in relation to the sound after it, than in the original; dB, mean
   * over the onsets. 0 is none. NaN when the original has no onset.
   */
  readonly preEchoDb: number;
}

const WINDOW_SECONDS = 0.01;
const HOPS_PER_WINDOW = 4;
/** Levels this far below a sound's loudest bin count as that. */
const FLOOR_DB = -60;
/** An onset rises at least this share of the sharpest one. */
const LEAST_SHARE = 0.3;
/** All in hops of 2.5 ms. */
const LEAST_DISTANCE = 24;
const SHIFT_ALLOWED = 8;
const PRE_ECHO_HOPS = 18;
const BODY_HOPS = 12;

/**
 * Finds the onsets of the original in its own spectrum (windows of 10 ms) and compares the same moments of the result.
 * The rise of a moment is the mean, over the bins, of by how many dB each grew within the last 10 ms.
 *
 * @throws RangeError when the clips differ in sample rate, channels or length
 */
export function compareOnsets(
  original: AudioClip,
  result: AudioClip,
  options: OnsetOptions = {},
): OnsetComparison {
  checkClips(original, result);
  const perChannel = original.channels.map((samples, c) => {
    const wanted = analyse(samples, original.sampleRate, options);
    const got = analyse(result.channels[c]!, original.sampleRate, options);
    return findOnsets(wanted.rise).map((t) => ({
      wanted: wanted.rise[t]!,
      got: largestNear(got.rise, t),
      preEcho: precedingDb(got.power, t) - precedingDb(wanted.power, t),
    }));
  });
  const found = perChannel.flat();
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  return {
    onsets: found.length,
    sharpness: sum(found.map(({ got }) => got)) / sum(found.map(({ wanted }) => wanted)),
    preEchoDb: sum(found.map(({ preEcho }) => preEcho)) / found.length,
  };
}

function checkClips(original: AudioClip, result: AudioClip): void {
  const describe = ({ sampleRate, channels }: AudioClip): string =>
    `${channels.length} channels of ${channels[0]?.length ?? 0} samples at ${sampleRate} Hz`;
  if (describe(original) === describe(result)) return;
  throw new RangeError(`Only like can be compared, not ${describe(original)} with ${describe(result)}.`);
}

interface OnsetAnalysis {
  /** dB per 10 ms, of each hop. */
  readonly rise: Float64Array;
  /** Of each hop, none below the floor. */
  readonly power: Float64Array;
}

function analyse(samples: Float32Array, sampleRate: number, options: OnsetOptions): OnsetAnalysis {
  const { maxFrequency = 10_000, circular = false } = options;
  const hopLength = Math.max(1, Math.round((WINDOW_SECONDS * sampleRate) / HOPS_PER_WINDOW));
  const winLength = HOPS_PER_WINDOW * hopLength;
  const bins = 1 + Math.floor((maxFrequency / sampleRate) * winLength);
  const spectrogram = magnitudeSpectrogram(samples, { winLength, hopLength, circular, bins });
  const largest = spectrogram.values.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE);
  return { rise: riseOf(spectrogram, largest), power: powerOf(spectrogram, largest) };
}

function riseOf({ frames, bands, values }: MagnitudeSpectrogram, largest: number): Float64Array {
  const decibels = values.map((value) => Math.max(FLOOR_DB, 20 * Math.log10(value / largest)));
  const rise = new Float64Array(frames);
  for (let t = HOPS_PER_WINDOW; t < frames; t++) {
    for (let k = 0; k < bands; k++) {
      const growth = decibels[t * bands + k]! - decibels[(t - HOPS_PER_WINDOW) * bands + k]!;
      if (growth > 0) rise[t]! += growth / bands;
    }
  }
  return rise;
}

function powerOf({ frames, bands, values }: MagnitudeSpectrogram, largest: number): Float64Array {
  const floor = (largest * 10 ** (FLOOR_DB / 20)) ** 2;
  return Float64Array.from({ length: frames }, (_, t) => {
    let power = floor;
    for (let i = t * bands; i < (t + 1) * bands; i++) power += values[i]! ** 2;
    return power;
  });
}

/** Hops at which the rise is largest within 60 ms on either side, and large enough. */
function findOnsets(rise: Float64Array): number[] {
  const least = LEAST_SHARE * rise.reduce((a, b) => Math.max(a, b), 0);
  const onsets: number[] = [];
  for (let t = PRE_ECHO_HOPS + HOPS_PER_WINDOW; t < rise.length - BODY_HOPS; t++) {
    if (rise[t]! <= least) continue;
    const first = Math.max(0, t - LEAST_DISTANCE);
    const around = rise.subarray(first, t + LEAST_DISTANCE + 1);
    if (around.indexOf(around.reduce((a, b) => Math.max(a, b), 0)) === t - first) onsets.push(t);
  }
  return onsets;
}

function largestNear(rise: Float64Array, t: number): number {
  return rise.subarray(t - SHIFT_ALLOWED, t + SHIFT_ALLOWED + 1).reduce((a, b) => Math.max(a, b), 0);
}

/** Power in the 45 ms before an onset over that in the 30 ms after it, dB. */
function precedingDb(power: Float64Array, t: number): number {
  const before = t - HOPS_PER_WINDOW;
  const mean = (from: number, to: number): number =>
    power.subarray(from, to).reduce((a, b) => a + b, 0) / (to - from);
  return 10 * Math.log10(mean(before - PRE_ECHO_HOPS, before) / mean(t, t + BODY_HOPS));
}
