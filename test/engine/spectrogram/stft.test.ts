import { describe, expect, it } from 'vitest';

import { SeededRandom } from '../../../src/engine/math/random.js';
import { periodicHann } from '../../../src/engine/math/window.js';
import { griffinLim, phasesOf, synthesize } from '../../../src/engine/spectrogram/griffin-lim.js';
import type { MagnitudeFrames } from '../../../src/engine/spectrogram/griffin-lim.js';
import { Stft } from '../../../src/engine/spectrogram/stft.js';
import { goldenArray, goldenClip, relativeError } from '../../helpers/golden-audio.js';

const riffusion = { nFft: 17640, winLength: 4410, hopLength: 441 };

function noise(length: number): Float64Array {
  const random = new SeededRandom(4);
  return Float64Array.from({ length }, () => random.nextGaussian());
}

function magnitudesOf(signal: Float64Array | Float32Array, stft: Stft): MagnitudeFrames {
  const frames = stft.numberOfFrames(signal.length);
  const values = new Float32Array(frames * stft.bins);
  const re = new Float64Array(stft.bins);
  const im = new Float64Array(stft.bins);
  for (let t = 0; t < frames; t++) {
    stft.forward(signal, t, re, im);
    for (let k = 0; k < stft.bins; k++) values[t * stft.bins + k] = Math.hypot(re[k]!, im[k]!);
  }
  return { frames, bins: stft.bins, values };
}

describe('Stft', () => {
  it("has torch's window", () => {
    const expected = goldenArray('hann_window_4410').data;
    expect(relativeError(expected, periodicHann(4410))).toBeLessThan(1e-6);
  });

  it("gives torch's complex frames, at the ends too", () => {
    const signal = goldenClip('piano').channels[0]!.map((sample) => sample * 32768);
    const { data, shape } = goldenArray('piano_stft_frames');
    const stft = new Stft(riffusion);
    expect([stft.bins, stft.numberOfFrames(signal.length)]).toEqual([shape[0], 512]);
    const re = new Float64Array(stft.bins);
    const im = new Float64Array(stft.bins);
    const largest = (data as Float32Array).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    let worst = 0;
    [0, 20, 256, 511].forEach((t, column) => {
      stft.forward(signal, t, re, im);
      for (let k = 0; k < stft.bins; k++) {
        const at = 2 * (k * shape[1]! + column);
        worst = Math.max(worst, Math.abs(re[k]! - data[at]!), Math.abs(im[k]! - data[at + 1]!));
      }
    });
    expect(worst / largest).toBeLessThan(1e-6);
  });

  it.each([
    { nFft: 256, winLength: 64, hopLength: 16, circular: false },
    { nFft: 105, winLength: 63, hopLength: 20, circular: false },
    { nFft: 128, winLength: 128, hopLength: 32, circular: true },
  ])('is undone by its inverse ($nFft, $winLength, $hopLength, circular $circular)', (options) => {
    const stft = new Stft(options);
    const signal = noise(stft.numberOfSamples(12));
    const again = synthesize(magnitudesOf(signal, stft), stft, phasesOf(signal, stft));
    expect(stft.numberOfFrames(signal.length)).toBe(12);
    expect(relativeError(signal, again)).toBeLessThan(1e-6);
  });

  it('sees a rotated loop as the same frames, rotated', () => {
    const stft = new Stft({ nFft: 128, winLength: 64, hopLength: 16, circular: true });
    const signal = noise(160);
    const rotated = Float64Array.from(signal, (_, n) => signal[(n + 48) % 160]!);
    const { values, bins } = magnitudesOf(signal, stft);
    const shifted = magnitudesOf(rotated, stft).values;
    expect(Array.from(shifted.subarray(0, 7 * bins))).toEqual(Array.from(values.subarray(3 * bins)));
  });

  it('takes signals shorter than its window, down to one sample', () => {
    for (const circular of [false, true]) {
      const stft = new Stft({ nFft: 128, winLength: 64, hopLength: 16, circular });
      for (const length of [1, 2, 17]) {
        expect(magnitudesOf(noise(length), stft).values.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe('griffinLim', () => {
  it('follows torchaudio step by step from phases 0', () => {
    const signal = goldenClip('drums')
      .channels[0]!.map((sample) => sample * 32768)
      .subarray(0, 88200);
    const stft = new Stft(riffusion);
    const expected = goldenArray('drums_gl_zero_phase_iter2').data;
    const result = griffinLim(magnitudesOf(signal, stft), stft, { iterations: 2, momentum: 0.99 });
    // Two iterations carry the missing end of the clip at most 1.5 windows of 400 ms towards the start.
    expect(relativeError(expected, result.subarray(0, 60000))).toBeLessThan(1e-3);
  });

  it('comes nearer to the magnitudes with every few iterations, faster with momentum', () => {
    const stft = new Stft({ nFft: 512, winLength: 256, hopLength: 32 });
    const target = magnitudesOf(noise(4096), stft);
    const convergence = (iterations: number, momentum: number): number =>
      relativeError(
        target.values,
        magnitudesOf(griffinLim(target, stft, { iterations, momentum }), stft).values,
      );
    expect(convergence(8, 0.99)).toBeLessThan(convergence(1, 0.99));
    expect(convergence(32, 0.99)).toBeLessThan(convergence(8, 0.99));
    expect(convergence(32, 0.99)).toBeLessThan(convergence(32, 0));
  });
});
