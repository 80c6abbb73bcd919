import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SeededRandom } from '../../../src/engine/math/random.js';
import { SimdArena } from '../../../src/engine/simd/simd-arena.js';
import { applyMelFilterbank, createMelFilterbank } from '../../../src/engine/spectrogram/mel-filterbank.js';
import { MelInverse } from '../../../src/engine/spectrogram/mel-inverse.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { MelConstraint } from '../../../src/engine/vocoder/mel-constraint.js';
import { chooseVocoderGrids } from '../../../src/engine/vocoder/vocoder-grid.js';

const PARAMETERS: readonly Partial<SpectrogramParams>[] = [
  {},
  { numFrequencies: 8 },
  { numFrequencies: 37, minFrequency: 300 },
  { numFrequencies: 128, minFrequency: 20, maxFrequency: 20000 },
  { numFrequencies: 2048 },
  { sampleRate: 22050, maxFrequency: 11025, numFrequencies: 80 },
];

let arena: SimdArena;
beforeEach(() => (arena = new SimdArena()));
afterEach(() => arena.dispose());

/** One frame's constraint, with everything that it needs. */
function frameOf(change: Partial<SpectrogramParams>) {
  const params = { ...DEFAULT_SPECTROGRAM_PARAMS, ...change };
  const filterbank = createMelFilterbank(params);
  const { search, binStep } = chooseVocoderGrids(params, 1, params.sampleRate);
  const bins = Math.ceil(search.nFft / 2);
  const constraint = new MelConstraint({ filterbank, binStep, bins });
  const inverse = new MelInverse(filterbank, binStep);
  const buffers = {
    spectrum: arena.floats(2 * bins),
    magnitudes: arena.floats(bins),
    mel: arena.floats(params.numFrequencies),
  };
  /** Mel bands of the full grid, as a picture has them, of magnitudes on the coarse one. */
  const bandsOf = (magnitudes: Float32Array): Float32Array => {
    const fine = new Float32Array(filterbank.bins);
    for (let k = 0; k < fine.length; k += binStep) fine[k] = magnitudes[k / binStep] ?? 0;
    const mel = new Float32Array(params.numFrequencies);
    applyMelFilterbank(filterbank, fine, mel);
    return mel.map((value, j) => (constraint.melScales[j]! > 0 ? value / constraint.melScales[j]! : 0));
  };
  return { params, filterbank, binStep, bins, constraint, inverse, buffers, bandsOf };
}

type Frame = ReturnType<typeof frameOf>;

/** What is left of a spectrum of which a picture's bands are wanted. */
function constrained(
  { constraint, inverse, buffers }: Frame,
  spectrum: Float32Array,
  mel: Float32Array,
): Float32Array {
  buffers.spectrum.view().set(spectrum);
  inverse.solve(mel, buffers.magnitudes.view());
  buffers.mel.view().set(mel.map((value, j) => value * constraint.melScales[j]!));
  constraint.apply(buffers.spectrum.address, buffers.magnitudes.address, buffers.mel.address);
  return buffers.spectrum.view().slice();
}

function magnitudesOf(spectrum: Float32Array): Float32Array {
  return Float32Array.from({ length: spectrum.length / 2 }, (_, k) =>
    Math.hypot(spectrum[2 * k]!, spectrum[2 * k + 1]!),
  );
}

/** Complex Gaussian noise in all bins that some band reaches. */
function noise({ bins, filterbank, binStep }: Frame, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  const end = 2 * Math.min(bins, Math.ceil(filterbank.bins / binStep));
  return Float32Array.from({ length: 2 * bins }, (_, i) => (i < end ? 1000 * random.nextGaussian() : 0));
}

/** ||a - b|| / ||b||, as far as `isCounted`. */
function error(found: Float32Array, wanted: Float32Array, isCounted: (j: number) => boolean): number {
  let [difference, energy] = [0, 0];
  wanted.forEach((value, j) => {
    if (!isCounted(j)) return;
    difference += (found[j]! - value) ** 2;
    energy += value ** 2;
  });
  return Math.sqrt(difference / energy);
}

describe.each(PARAMETERS)('MelConstraint of %o', (change) => {
  it('knows what share of each band lies on the bins that are left', () => {
    const { constraint, filterbank, binStep } = frameOf(change);
    filterbank.filters.forEach(({ firstBin, weights }, j) => {
      const kept = weights.filter((_, i) => (firstBin + i) % binStep === 0).reduce((a, b) => a + b, 0);
      const all = weights.reduce((a, b) => a + b, 0);
      expect(constraint.melScales[j]).toBeCloseTo(all > 0 ? kept / all : 0, 6);
    });
    constraint.dispose();
  });

  it('leaves a spectrum as it is that is the mel inverse of its own bands', () => {
    const frame = frameOf(change);
    const smooth = new Float32Array(frame.params.numFrequencies).map((_, j) => 2000 + 10 * j);
    frame.inverse.solve(smooth, frame.buffers.magnitudes.view());
    const spectrum = new Float32Array(2 * frame.bins);
    const used = frame.inverse.bins;
    for (let k = 0; k < Math.min(used, frame.bins); k++) {
      const magnitude = frame.buffers.magnitudes.view()[k]!;
      spectrum[2 * k] = magnitude * Math.cos(k);
      spectrum[2 * k + 1] = magnitude * Math.sin(k);
    }
    const mel = frame.bandsOf(magnitudesOf(spectrum));
    frame.buffers.spectrum.view().set(spectrum);
    frame.buffers.mel.view().set(mel.map((value, j) => value * frame.constraint.melScales[j]!));
    const { spectrum: buffer, magnitudes, mel: wanted } = frame.buffers;
    frame.constraint.apply(buffer.address, magnitudes.address, wanted.address);
    spectrum.forEach((value, i) => {
      if (Math.abs(buffer.view()[i]! - value) > 2e-3 * (Math.abs(value) + 1)) {
        expect.fail(`bin ${i / 2}: ${buffer.view()[i]!} instead of ${value}`);
      }
    });
    frame.constraint.dispose();
  });

  it('brings any spectrum nearer to the bands of another, and leaves its phases', () => {
    const frame = frameOf(change);
    for (const seed of [1, 2, 3]) {
      const [spectrum, other] = [noise(frame, seed), noise(frame, seed + 10)];
      const mel = frame.bandsOf(magnitudesOf(other));
      const result = constrained(frame, spectrum, mel);
      const isCounted = (j: number): boolean => frame.constraint.melScales[j]! > 0;
      const before = error(frame.bandsOf(magnitudesOf(spectrum)), mel, isCounted);
      const after = error(frame.bandsOf(magnitudesOf(result)), mel, isCounted);
      expect(after).toBeLessThan(before);
      expect(after).toBeLessThan(Math.max(0.05, 0.4 * before));
      for (let k = 0; k < frame.bins; k++) {
        const cross = result[2 * k]! * spectrum[2 * k + 1]! - result[2 * k + 1]! * spectrum[2 * k]!;
        expect(Math.abs(cross)).toBeLessThanOrEqual(
          1e-3 * Math.hypot(result[2 * k]!, result[2 * k + 1]!) * 1000,
        );
      }
    }
    frame.constraint.dispose();
  });

  it('silences everything for a silent picture, and what lies outside of all bands for any', () => {
    const frame = frameOf(change);
    const loud = new Float32Array(2 * frame.bins).fill(1e5);
    const bands = frame.params.numFrequencies;
    expect(constrained(frame, loud, new Float32Array(bands))).toEqual(new Float32Array(2 * frame.bins));
    const result = constrained(frame, loud, new Float32Array(bands).fill(1e5));
    expect(result.every(Number.isFinite)).toBe(true);
    const reached = (k: number): boolean =>
      frame.filterbank.filters.some(({ firstBin, weights }) => weights[k * frame.binStep - firstBin]! > 0);
    magnitudesOf(result).forEach((magnitude, k) => {
      if (!reached(k)) expect(magnitude, `bin ${k}`).toBe(0);
    });
    frame.constraint.dispose();
  });

  it('silences the bins of bands that are silent among loud ones', () => {
    const frame = frameOf(change);
    const bands = frame.params.numFrequencies;
    const [from, to] = [Math.floor(bands / 2), Math.floor(bands / 2) + Math.max(3, Math.floor(bands / 8))];
    const mel = new Float32Array(bands).fill(1e4).fill(0, from, to);
    const result = magnitudesOf(constrained(frame, noise(frame, 5), mel));
    const { filters } = frame.filterbank;
    const largest = result.reduce((a, b) => Math.max(a, b));
    // Between the centres of the first and the last silent band there is nothing that another band would hold.
    const first = filters[from + 1]!.firstBin;
    const last = filters[to - 2]!.firstBin + filters[to - 2]!.weights.length;
    for (let k = Math.ceil(first / frame.binStep); k * frame.binStep < last; k++) {
      expect(result[k]! / largest, `bin ${k}`).toBeLessThan(0.02);
    }
    frame.constraint.dispose();
  });
});
