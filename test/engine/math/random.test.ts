import { describe, expect, it } from 'vitest';

import { EngineError } from '../../../src/engine/errors.js';
import { SeededRandom } from '../../../src/engine/math/random.js';

function uniforms(seed: number, count: number): number[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => random.nextUniform());
}

function gaussians(seed: number, count: number): Float32Array {
  const array = new Float32Array(count);
  new SeededRandom(seed).fillGaussian(array);
  return array;
}

describe('SeededRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    expect(uniforms(7, 50)).toEqual(uniforms(7, 50));
    expect(uniforms(7, 50)).not.toEqual(uniforms(8, 50));
    expect(uniforms(5, 4)).not.toEqual(uniforms(5 + 2 ** 32, 4));
  });

  it('never changes from one version of the program to the next', () => {
    expect(uniforms(42, 3)).toEqual([0.15377165265745885, 0.018084542542176507, 0.5348906284683476]);
    expect(Array.from(gaussians(42, 4))).toEqual([
      0.2675268352031708, 1.7424408197402954, 0.5813902616500854, -1.6928023099899292,
    ]);
  });

  it('spreads uniform numbers evenly over [0, 1)', () => {
    const values = uniforms(1, 20000);
    const bins = new Array<number>(10).fill(0);
    for (const value of values) bins[Math.floor(value * 10)]! += 1;
    for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('draws gaussians of mean 0, variance 1, and the tails of a normal distribution', () => {
    const values = gaussians(3, 100_000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
    expect(mean).toBeCloseTo(0, 1.5);
    expect(variance).toBeCloseTo(1, 1.5);
    expect(beyondTwo).toBeCloseTo(0.0455, 2);
  });

  it('fills an array with the numbers that single draws would give', () => {
    const random = new SeededRandom(11);
    const singly = Float32Array.from({ length: 5 }, () => random.nextGaussian());
    expect(gaussians(11, 5)).toEqual(singly);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the seed %s', (seed) => {
    expect(() => new SeededRandom(seed)).toThrow(EngineError);
  });
});
