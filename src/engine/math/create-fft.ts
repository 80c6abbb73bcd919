import { BluesteinFft } from './bluestein-fft.js';
import { EvenRealFft } from './even-real-fft.js';
import type { ComplexFft, RealFft } from './fft.js';
import { MixedRadixFft, largestPrimeFactor } from './mixed-radix-fft.js';
import { OddRealFft } from './odd-real-fft.js';
import { PowerOfTwoFft } from './power-of-two-fft.js';

// Above this prime factor, Bluestein's three larger transforms are cheaper than a butterfly of that radix.
const LARGEST_RADIX = 31;

/** The quickest implementation we have for a size of at least 1. */
export function createComplexFft(size: number): ComplexFft {
  const prime = largestPrimeFactor(size);
  if (prime === 2) return new PowerOfTwoFft(size);
  return prime <= LARGEST_RADIX ? new MixedRadixFft(size) : new BluesteinFft(size);
}

/** Transform of real data of any size of at least 1. */
export function createRealFft(size: number): RealFft {
  return size % 2 === 0
    ? new EvenRealFft(size, createComplexFft(size / 2))
    : new OddRealFft(createComplexFft(size));
}
