import { decayPerSample } from './exact-math.js';

export interface ReverbOptions {
  /** Until it has fallen by 60 dB. @defaultValue 1.2 */
  readonly seconds?: number;
}

/** Seconds of the four delays. */
const DELAYS = [0.0297, 0.0371, 0.0411, 0.0437] as const;
/** Share of the last value that each delay's low-pass keeps, at 44100 samples per second. */
const DAMPING = 0.35;

/**
 * The room around a loop, as a loop: its tails run on over the end. Four delays that feed each other (Jot and Chaigne
 * 1991, with a Hadamard matrix), run through the end of the loop first.
 *
 * @returns the room's sound alone, left and right
 */
export function reverberate(
  loop: Float32Array,
  sampleRate: number,
  { seconds = 1.2 }: ReverbOptions = {},
): readonly [Float32Array, Float32Array] {
  const lines = DELAYS.map((delay) => new DelayLine(delay, seconds, sampleRate));
  const [left, right] = [new Float32Array(loop.length), new Float32Array(loop.length)];
  const lead = Math.ceil(seconds * sampleRate);
  for (let n = -lead; n < loop.length; n++) {
    const input = loop[modulo(n, loop.length)]!;
    const [a, b, c, d] = [lines[0]!.output, lines[1]!.output, lines[2]!.output, lines[3]!.output];
    lines[0]!.feed(input + (a + b + c + d) / 2);
    lines[1]!.feed(input + (a - b + c - d) / 2);
    lines[2]!.feed(input + (a + b - c - d) / 2);
    lines[3]!.feed(input + (a - b - c + d) / 2);
    if (n < 0) continue;
    left[n] = (a - c) / 2;
    right[n] = (b - d) / 2;
  }
  return [left, right];
}

class DelayLine {
  /** What comes out now. */
  output = 0;
  readonly #samples: Float64Array;
  readonly #gain: number;
  #low = 0;
  #position = 0;

  constructor(delay: number, seconds: number, sampleRate: number) {
    this.#samples = new Float64Array(Math.round(delay * sampleRate));
    const decay = decayPerSample(seconds, sampleRate);
    let gain = 1;
    for (let n = 0; n < this.#samples.length; n++) gain *= decay;
    this.#gain = gain;
  }

  feed(input: number): void {
    this.#samples[this.#position] = input;
    this.#position = (this.#position + 1) % this.#samples.length;
    this.#low += (1 - DAMPING) * (this.#samples[this.#position]! - this.#low);
    this.output = this.#gain * this.#low;
  }
}

function modulo(n: number, length: number): number {
  return ((n % length) + length) % length;
}
