import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createRealFft } from '../../../src/engine/math/create-fft.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { periodicHann } from '../../../src/engine/math/window.js';
import { SimdArena } from '../../../src/engine/simd/simd-arena.js';
import { PhaseIntegration } from '../../../src/engine/vocoder/phase-integration.js';

const GRID = { sampleRate: 24000, nFft: 960, winLength: 960, hopLength: 120 };
const BINS = 400;
const FRAMES = 40;

let arena: SimdArena;
beforeEach(() => (arena = new SimdArena()));
afterEach(() => arena.dispose());

interface Spectra {
  /** FRAMES * BINS values. */
  readonly magnitudes: Float32Array;
  readonly phases: Float32Array;
}

/** Of frames that begin `hopLength` samples apart, referred to their own first sample. */
function analyse(signal: (n: number) => number, frames = FRAMES): Spectra {
  const fft = createRealFft(GRID.nFft);
  const window = periodicHann(GRID.winLength);
  const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  const magnitudes = new Float32Array(frames * BINS);
  const phases = new Float32Array(frames * BINS);
  for (let t = 0; t < frames; t++) {
    fft.forward(
      window.map((weight, n) => weight * signal(t * GRID.hopLength + n)),
      re,
      im,
    );
    for (let k = 0; k < BINS; k++) {
      magnitudes[t * BINS + k] = Math.hypot(re[k]!, im[k]!);
      phases[t * BINS + k] = Math.atan2(im[k]!, re[k]!);
    }
  }
  return { magnitudes, phases };
}

interface Known {
  readonly before?: number;
  readonly from?: number;
  readonly phases?: Float32Array;
}

function integrate(
  magnitudes: Float32Array,
  { known = {}, circular = false, seed = 1 }: { known?: Known; circular?: boolean; seed?: number } = {},
): Float32Array {
  const frames = magnitudes.length / BINS;
  const integration = new PhaseIntegration(GRID, BINS, frames, circular);
  if (known.phases) integration.phases.view().set(known.phases);
  const { before = 0, from = frames } = known;
  integration.run(arena.floatsOf(magnitudes).address, frames, { before, from }, seed);
  const phases = integration.phases.view().slice();
  integration.dispose();
  return phases;
}

/** To -pi..pi. */
function turned(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

const sine = (hertz: number) => (n: number) => 1000 * Math.sin((2 * Math.PI * hertz * n) / GRID.sampleRate);
/** Music's worst case: all bins at work, none for long. */
function noise(): (n: number) => number {
  const random = new SeededRandom(7);
  const samples = Float32Array.from({ length: 20000 }, () => 1000 * random.nextGaussian());
  return (n) => samples[n]!;
}

describe('PhaseIntegration', () => {
  it.each([503.7, 1000, 2512.5, 7777])('gives a sine of %d Hz the advance of its own frequency', (hertz) => {
    const phases = integrate(analyse(sine(hertz)).magnitudes);
    const bin = Math.round((hertz * GRID.nFft) / GRID.sampleRate);
    const advance = (2 * Math.PI * hertz * GRID.hopLength) / GRID.sampleRate;
    for (const k of [bin - 1, bin, bin + 1]) {
      for (let t = 1; t < FRAMES; t++) {
        const step = phases[t * BINS + k]! - phases[(t - 1) * BINS + k]!;
        // A Hann window is not quite the Gaussian that the gradients are exact for.
        expect(Math.abs(turned(step - advance)), `frame ${t}, bin ${k}`).toBeLessThan(0.15);
      }
    }
  });

  it('gives an impulse the linear phase of its place in the frame', () => {
    const place = 2400;
    const { magnitudes } = analyse((n) => (n === place ? 1e6 : 0));
    const phases = integrate(magnitudes);
    for (let t = 14; t < 19; t++) {
      const slope = (-2 * Math.PI * (place - t * GRID.hopLength)) / GRID.nFft;
      for (let k = 10; k < BINS - 10; k++) {
        const step = phases[t * BINS + k + 1]! - phases[t * BINS + k]!;
        expect(Math.abs(turned(step - slope)), `frame ${t}, bin ${k}`).toBeLessThan(0.15);
      }
    }
  });

  it('gives silence phases within half a turn, and the same for the same seed only', () => {
    const silence = new Float32Array(FRAMES * BINS);
    const phases = integrate(silence, { seed: 3 });
    expect(phases.every((phase) => Math.abs(phase) <= Math.fround(Math.PI))).toBe(true);
    expect(new Set(phases).size).toBeGreaterThan(0.9 * phases.length);
    expect(integrate(silence, { seed: 3 })).toEqual(phases);
    expect(integrate(silence, { seed: 4 })).not.toEqual(phases);
  });

  it('gives every bin of noise a phase within half a turn', () => {
    const phases = integrate(analyse(noise()).magnitudes);
    expect(phases.every((phase) => Math.abs(phase) <= Math.fround(Math.PI))).toBe(true);
  });

  it('leaves the phases of known frames as they are, silent bins and all', () => {
    const { magnitudes, phases: known } = analyse(noise());
    magnitudes.fill(0, 0, 5);
    const phases = integrate(magnitudes, { known: { before: 9, from: 35, phases: known } });
    expect(phases.subarray(0, 9 * BINS)).toEqual(known.subarray(0, 9 * BINS));
    expect(phases.subarray(35 * BINS)).toEqual(known.subarray(35 * BINS));
  });

  it('goes on from the phases of known frames', () => {
    const hertz = 1012.5;
    const { magnitudes, phases: known } = analyse(sine(hertz));
    const phases = integrate(magnitudes, { known: { before: 9, phases: known } });
    const k = Math.round((hertz * GRID.nFft) / GRID.sampleRate);
    for (const t of [9, 10, 12]) {
      expect(Math.abs(turned(phases[t * BINS + k]! - known[t * BINS + k]!))).toBeLessThan(0.3);
    }
    const free = integrate(magnitudes);
    expect(Math.abs(turned(free[9 * BINS + k]! - known[9 * BINS + k]!))).toBeGreaterThan(0.3);
  });

  it('goes around the end of a loop: frames may begin anywhere', () => {
    // Loud only in the last frames and the first, so that the way between them leads over the end.
    const hertz = 1000;
    const { magnitudes } = analyse(sine(hertz));
    magnitudes.fill(0, 8 * BINS, 32 * BINS);
    const k = (hertz * GRID.nFft) / GRID.sampleRate;
    const advance = (2 * Math.PI * hertz * GRID.hopLength) / GRID.sampleRate;
    const overTheEnd = (phases: Float32Array): number =>
      Math.abs(turned(phases[k]! - phases[(FRAMES - 1) * BINS + k]! - advance));
    expect(overTheEnd(integrate(magnitudes, { circular: true }))).toBeLessThan(0.15);
    const apart = [1, 2, 3, 4].map((seed) => overTheEnd(integrate(magnitudes, { seed })));
    expect(Math.max(...apart)).toBeGreaterThan(0.5);
  });

  it('takes loops of one frame and of two', () => {
    const { magnitudes } = analyse(sine(1000), 2);
    for (const frames of [1, 2]) {
      const phases = integrate(magnitudes.subarray(0, frames * BINS), { circular: true });
      expect(phases.every(Number.isFinite)).toBe(true);
    }
  });

  it('stays finite for magnitudes of all sizes', () => {
    for (const size of [1e-38, 1e-20, 1e15, 1e17]) {
      const magnitudes = analyse(noise(), 8).magnitudes.map((value) => (value / 1e5) * size);
      expect(integrate(magnitudes).every(Number.isFinite), `${size}`).toBe(true);
    }
  });
});
