import { describe, expect, it } from 'vitest';

import { weightedEmbeds } from '../../../../src/engine/diffusion/prompt/weighted-embeds.js';

describe('weightedEmbeds', () => {
  it('multiplies rows by their weights, and restores the mean of all', () => {
    const embeds = Float32Array.of(1, 2, 3, 4, 5, 6);
    // 1 2 | 6 8 | 5 6 sum to 28; the mean was that of 21.
    const expected = [1, 2, 6, 8, 5, 6].map((value) => (value * 21) / 28);
    const actual = weightedEmbeds(embeds, [1, 2, 1]);
    for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 6);
    expect([...embeds]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gives a copy of the same numbers when every weight is 1', () => {
    const embeds = Float32Array.of(1, -1, 0.1);
    const actual = weightedEmbeds(embeds, [1, 1, 1]);
    expect(actual).toEqual(embeds);
    expect(actual).not.toBe(embeds);
  });

  it.each([
    ['cancels out', [2, -1], [1, 2], [2, -2]],
    ['changes its sign', [3, -2], [1, 2], [3, -4]],
    ['is next to nothing', [3, -1], [1, 2.999], [3, -2.999]],
    ['was nothing', [1, -1], [2, 1], [2, -1]],
    ['is gone with all the rest', [1, 1], [0, 0], [0, 0]],
  ])('does not scale where the mean %s', (_, embeds, weights, expected) => {
    expect(weightedEmbeds(Float32Array.from(embeds), weights)).toEqual(Float32Array.from(expected));
  });
});
