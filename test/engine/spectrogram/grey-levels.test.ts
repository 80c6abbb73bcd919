import { describe, expect, it } from 'vitest';

import { SeededRandom } from '../../../src/engine/math/random.js';
import { GreyLevels } from '../../../src/engine/spectrogram/grey-levels.js';

describe('GreyLevels', () => {
  it.each([
    [0.25, 1],
    [0.25, 33_554_432],
    [0.25, 1e-30],
    [0.1, 17.3],
    [1, 1e9],
    [4, 250],
  ])('are those of the formula to the last one: power %d, max %d', (power, max) => {
    const levels = new GreyLevels(power, max);
    const random = new SeededRandom(3);
    let wrong = 0;
    for (let i = 0; i < 20_000; i++) {
      const amplitude = Math.fround(max * 10 ** (-12 * random.nextUniform()));
      const expected = Math.max(0, Math.trunc(255 - 255 * (amplitude / max) ** power));
      if (levels.levelOf(amplitude) !== expected) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it('change exactly where the formula does', () => {
    const levels = new GreyLevels(0.25, 1);
    for (let level = 1; level < 255; level++) {
      const border = ((255 - level) / 255) ** 4;
      for (const step of [-3e-7, -1e-7, 0, 1e-7, 3e-7]) {
        const amplitude = Math.fround(border * (1 + step));
        expect(levels.levelOf(amplitude)).toBe(Math.trunc(255 - 255 * amplitude ** 0.25));
      }
    }
  });

  it('are white for nothing, less than nothing and what is no number, black beyond the maximum', () => {
    const levels = new GreyLevels(0.25, 2);
    expect([0, -0, -1, Number.NaN, -Infinity].map((a) => levels.levelOf(a))).toEqual([
      255, 255, 255, 255, 255,
    ]);
    expect([2, 3, 1e30, Infinity].map((a) => levels.levelOf(a))).toEqual([0, 0, 0, 0]);
    expect(new GreyLevels(0.25, 0).levelOf(1)).toBe(255);
    expect(levels.levelOf(1e-45)).toBe(254);
  });
});
