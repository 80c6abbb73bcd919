import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SeededRandom } from '../../../src/engine/math/random.js';
import { simd } from '../../../src/engine/simd/simd.js';
import { SimdArena } from '../../../src/engine/simd/simd-arena.js';
import type { FloatBuffer } from '../../../src/engine/simd/simd-arena.js';

const { kernels } = simd;
/** Whole vectors, every possible tail, and none at all. */
const LENGTHS = [1, 2, 3, 4, 5, 7, 64, 441, 1021];
const BYTES = 4;

let arena: SimdArena;
beforeEach(() => (arena = new SimdArena()));
afterEach(() => arena.dispose());

function random(length: number, seed: number, from = -1, to = 1): Float32Array {
  const source = new SeededRandom(seed);
  return Float32Array.from({ length }, () => from + (to - from) * source.nextUniform());
}

/** So many values, followed by others that a kernel must leave alone. */
function guarded(values: Float32Array): FloatBuffer {
  const buffer = arena.floats(values.length + 16);
  buffer.view().fill(123).set(values);
  return buffer;
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  for (let i = 0; i < expected.length; i++) {
    const allowed = tolerance * Math.max(1, Math.abs(expected[i]!));
    if (!(Math.abs(found[i]! - expected[i]!) <= allowed)) {
      expect.fail(`value ${i} is ${found[i]!} instead of ${expected[i]!}`);
    }
  }
}

describe.each(LENGTHS)('kernels on %i values', (length) => {
  it('window a frame, and write no value more', () => {
    const [signal, window] = [random(length, 1), random(length, 2)];
    const frame = guarded(new Float32Array(length));
    kernels.windowFrame(
      arena.floatsOf(signal).address,
      arena.floatsOf(window).address,
      frame.address,
      length,
    );
    expect(frame.view().subarray(0, length)).toEqual(signal.map((sample, n) => sample * window[n]!));
    expect(frame.view().subarray(length)).toEqual(new Float32Array(16).fill(123));
  });

  it('add a windowed frame to a signal at any sample, and change no other', () => {
    const [frame, window, signal] = [random(length, 1), random(length, 2), random(length + 9, 3)];
    for (const offset of [0, 1, 2, 3]) {
      const sum = guarded(signal);
      const at = sum.address + offset * BYTES;
      kernels.overlapAdd(arena.floatsOf(frame).address, arena.floatsOf(window).address, at, length);
      const expected = signal.map((sample, n) => {
        const i = n - offset;
        return i >= 0 && i < length ? sample + Math.fround(frame[i]! * window[i]!) : sample;
      });
      expect(sum.view().subarray(0, signal.length)).toEqual(expected);
    }
  });

  it('take a step of accelerated Griffin-Lim', () => {
    const [sum, weights, previous] = [random(length, 1), random(length, 2), random(length, 3)];
    const [before, estimate] = [arena.floatsOf(previous), arena.floats(length)];
    kernels.accelerate(
      arena.floatsOf(sum).address,
      arena.floatsOf(weights).address,
      before.address,
      estimate.address,
      0.99,
      length,
    );
    const x = sum.map((value, n) => value * weights[n]!);
    expect(before.view()).toEqual(x);
    expectNear(
      estimate.view(),
      x.map((value, n) => value + 0.99 * (value - previous[n]!)),
      1e-6,
    );
  });

  it('find the largest of them', () => {
    const values = random(length, 4, 0, 1e7);
    expect(kernels.largestOf(arena.floatsOf(values).address, length)).toBe(Math.max(...values));
  });

  it('turn magnitudes and phases into a spectrum and back', () => {
    const magnitudes = random(length, 5, 0, 1e4);
    const phases = random(length, 6, -Math.PI, Math.PI);
    const spectrum = arena.floats(2 * length);
    const phaseAddress = arena.floatsOf(phases).address;
    kernels.fromPolar(spectrum.address, arena.floatsOf(magnitudes).address, phaseAddress, length);
    const expected = [...magnitudes].flatMap((magnitude, k) => [
      magnitude * Math.cos(phases[k]!),
      magnitude * Math.sin(phases[k]!),
    ]);
    spectrum.view().forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5 * magnitudes[Math.floor(i / 2)]! + 1e-6);
    });
    const again = arena.floats(length);
    kernels.magnitudesOf(spectrum.address, again.address, length);
    expectNear(again.view(), magnitudes, 1e-5);
  });

  it('bring a spectrum to other magnitudes and leave its phases', () => {
    const spectrum = random(2 * length, 7);
    const wanted = random(length, 8, 0, 50);
    const [buffer, magnitudes, gains] = [
      arena.floatsOf(spectrum),
      arena.floats(length),
      arena.floats(length),
    ];
    kernels.magnitudesOf(buffer.address, magnitudes.address, length);
    kernels.gainsTowards(
      arena.floatsOf(wanted).address,
      magnitudes.address,
      gains.address,
      0,
      Math.ceil(length / 4) * 4,
    );
    kernels.applyGains(buffer.address, gains.address, length);
    for (let k = 0; k < length; k++) {
      const [re, im] = [buffer.view()[2 * k]!, buffer.view()[2 * k + 1]!];
      expect(Math.hypot(re, im)).toBeCloseTo(wanted[k]!, 3);
      expect(Math.atan2(im, re)).toBeCloseTo(Math.atan2(spectrum[2 * k + 1]!, spectrum[2 * k]!), 4);
    }
  });
});

describe('kernels', () => {
  it('leave silence silent, whatever is wanted of it', () => {
    const [spectrum, magnitudes, gains] = [arena.floats(8), arena.floats(4), arena.floats(4)];
    kernels.magnitudesOf(spectrum.address, magnitudes.address, 4);
    kernels.gainsTowards(arena.floatsOf([3e7, 0, 1, 1e15]).address, magnitudes.address, gains.address, 0, 4);
    kernels.applyGains(spectrum.address, gains.address, 4);
    expect(spectrum.view()).toEqual(new Float32Array(8));
  });

  it('keep right angles right, and phases of half a turn', () => {
    const phases = [0, Math.PI / 2, Math.PI, -Math.PI / 2, -Math.PI, 1e-8];
    const spectrum = arena.floats(2 * phases.length);
    const ones = arena.floatsOf(phases.map(() => 1)).address;
    kernels.fromPolar(spectrum.address, ones, arena.floatsOf(phases).address, phases.length);
    const expected = phases.flatMap((phase) => [Math.cos(phase), Math.sin(phase)]);
    spectrum.view().forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(5e-6));
  });

  it('take logarithms over a floor, below which a bin counts as silent', () => {
    const magnitudes = Float32Array.from([0, 1e-7, 1e-6, 1.5e-6, 1e-3, 0.5, 1, 1e7]);
    const [logs, states] = [arena.floats(8), arena.bytes(8)];
    kernels.logMagnitudes(arena.floatsOf(magnitudes).address, 1e-6, logs.address, states, 8);
    const expected = magnitudes.map((magnitude) => Math.log(Math.max(1, magnitude / 1e-6)));
    expectNear(logs.view(), expected, 1e-4);
    expect([...new Uint8Array(simd.memory.buffer, states, 8)]).toEqual([0, 0, 0, 1, 1, 1, 1, 1]);
  });
});
