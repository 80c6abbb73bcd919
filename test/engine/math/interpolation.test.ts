import { describe, expect, it } from 'vitest';

import { lerp, slerp } from '../../../src/engine/math/interpolation.js';
import { readSafetensors, tensor } from '../../helpers/safetensors.js';

const tensors = readSafetensors(new URL('../../fixtures/schedulers/vectors.safetensors', import.meta.url));
const a = tensor(tensors, 'slerp/a');
const b = tensor(tensors, 'slerp/b');

function largestDifference(x: Float32Array, y: Float32Array): number {
  return x.length === y.length ? Math.max(...x.map((value, i) => Math.abs(value - (y[i] ?? NaN)))) : NaN;
}

describe('slerp beside riffusion', () => {
  it.each([
    ['a', 'b', 0],
    ['a', 'b', 0.25],
    ['a', 'b', 0.5],
    ['a', 'b', 0.9],
    ['a', 'b', 1],
    ['a', 'near_a', 0.3],
  ])('%s to %s at %f', (from, to, alpha) => {
    const actual = slerp(tensor(tensors, `slerp/${from}`), tensor(tensors, `slerp/${to}`), alpha);
    expect(largestDifference(actual, tensor(tensors, `slerp/${from}_${to}_${alpha}`))).toBeLessThan(2e-5);
  });

  it('a to minus b, half way', () => {
    const minusB = b.map((value) => -value);
    expect(largestDifference(slerp(a, minusB, 0.5), tensor(tensors, 'slerp/a_minus_b_0.5'))).toBeLessThan(
      2e-5,
    );
  });
});

describe('slerp', () => {
  const length = (vector: Float32Array) => Math.hypot(...vector);

  it('keeps the length between vectors of one length', () => {
    const vector = slerp(Float32Array.of(3, 0), Float32Array.of(0, 3), 0.3);
    expect(length(vector)).toBeCloseTo(3, 6);
    expect(Math.atan2(vector[1] ?? NaN, vector[0] ?? NaN)).toBeCloseTo((0.3 * Math.PI) / 2, 6);
  });

  it('goes straight between parallel vectors, opposite ones, and from nowhere', () => {
    const x = Float32Array.of(1, 2);
    expect(slerp(x, Float32Array.of(2, 4), 0.5)).toEqual(Float32Array.of(1.5, 3));
    expect(slerp(x, Float32Array.of(-1, -2), 0.5)).toEqual(Float32Array.of(0, 0));
    expect(slerp(Float32Array.of(0, 0), x, 0.5)).toEqual(Float32Array.of(0.5, 1));
  });

  it('refuses arrays of different lengths', () => {
    expect(() => slerp(a, b.subarray(1), 0.5)).toThrow(RangeError);
  });
});

describe('lerp', () => {
  it('is at both ends exactly, and goes on beyond them', () => {
    expect(lerp(a, b, 0)).toEqual(a);
    expect(lerp(a, b, 1)).toEqual(b);
    expect(lerp(Float32Array.of(1), Float32Array.of(3), 1.5)).toEqual(Float32Array.of(4));
  });

  it('refuses arrays of different lengths', () => {
    expect(() => lerp(a, b.subarray(1), 0.5)).toThrow(RangeError);
  });
});
