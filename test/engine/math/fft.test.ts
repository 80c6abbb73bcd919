import { describe, expect, it } from 'vitest';

import { BluesteinFft } from '../../../src/engine/math/bluestein-fft.js';
import { createComplexFft, createRealFft } from '../../../src/engine/math/create-fft.js';
import type { ComplexFft } from '../../../src/engine/math/fft.js';
import { MixedRadixFft, largestPrimeFactor } from '../../../src/engine/math/mixed-radix-fft.js';
import { PowerOfTwoFft } from '../../../src/engine/math/power-of-two-fft.js';
import { SeededRandom } from '../../../src/engine/math/random.js';

function noise(length: number, seed = 1): Float64Array {
  const random = new SeededRandom(seed);
  return Float64Array.from({ length }, () => random.nextGaussian());
}

/** The definition, summed term by term. */
function slowTransform(re: Float64Array, im: Float64Array): { re: Float64Array; im: Float64Array } {
  const size = re.length;
  const outRe = new Float64Array(size);
  const outIm = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    for (let n = 0; n < size; n++) {
      const angle = (-2 * Math.PI * ((k * n) % size)) / size;
      outRe[k]! += re[n]! * Math.cos(angle) - im[n]! * Math.sin(angle);
      outIm[k]! += re[n]! * Math.sin(angle) + im[n]! * Math.cos(angle);
    }
  }
  return { re: outRe, im: outIm };
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

function expectToBeTheTransform(fft: ComplexFft): void {
  const re = noise(fft.size, 1);
  const im = noise(fft.size, 2);
  const expected = slowTransform(re, im);
  const [resultRe, resultIm] = [re.slice(), im.slice()];
  fft.transform(resultRe, resultIm);
  expect(largestDifference(resultRe, expected.re)).toBeLessThan(1e-10);
  expect(largestDifference(resultIm, expected.im)).toBeLessThan(1e-10);
  fft.transform(resultIm, resultRe);
  expect(
    largestDifference(
      resultRe.map((value) => value / fft.size),
      re,
    ),
  ).toBeLessThan(1e-12);
}

describe('complex FFT', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 35, 49, 60, 77, 105, 210, 245, 420])(
    'agrees with the definition at %i points by mixed radices',
    (size) => expectToBeTheTransform(new MixedRadixFft(size)),
  );

  it.each([2, 4, 8, 64, 256])('agrees with the definition at %i points by fft.js', (size) => {
    expectToBeTheTransform(new PowerOfTwoFft(size));
  });

  it.each([1, 2, 5, 37, 97, 202])('agrees with the definition at %i points by chirps', (size) => {
    expectToBeTheTransform(new BluesteinFft(size));
  });

  it('is made for a size by what is quick for it', () => {
    expect(createComplexFft(4096)).toBeInstanceOf(PowerOfTwoFft);
    expect(createComplexFft(8820)).toBeInstanceOf(MixedRadixFft);
    expect(createComplexFft(2 * 8821)).toBeInstanceOf(BluesteinFft);
    expect(largestPrimeFactor(17640)).toBe(7);
    expect(largestPrimeFactor(8821)).toBe(8821);
  });
});

describe('real FFT', () => {
  it.each([1, 2, 3, 6, 7, 30, 97, 128, 202, 441])(
    'is the first half of the complex one at %i points',
    (size) => {
      const fft = createRealFft(size);
      const input = noise(size);
      const expected = slowTransform(input, new Float64Array(size));
      const re = new Float64Array(fft.bins);
      const im = new Float64Array(fft.bins);
      fft.forward(input, re, im);
      expect(fft.bins).toBe(Math.floor(size / 2) + 1);
      expect(largestDifference(re, expected.re)).toBeLessThan(1e-10);
      expect(largestDifference(im, expected.im)).toBeLessThan(1e-10);
    },
  );

  it.each([1, 2, 9, 4410, 5880, 8820, 17640, 8192, 5003])(
    'comes back through its inverse at %i points',
    (size) => {
      const fft = createRealFft(size);
      const input = noise(size);
      const re = new Float64Array(fft.bins);
      const im = new Float64Array(fft.bins);
      const output = new Float64Array(size);
      fft.forward(input, re, im);
      fft.inverse(re, im, output);
      expect(largestDifference(output, input)).toBeLessThan(1e-11);
    },
  );
});
