import { describe, expect, it } from 'vitest';

import { WindowMean, cutColumns, windowStarts } from '../../../../src/engine/diffusion/piece/windows.js';

const layout = { columns: 20, window: 8, hop: 4, circular: false };

describe('windowStarts', () => {
  it('goes from the first column to the last window', () => {
    expect(windowStarts(layout)).toEqual([0, 4, 8, 12]);
  });

  it('goes all the way round in a circle', () => {
    expect(windowStarts({ ...layout, circular: true })).toEqual([0, 4, 8, 12, 16]);
  });

  it('spreads the windows evenly where hops do not fit, never further apart than a hop', () => {
    const starts = windowStarts({ ...layout, columns: 23 });
    expect(starts).toEqual([0, 4, 8, 11, 15]);
    expect(Math.max(...starts.slice(1).map((start, index) => start - starts[index]!))).toBeLessThanOrEqual(4);
  });

  it('is one window where one is enough', () => {
    expect(windowStarts({ ...layout, columns: 8, circular: true })).toEqual([0]);
  });
});

describe('cutColumns', () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);

  it('takes the same columns of each row', () => {
    expect(cutColumns({ data, columnSize: 1 }, 4, { start: 1, window: 2 })).toEqual(
      Float32Array.of(2, 3, 6, 7),
    );
  });

  it('goes on at the first column after the last', () => {
    expect(cutColumns({ data, columnSize: 1 }, 4, { start: 3, window: 3 })).toEqual(
      Float32Array.of(4, 1, 2, 8, 5, 6),
    );
  });

  it('keeps what belongs to a column together', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect(cutColumns({ data: bytes, columnSize: 2 }, 3, { start: 2, window: 2 })).toEqual(
      Uint8Array.of(5, 6, 1, 2),
    );
  });
});

describe('WindowMean', () => {
  it.each([false, true])('gives back what was cut, circular: %s', (circular) => {
    const data = Float32Array.from({ length: 40 }, (_, index) => Math.sin(index));
    const whole = new Float32Array(40);
    const mean = new WindowMean({ ...layout, circular }, { data: whole, columnSize: 1 });
    for (const start of windowStarts({ ...layout, circular })) {
      mean.add(start, cutColumns({ data, columnSize: 1 }, 20, { start, window: 8 }));
    }
    for (const [index, value] of data.entries()) expect(whole[index]).toBeCloseTo(value, 6);
  });

  it('goes over from one window to the next without a step', () => {
    const whole = new Float32Array(20);
    const mean = new WindowMean(layout, { data: whole, columnSize: 1 });
    for (const [index, start] of windowStarts(layout).entries()) {
      mean.add(start, new Float32Array(8).fill(index));
    }
    const steps = whole.slice(1).map((value, index) => value - whole[index]!);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(-1e-6);
    // A step would be 1.
    expect(Math.max(...steps)).toBeLessThan(0.4);
    expect([whole[0], whole[19]]).toEqual([0, 3]);
  });

  it('rounds bytes', () => {
    const whole = new Uint8ClampedArray(12);
    const mean = new WindowMean({ ...layout, columns: 12 }, { data: whole, columnSize: 1 });
    mean.add(0, new Uint8Array(8).fill(10));
    mean.add(4, new Uint8Array(8).fill(11));
    expect([...whole]).toEqual([10, 10, 10, 10, 10, 10, 11, 11, 11, 11, 11, 11]);
  });
});
