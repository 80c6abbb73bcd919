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
  for (const rate of [sampleRate, clip.sampleRate]) {
    if (!Number.isInteger(rate) || rate < 1 || rate > 768000) {
      throw new EngineError(
        'invalid_request',
        `${rate} is no sample rate: expected whole hertz up to 768000.`,
      );
    }
  }
  if (sampleRate === clip.sampleRate) return clip;
  checkSamples(clip);
  const divisor = greatestCommonDivisor(sampleRate, clip.sampleRate);
  const filter = designFilter(sampleRate / divisor, clip.sampleRate / divisor);
  return { sampleRate, channels: clip.channels.map((samples) => applyFilter(samples, filter)) };
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

function applyFilter(samples: Float32Array, { up, down, taps, coefficients }: PolyphaseFilter): Float32Array {
  const output = new Float32Array(
    Math.max(samples.length > 0 ? 1 : 0, Math.round((samples.length * up) / down)),
  );
  for (let n = 0; n < output.length; n++) {
    const position = n * down;
    const before = Math.floor(position / up);
    const row = (position - before * up) * taps;
    const first = before - taps / 2 + 1;
    const from = Math.max(0, -first);
    const to = Math.min(taps, samples.length - first);
    let sum = 0;
    for (let i = from; i < to; i++) sum += coefficients[row + i]! * samples[first + i]!;
    output[n] = sum;
  }
  return output;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
