import { describe, expect, it } from 'vitest';

import { createFrameTransform } from '../../../src/engine/simd/frame-transform.js';
import { simd } from '../../../src/engine/simd/simd.js';
import { SimdArena } from '../../../src/engine/simd/simd-arena.js';

const megabytes = (): number => simd.memory.buffer.byteLength / 1e6;

describe('SimdArena', () => {
  it('hands out zeros at addresses that vectors can be read from, also where others wrote before', () => {
    const first = new SimdArena();
    for (let i = 0; i < 5; i++) {
      first
        .floats(1000 + i)
        .view()
        .fill(7);
    }
    first.dispose();
    const arena = new SimdArena();
    for (let i = 0; i < 5; i++) {
      const buffer = arena.floats(1000 + i);
      expect(buffer.address % 16).toBe(0);
      expect(buffer.view()).toEqual(new Float32Array(1000 + i));
    }
    expect(arena.bytes(3) % 16).toBe(0);
    arena.dispose();
  });

  it('copies values', () => {
    const arena = new SimdArena();
    expect(arena.floatsOf([1, 2.5, -3]).view()).toEqual(Float32Array.of(1, 2.5, -3));
    const address = arena.intsOf([1, -2, 3]);
    expect([...new Int32Array(simd.memory.buffer, address, 3)]).toEqual([1, -2, 3]);
    arena.dispose();
  });

  it('keeps what was written when the memory grows: a fresh view shows it', () => {
    const arena = new SimdArena();
    const kept = arena.floatsOf([1, 2, 3]);
    const old = kept.view();
    const before = simd.memory.buffer.byteLength;
    arena.floats(before / 4 + 1e6);
    expect(simd.memory.buffer.byteLength).toBeGreaterThan(before);
    expect(old.length).toBe(0);
    expect(kept.view()).toEqual(Float32Array.of(1, 2, 3));
    arena.dispose();
  });

  it('gives memory back: 200 large ones after each other need no more than one', () => {
    const use = (): void => {
      const arena = new SimdArena();
      for (let i = 1; i <= 4; i++) arena.floats(250_000 * i);
      const transform = createFrameTransform(4800);
      transform.dispose();
      arena.dispose();
    };
    use();
    const before = megabytes();
    for (let i = 0; i < 200; i++) use();
    expect(megabytes()).toBe(before);
  });

  it('says when there is no memory left, also where an address would wrap around', () => {
    const arena = new SimdArena();
    for (const length of [6e8, 2 ** 30, 1.25e9, 2 ** 40, Number.NaN]) {
      expect(() => arena.floats(length)).toThrow(RangeError);
    }
    expect(arena.floats(4).view()).toEqual(new Float32Array(4));
    arena.dispose();
    arena.dispose();
  });
});
