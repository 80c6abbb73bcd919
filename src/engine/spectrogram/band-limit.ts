import { kaiser } from '../math/kaiser.js';

/** Ripple and residue of the filter in decibels: a millionth of the amplitude, far below one grey level. */
const ATTENUATION_DB = 120;
/** Narrower slopes would need filters that cost more than they save; a share of the sample rate. */
const NARROWEST_SLOPE = 0.02;

/**
 * Largest number such that every so-many-th sample still holds all frequencies up to `maxFrequency`, once the signal
 * is band-limited, and that divides `nFft`.
 */
export function chooseStride(sampleRate: number, maxFrequency: number, nFft: number): number {
  let stride = Math.max(1, Math.floor(sampleRate / (2 * maxFrequency)));
  while (nFft % stride !== 0 || (stride > 1 && slope(sampleRate, maxFrequency, stride) < NARROWEST_SLOPE)) {
    stride -= 1;
  }
  return stride;
}

/**
 * Low-pass filter before taking every `stride`-th sample: passes what is below `maxFrequency` and removes what would
 * fold onto it. A windowed sinc (Kaiser 1974); its slope is centred on the new Nyquist frequency, which makes every
 * `stride`-th coefficient zero. A stride of 1 leaves everything as it is.
 */
export class BandLimit {
  /** Samples that it needs before and after each sample. */
  readonly reach: number;
  readonly #centre: number;
  /** Distances from the centre where the coefficient is not zero, and the coefficients. */
  readonly #distances: Int32Array;
  readonly #coefficients: Float64Array;

  constructor(sampleRate: number, maxFrequency: number, stride: number) {
    this.#centre = 1 / stride;
    this.reach = stride === 1 ? 0 : halfLength(slope(sampleRate, maxFrequency, stride));
    const distances = Array.from({ length: this.reach }, (_, i) => i + 1).filter((d) => d % stride !== 0);
    const beta = 0.1102 * (ATTENUATION_DB - 8.7);
    this.#distances = Int32Array.from(distances);
    this.#coefficients = Float64Array.from(
      distances,
      (d) => (Math.sin((Math.PI * d) / stride) / (Math.PI * d)) * kaiser(d / (this.reach + 1), beta),
    );
    const gain = this.#centre + 2 * this.#coefficients.reduce((sum, value) => sum + value, 0);
    this.#centre /= gain;
    for (let i = 0; i < distances.length; i++) this.#coefficients[i]! /= gain;
  }

  /**
   * @param input `reach` samples more than `length` at either end
   * @param output receives `length` samples
   */
  apply(input: Float64Array, output: Float64Array, length: number): void {
    const whole = length - (length % 4);
    for (let n = 0; n < whole; n += 4) this.#filterFour(input, output, n);
    for (let n = whole; n < length; n++) output[n] = this.#filterOne(input, n + this.reach);
  }

  /** Four neighbours at once: each coefficient is fetched for all of them. */
  #filterFour(input: Float64Array, output: Float64Array, n: number): void {
    const distances = this.#distances;
    const coefficients = this.#coefficients;
    const at = n + this.reach;
    let a = this.#centre * input[at]!;
    let b = this.#centre * input[at + 1]!;
    let c = this.#centre * input[at + 2]!;
    let d = this.#centre * input[at + 3]!;
    for (let i = 0; i < distances.length; i++) {
      const before = at - distances[i]!;
      const after = at + distances[i]!;
      const coefficient = coefficients[i]!;
      a += coefficient * (input[before]! + input[after]!);
      b += coefficient * (input[before + 1]! + input[after + 1]!);
      c += coefficient * (input[before + 2]! + input[after + 2]!);
      d += coefficient * (input[before + 3]! + input[after + 3]!);
    }
    output[n] = a;
    output[n + 1] = b;
    output[n + 2] = c;
    output[n + 3] = d;
  }

  #filterOne(input: Float64Array, at: number): number {
    let sum = this.#centre * input[at]!;
    this.#distances.forEach((distance, i) => {
      sum += this.#coefficients[i]! * (input[at - distance]! + input[at + distance]!);
    });
    return sum;
  }
}

/** Width of the filter's slope, from the highest frequency shown to the lowest that would fold onto it. */
function slope(sampleRate: number, maxFrequency: number, stride: number): number {
  return (sampleRate / stride - 2 * maxFrequency) / sampleRate;
}

/** Kaiser's estimate for the length of a filter. */
function halfLength(width: number): number {
  return Math.ceil((ATTENUATION_DB - 8) / (2.285 * 2 * Math.PI * width) / 2);
}
