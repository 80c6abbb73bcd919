import { describe, expect, it } from 'vitest';

import { conditionFeeds, knownLatents } from '../../../src/engine/diffusion/conditions.js';

/** Channels, rows, columns. */
const SHAPE = [2, 2, 3] as const;
const LATENTS = Float32Array.from({ length: 12 }, (_, index) => index + 1);

/** Shares of all channels, from those of the rows. */
function shares(...rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from([...rows.flat(), ...rows.flat()]);
}

describe('what is known', () => {
  it('is a mask of columns, and the latents in them', () => {
    expect([...knownLatents(LATENTS, shares([1, 0, 1], [1, 0, 1]), SHAPE)!]).toEqual([
      ...[1, 0, 1, 1, 0, 1],
      ...[1, 0, 3, 4, 0, 6],
      ...[7, 0, 9, 10, 0, 12],
    ]);
  });

  it('is only what is kept from top to bottom, and wholly', () => {
    const known = knownLatents(LATENTS, shares([1, 1, 0.5], [1, 0, 0.5]), SHAPE);
    expect([...known!.subarray(0, 6)]).toEqual([1, 0, 0, 1, 0, 0]);
  });

  it('is nothing where no column is kept', () => {
    expect(knownLatents(LATENTS, shares([1, 0.9, 0], [0, 1, 0]), SHAPE)).toBeUndefined();
  });
});

describe('the denoiser’s further inputs', () => {
  const known = Float32Array.from({ length: 18 }, (_, index) => index);

  it('are the same for every picture of a batch', () => {
    const told = { known, rhythm: { beats: 10, beatsPerBar: 2 } };
    const feeds = conditionFeeds(['known', 'rhythm'], told, SHAPE, 2);
    expect(feeds['rhythm']).toEqual({ shape: [2, 2], data: Float32Array.of(10, 2, 10, 2) });
    expect(feeds['known']).toEqual({ shape: [2, 3, 2, 3], data: Float32Array.of(...known, ...known) });
  });

  it('are zeros where there is nothing to tell', () => {
    const feeds = conditionFeeds(['known', 'rhythm'], {}, SHAPE, 1);
    expect(feeds['rhythm']).toEqual({ shape: [1, 2], data: new Float32Array(2) });
    expect(feeds['known']).toEqual({ shape: [1, 3, 2, 3], data: new Float32Array(18) });
  });

  it('are those that the denoiser has', () => {
    expect(conditionFeeds([], { known, rhythm: { beats: 8, beatsPerBar: 4 } }, SHAPE, 1)).toEqual({});
    expect(Object.keys(conditionFeeds(['rhythm'], { known }, SHAPE, 1))).toEqual(['rhythm']);
  });
});
