import { cosine, sine } from './exact-math.js';

export type FilterKind = 'low-pass' | 'band-pass' | 'high-pass';

/** Share of half the sample rate above which no filter is tuned. */
const HIGHEST_TUNING = 0.9;

/**
 * A filter of second order whose frequency may change while it runs: the state-variable filter in the form of Simper
 * ("Linear trapezoidal integrated state variable filter", 2011).
 */
export class Filter {
  readonly #kind: FilterKind;
  readonly #sampleRate: number;
  readonly #damping: number;
  #a1 = 0;
  #a2 = 0;
  #a3 = 0;
  #first = 0;
  #second = 0;

  /**
   * @param frequency hertz; those that the sample rate has no room for are lowered
   * @param quality 0.707 is flat, more resonates
   */
  constructor(kind: FilterKind, sampleRate: number, frequency: number, quality = Math.SQRT1_2) {
    this.#kind = kind;
    this.#sampleRate = sampleRate;
    this.#damping = 1 / quality;
    this.tune(frequency);
  }

  tune(frequency: number): void {
    const turns = Math.min(frequency / this.#sampleRate, HIGHEST_TUNING / 2) / 2;
    const g = sine(turns) / cosine(turns);
    this.#a1 = 1 / (1 + g * (g + this.#damping));
    this.#a2 = g * this.#a1;
    this.#a3 = g * this.#a2;
  }

  next(input: number): number {
    const v3 = input - this.#second;
    const band = this.#a1 * this.#first + this.#a2 * v3;
    const low = this.#second + this.#a2 * this.#first + this.#a3 * v3;
    this.#first = 2 * band - this.#first;
    this.#second = 2 * low - this.#second;
    if (this.#kind === 'low-pass') return low;
    return this.#kind === 'band-pass' ? this.#damping * band : input - this.#damping * band - low;
  }

  /** Filters all samples in place. */
  apply(samples: Float32Array): Float32Array {
    for (let n = 0; n < samples.length; n++) samples[n] = this.next(samples[n]!);
    return samples;
  }
}
