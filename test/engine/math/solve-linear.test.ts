import { describe, expect, it } from 'vitest';

import { SeededRandom } from '../../../src/engine/math/random.js';
import { solveLinear } from '../../../src/engine/math/solve-linear.js';

describe('solveLinear', () => {
  it.each([1, 2, 3, 5])('finds the %d unknowns that the right side was made from', (size) => {
    const random = new SeededRandom(size);
    const matrix = Array.from({ length: size }, () =>
      Array.from({ length: size }, () => random.nextGaussian()),
    );
    const unknowns = Array.from({ length: size }, () => random.nextGaussian());
    const right = matrix.map((row) => row.reduce((sum, value, i) => sum + value * (unknowns[i] ?? NaN), 0));
    solveLinear(matrix, right).forEach((value, i) => expect(value).toBeCloseTo(unknowns[i] ?? NaN, 9));
  });

  it('does not need a first row that begins with something', () => {
    expect(
      solveLinear(
        [
          [0, 2],
          [4, 0],
        ],
        [6, 8],
      ),
    ).toEqual([2, 3]);
  });

  it('refuses equations that say the same twice', () => {
    expect(() =>
      solveLinear(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 2],
      ),
    ).toThrow(RangeError);
  });
});
