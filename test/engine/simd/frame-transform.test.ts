import { describe, expect, it } from 'vitest';

import { createRealFft } from '../../../src/engine/math/create-fft.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { createFrameTransform, isSimdSize } from '../../../src/engine/simd/frame-transform.js';

const SIMD_SIZES = [32, 64, 96, 160, 288, 800, 1024, 2400, 4800, 9600];
const OTHER_SIZES = [1, 2, 3, 16, 31, 33, 224, 440, 997, 1000, 4410, 17640];

function noise(length: number): Float32Array {
  const random = new SeededRandom(length);
  return Float32Array.from({ length }, () => random.nextGaussian());
}

/** Interleaved, the last bin of an even size in the place of bin 0's imaginary part. */
function expectedSpectrum(samples: Float32Array): number[] {
  const fft = createRealFft(samples.length);
  const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  fft.forward(Float64Array.from(samples), re, im);
  const pairs = Math.ceil(samples.length / 2);
  const values = Array.from({ length: 2 * pairs }, (_, i) => (i % 2 === 0 ? re : im)[Math.floor(i / 2)]!);
  values[1] = samples.length % 2 === 0 ? re.at(-1)! : 0;
  return values;
}

describe.each([...SIMD_SIZES, ...OTHER_SIZES])('a transform of %i points', (size) => {
  it('has the spectrum of the plain transform, and gives the frame back times its size', () => {
    const transform = createFrameTransform(size);
    try {
      const samples = noise(size);
      transform.frame.view().set(samples);
      transform.forward();
      const scale = Math.sqrt(size);
      const spectrum = transform.spectrum.view();
      expectedSpectrum(samples).forEach((value, i) => {
        if (Math.abs(spectrum[i]! - value) > 1e-5 * scale) {
          expect.fail(`value ${i}: ${spectrum[i]!}, ${value}`);
        }
      });
      transform.inverse();
      transform.output.view().forEach((value, n) => {
        if (Math.abs(value / size - samples[n]!) > 1e-5) expect.fail(`sample ${n}: ${value / size}`);
      });
      expect(transform.frame.view()).toEqual(samples);
    } finally {
      transform.dispose();
    }
  });
});

describe('isSimdSize', () => {
  it('takes multiples of 32 without primes above 5', () => {
    for (const size of SIMD_SIZES) expect(isSimdSize(size), `${size}`).toBe(true);
    for (const size of OTHER_SIZES) expect(isSimdSize(size), `${size}`).toBe(false);
  });

  it('refuses what is no size at all', () => {
    for (const size of [0, -32, 32.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(isSimdSize(size), `${size}`).toBe(false);
    }
  });

  it('lets no size through that would end the process: every one up to 2000 can be transformed', () => {
    const sizes = Array.from({ length: 2000 }, (_, i) => i + 1).filter(isSimdSize);
    expect(sizes.length).toBe(26);
    for (const size of sizes) {
      const transform = createFrameTransform(size);
      transform.frame.view()[0] = 1;
      transform.forward();
      expect(transform.spectrum.view()[size - 2]).toBeCloseTo(1, 5);
      transform.dispose();
    }
  });
});

describe('createFrameTransform', () => {
  it('refuses sizes that are none', () => {
    for (const size of [0, -32, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createFrameTransform(size)).toThrow(RangeError);
    }
  });

  it('can be disposed of twice, without harm to others', () => {
    const first = createFrameTransform(96);
    first.dispose();
    first.dispose();
    const [a, b] = [createFrameTransform(96), createFrameTransform(96)];
    a.frame.view().fill(1);
    b.frame.view().fill(2);
    a.forward();
    b.forward();
    expect([a.spectrum.view()[0], b.spectrum.view()[0]]).toEqual([96, 192]);
    a.dispose();
    b.dispose();
  });
});
