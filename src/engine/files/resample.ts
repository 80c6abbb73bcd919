/** Changing the sample rate by windowed-sinc interpolation (J. O. Smith, "Digital Audio Resampling"). */

import type { AudioClip } from '../audio/audio-clip.js';

/** Zero crossings of the sinc on each side. */
const ZERO_CROSSINGS = 32;
/** Kaiser window: stop band at -90 dB. */
const KAISER_BETA = 9;
/** Share of the smaller bandwidth that passes. */
const ROLLOFF = 0.95;

/** One filter for each distance of an output sample from the input sample before it. */
interface PolyphaseFilter {
  readonly phases: readonly Float64Array[];
  /** Taps before and behind. */
  readonly halfLength: number;
}

/** The clip at another sample rate, `ceil(frames * to / from)` frames long; the same clip when it has that rate. */
export function resample(clip: AudioClip, sampleRate: number): AudioClip {
  if (clip.sampleRate === sampleRate) return clip;
  const divisor = greatestCommonDivisor(clip.sampleRate, sampleRate);
  const up = sampleRate / divisor;
  const down = clip.sampleRate / divisor;
  const filter = designFilter(up, down);
  return { sampleRate, channels: clip.channels.map((samples) => interpolate(samples, up, down, filter)) };
}

function interpolate(
  samples: Float32Array,
  up: number,
  down: number,
  { phases, halfLength }: PolyphaseFilter,
): Float32Array {
  const taps = 2 * halfLength;
  // Silence around it, so that the inner loop needs no bounds.
  const padded = new Float64Array(samples.length + 2 * taps);
  padded.set(samples, taps);
  const output = new Float32Array(Math.ceil((samples.length * up) / down));
  for (let index = 0; index < output.length; index++) {
    const position = index * down;
    const first = taps + Math.floor(position / up) - halfLength + 1;
    output[index] = dotProduct(padded, first, phases[position % up] ?? new Float64Array(0));
  }
  return output;
}

function dotProduct(signal: Float64Array, first: number, filter: Float64Array): number {
  let sum = 0;
  for (let tap = 0; tap < filter.length; tap++) {
    sum += (signal[first + tap] as number) * (filter[tap] as number);
  }
  return sum;
}

function designFilter(up: number, down: number): PolyphaseFilter {
  const cutoff = ROLLOFF * Math.min(1, up / down);
  const halfLength = Math.ceil(ZERO_CROSSINGS / cutoff);
  const phases = Array.from({ length: up }, (_, phase) => {
    const taps = Float64Array.from({ length: 2 * halfLength }, (_, tap) => {
      const distance = tap - halfLength + 1 - phase / up;
      return cutoff * sinc(cutoff * distance) * kaiser(distance / halfLength);
    });
    // Every phase passes a constant unchanged.
    const gain = taps.reduce((sum, value) => sum + value, 0);
    return taps.map((value) => value / gain);
  });
  return { phases, halfLength };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** `x` from -1 to 1. */
function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
