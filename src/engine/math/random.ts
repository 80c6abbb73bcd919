/**
 * Seeded random numbers: the same seed gives the same numbers on every platform.
 *
 * Uniform bits are xoshiro128** (Blackman & Vigna 2018), seeded through SplitMix32, in 32-bit integer arithmetic.
 * Gaussians use Marsaglia's polar method rather than Box-Muller: it needs no sine or cosine, whose last bit
 * differs between versions of V8.
 */
import { EngineError } from '../errors.js';

const TWO_POW_32 = 2 ** 32;
const TWO_POW_MINUS_53 = 2 ** -53;

/** A deterministic stream of random numbers. Not for secrets. */
export class SeededRandom {
  // The four words of state, each a signed 32-bit integer.
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;
  #spareGaussian: number | undefined;

  /**
   * @param seed whole number from 0 to 2^53 - 1
   * @throws EngineError `invalid_request` for any other seed
   */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new EngineError('invalid_request', `A seed must be a whole number of at least 0, got ${seed}.`);
    }
    [this.#s0, this.#s1, this.#s2, this.#s3] = seedState(seed);
  }

  /** A number in [0, 1) with 53 random bits. */
  nextUniform(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 2 ** 26 + low) * TWO_POW_MINUS_53;
  }

  /** A number from the normal distribution of mean 0 and variance 1. */
  nextGaussian(): number {
    const spare = this.#spareGaussian;
    if (spare !== undefined) {
      this.#spareGaussian = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.nextUniform() - 1;
      const y = 2 * this.nextUniform() - 1;
      const squaredRadius = x * x + y * y;
      if (squaredRadius >= 1 || squaredRadius === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(squaredRadius)) / squaredRadius);
      this.#spareGaussian = y * scale;
      return x * scale;
    }
  }

  /** Fills the array with what as many calls of `nextGaussian` would return. */
  fillGaussian(array: Float32Array): void {
    for (let i = 0; i < array.length; i++) array[i] = this.nextGaussian();
  }

  /** Next 32 bits of xoshiro128**. */
  /** 32 random bits as a whole number. */
  nextUint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#s1, 5), 7), 9) >>> 0;
    const t2 = this.#s2 ^ this.#s0;
    const t3 = this.#s3 ^ this.#s1;
    this.#s2 = t2 ^ (this.#s1 << 9);
    this.#s1 ^= t2;
    this.#s0 ^= t3;
    this.#s3 = rotateLeft(t3, 11);
    return result;
  }
}

/** Four words of state from SplitMix32; the high word of large seeds is mixed in. */
function seedState(seed: number): [number, number, number, number] {
  const low = seed >>> 0;
  const high = Math.floor(seed / TWO_POW_32) >>> 0;
  let counter = low ^ Math.imul(high, 0x85ebca6b);
  const nextWord = (): number => {
    counter = (counter + 0x9e3779b9) | 0;
    let word = counter;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
  return [nextWord(), nextWord(), nextWord(), nextWord()];
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
