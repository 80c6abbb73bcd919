import { describe, expect, it } from 'vitest';

import { enlarge, fewerLatents } from '../../../src/engine/diffusion/preview.js';

describe('a preview', () => {
  it('is made of the means of neighbouring latents, channel by channel', () => {
    const shape = [2, 32, 6] as const;
    const latents = Float32Array.from({ length: 2 * 32 * 6 }, (_, index) => index);
    const fewer = fewerLatents(latents, shape);
    expect([fewer.shape, fewer.factor]).toEqual([[2, 16, 3], 2]);
    expect([...fewer.latents.subarray(0, 3)]).toEqual([3.5, 5.5, 7.5]);
    expect(fewer.latents[16 * 3]).toBe(32 * 6 + 3.5);
  });

  it('leaves latents as they are when they are few, or cannot be halved evenly', () => {
    for (const shape of [
      [4, 16, 16],
      [1, 64, 63],
    ] as const) {
      const latents = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, index) => index);
      expect(fewerLatents(latents, shape)).toEqual({ latents, shape, factor: 1 });
    }
    expect(fewerLatents(new Float32Array(64 * 64), [1, 64, 64])).toMatchObject({
      shape: [1, 16, 16],
      factor: 4,
    });
  });

  it('is as large as the picture will be', () => {
    const small = { width: 2, height: 1, rgb: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
    const large = enlarge(small, 2);
    const row = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6];
    expect(large).toEqual({ width: 4, height: 2, rgb: Uint8Array.from([...row, ...row]) });
    expect(enlarge(small, 1)).toEqual(small);
  });
});
