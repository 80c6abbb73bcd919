/** Sample-rate conversion by a windowed sinc in polyphase form (Smith, "Digital Audio Resampling"). */
import { EngineError } from '../errors.js';
import { kaiser } from '../math/kaiser.js';
import type { AudioClip } from './audio-clip.js';
import { checkSamples } from './check-samples.js';

/** Zero crossings of the sinc on either side. */
const ZERO_CROSSINGS = 32;
/** Shape of the Kaiser window: side lobes about -100 dB. */
const KAISER_BETA = 10;
/** Middle of the filter's slope, as a share of the lower of the two Nyquist frequencies; it is 0.1 wide to each side. */
const ROLLOFF = 0.92;

/**
 * The clip at another sample rate, of round(length * new / old) samples; sound beyond the new Nyquist frequency is
 * removed. The same clip at its own rate is returned as it is.
 *
 * @param sampleRate whole number of hertz from 1 to 768000
 * @throws EngineError `invalid_request` for any other sample rate, and for samples that are no finite numbers
 */
export function resample(clip: AudioClip, sampleRate: number): AudioClip {
  if (sampleRate === checked(clip.sampleRate) && sampleRate === checked(sampleRate)) return clip;
  const filter = filterBetween(clip.sampleRate, sampleRate);
  checkSamples(clip);
  return { sampleRate, channels: clip.channels.map((samples) => applyFilter(samples, filter)) };
}

/** The same for one channel that comes piece by piece: all pieces together are what `resample` gives, to the bit. */
export class StreamingResampler {
  /** Undefined between equal rates. */
  readonly #filter: PolyphaseFilter | undefined;
  /** The last input samples, which further output depends on. */
  #kept = new Float32Array(0);
  /** Input samples so far, and output samples. */
  #taken = 0;
  #given = 0;

  /** @throws EngineError as `resample` */
  constructor(from: number, to: number) {
    this.#filter = from === to ? undefined : filterBetween(from, to);
  }

  /** Samples that no later ones have a part in. @param samples finite numbers */
  push(samples: Float32Array): Float32Array {
    if (!this.#filter) return samples;
    const { up, down, taps } = this.#filter;
    const known = concatenated(this.#kept, samples);
    this.#taken += samples.length;
    const until = Math.ceil(((this.#taken - taps / 2) * up) / down);
    const output = this.#make(this.#filter, known, until, Infinity);
    const firstNeeded = Math.floor((this.#given * down) / up) - taps / 2 + 1;
    const begin = this.#taken - known.length;
    this.#kept = known.slice(Math.max(0, firstNeeded - begin));
    return output;
  }

  /** The rest, as if silence came after it. */
  end(): Float32Array {
    if (!this.#filter) return new Float32Array(0);
    return this.#make(this.#filter, this.#kept, lengthAfter(this.#taken, this.#filter), this.#taken);
  }

  /** Output samples from those given until now to `until`. @param length where the input ends */
  #make(filter: PolyphaseFilter, known: Float32Array, until: number, length: number): Float32Array {
    const output = new Float32Array(Math.max(0, until - this.#given));
    const input = { samples: known, begin: this.#taken - known.length, length };
    filterInto(output, this.#given, input, filter);
    this.#given += output.length;
    return output;
  }
}

function filterBetween(from: number, to: number): PolyphaseFilter {
  const divisor = greatestCommonDivisor(checked(to), checked(from));
  return designFilter(to / divisor, from / divisor);
}

function checked(rate: number): number {
  if (Number.isInteger(rate) && rate >= 1 && rate <= 768000) return rate;
  throw new EngineError('invalid_request', `${rate} is no sample rate: expected whole hertz up to 768000.`);
}

interface PolyphaseFilter {
  /** Output samples per `down` input samples. */
  readonly up: number;
  readonly down: number;
  /** Input samples that each output sample depends on. */
  readonly taps: number;
  /** `up` phases of `taps` coefficients: phase p is for outputs p / up of a sample after an input sample. */
  readonly coefficients: Float32Array;
}

function designFilter(up: number, down: number): PolyphaseFilter {
  const cutoff = ROLLOFF * Math.min(1, up / down); // of the input's Nyquist frequency
  const halfWidth = ZERO_CROSSINGS / cutoff;
  const taps = 2 * Math.ceil(halfWidth);
  const coefficients = new Float32Array(up * taps);
  for (let phase = 0; phase < up; phase++) {
    const row = coefficients.subarray(phase * taps, (phase + 1) * taps);
    for (let i = 0; i < taps; i++) {
      const distance = i - taps / 2 + 1 - phase / up;
      row[i] = cutoff * sinc(cutoff * distance) * kaiser(distance / halfWidth, KAISER_BETA);
    }
    const sum = row.reduce((a, b) => a + b, 0);
    for (let i = 0; i < taps; i++) row[i]! /= sum; // constant signals stay as they are, whatever the phase
  }
  return { up, down, taps, coefficients };
}

function applyFilter(samples: Float32Array, filter: PolyphaseFilter): Float32Array {
  const { length } = samples;
  const output = new Float32Array(lengthAfter(length, filter));
  filterInto(output, 0, { samples, begin: 0, length }, filter);
  return output;
}

function lengthAfter(length: number, { up, down }: PolyphaseFilter): number {
  return Math.max(length > 0 ? 1 : 0, Math.round((length * up) / down));
}

/** A part of a signal that is silent before sample 0 and from sample `length` on. */
interface FilterInput {
  readonly samples: Float32Array;
  /** Where it begins in the signal. */
  readonly begin: number;
  readonly length: number;
}

/** Output samples from `start` on. */
function filterInto(
  output: Float32Array,
  start: number,
  { samples, begin, length }: FilterInput,
  { up, down, taps, coefficients }: PolyphaseFilter,
): void {
  for (let n = 0; n < output.length; n++) {
    const position = (start + n) * down;
    const before = Math.floor(position / up);
    const row = (position - before * up) * taps;
    const first = before - taps / 2 + 1;
    const from = Math.max(0, -first);
    const to = Math.min(taps, length - first);
    let sum = 0;
    for (let i = from; i < to; i++) sum += coefficients[row + i]! * samples[first + i - begin]!;
    output[n] = sum;
  }
}

function concatenated(before: Float32Array, after: Float32Array): Float32Array {
  if (before.length === 0) return after;
  const whole = new Float32Array(before.length + after.length);
  whole.set(before);
  whole.set(after, before.length);
  return whole;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
