import { describe, expect, it } from 'vitest';

import { evenPace, paceOf } from '../../../../src/engine/diffusion/piece/even-pace.js';
import { glideOver } from '../../../../src/engine/diffusion/piece/glide.js';

describe('glideOver', () => {
  const layout = { columns: 24, window: 8, hop: 4, circular: false };

  it('goes from the middle of the first window to that of the last', () => {
    const glide = glideOver(layout);
    expect([0, 3.5, 11.5, 19.5, 23].map(glide)).toEqual([0, 0, 0.5, 1, 1]);
  });

  it('goes there and back in a circle', () => {
    const glide = glideOver({ ...layout, circular: true });
    expect([3.5, 9.5, 15.5, 21.5].map(glide)).toEqual([0, 0.5, 1, 0.5]);
    expect(glide(0)).toBeCloseTo(glide(24), 12);
  });
});

describe('evenPace', () => {
  /** Changes its mind between 0.6 and 0.7. */
  const minded = (alpha: number): number => 1 / (1 + Math.exp(-60 * (alpha - 0.65)));

  it('makes equal shares of the way equal changes, within the probes', async () => {
    const pace = await evenPace((alpha) => Promise.resolve(Float32Array.of(minded(alpha), 0)));
    const heard = Array.from({ length: 6 }, (_, step) => minded(pace(step / 5)));
    const changes = heard.slice(1).map((value, index) => value - heard[index]!);
    // At an even alpha nearly all of the change is in one step: 4.8 times the mean.
    expect(Math.max(...changes) / (1 / 5)).toBeLessThan(1.6);
    expect([pace(0), pace(1)]).toEqual([0, 1]);
  });

  it('leaves alone a way that is even, and one on which nothing changes', async () => {
    const even = await evenPace((alpha) => Promise.resolve(Float32Array.of(alpha)));
    const still = await evenPace(() => Promise.resolve(Float32Array.of(1)));
    for (const share of [0, 0.2, 0.5, 0.9, 1]) {
      expect(even(share)).toBeCloseTo(share, 6);
      expect(still(share)).toBe(share);
    }
  });

  it('never goes back', () => {
    const pace = paceOf([0, 0.25, 0.5, 1], [3, 0, 1]);
    expect([0, 0.375, 0.75, 0.875, 1].map(pace)).toEqual([0, 0.125, 0.25, 0.75, 1]);
  });
});
