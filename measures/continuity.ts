/** What happens in a sound at one sample, in numbers that are small where it simply goes on. */
import { createRealFft } from '../src/engine/math/create-fft.js';
import type { RealFft } from '../src/engine/math/fft.js';
import { periodicHann } from '../src/engine/math/window.js';
import { predictionResidual } from './linear-prediction.js';

export interface Continuity {
  /** Change of the magnitudes from the 23 ms before to the 23 ms after, as a share of both together: 0..1. */
  readonly spectralFlux: number;
  /** Change of the power from the 20 ms before to the 20 ms after, up or down, dB. */
  readonly levelStepDb: number;
  /** Largest unpredictable sample within 1 ms, in units of what is usual within 20 ms. */
  readonly click: number;
  /** How far the phases are from where those just before let expect them, as a share of the magnitudes. */
  readonly phaseJump: number;
}

const FRAME_SECONDS = 0.0232;
const LEVEL_SECONDS = 0.02;
const CLICK_SECONDS = 0.001;
const PREDICTION_ORDER = 32;
/** Phases are predicted half a frame ahead, from two frames an eighth apart. */
const PARTS = 8;
const PARTS_AHEAD = 4;
/** Below the power of the whole channel by this much, a change of level means nothing. */
const SILENCE_DB = -60;

/** Looks at single samples of one channel. Not reentrant (it keeps scratch buffers). */
export class ContinuityMeter {
  /** Samples that a moment needs on either side. */
  readonly reach: number;
  readonly #samples: Float32Array;
  readonly #fft: RealFft;
  readonly #window: Float64Array;
  readonly #levelLength: number;
  readonly #clickLength: number;
  readonly #silence: number;

  constructor(samples: Float32Array, sampleRate: number) {
    this.#samples = samples;
    const frameLength = PARTS * Math.max(2, Math.round((FRAME_SECONDS * sampleRate) / PARTS));
    this.#fft = createRealFft(frameLength);
    this.#window = periodicHann(frameLength);
    this.#levelLength = Math.round(LEVEL_SECONDS * sampleRate);
    this.#clickLength = Math.max(1, Math.round(CLICK_SECONDS * sampleRate));
    this.reach = Math.max(frameLength + frameLength / PARTS, this.#levelLength + PREDICTION_ORDER);
    this.#silence = meanPower(samples) * 10 ** (SILENCE_DB / 10) + Number.MIN_VALUE;
  }

  /** @param n at least `reach` samples from both ends: the first sample after the moment in question */
  at(n: number): Continuity {
    return {
      spectralFlux: this.#spectralFlux(n),
      levelStepDb: this.#levelStep(n),
      click: this.#click(n),
      phaseJump: this.#phaseJump(n),
    };
  }

  #spectralFlux(n: number): number {
    const before = this.#spectrum(n - this.#fft.size);
    const after = this.#spectrum(n);
    let difference = 0;
    let total = 0;
    for (let k = 0; k < before.re.length; k++) {
      const a = magnitude(before, k);
      const b = magnitude(after, k);
      difference += Math.abs(a - b);
      total += a + b;
    }
    return total > 0 ? difference / total : 0;
  }

  #levelStep(n: number): number {
    const before = meanPower(this.#samples.subarray(n - this.#levelLength, n)) + this.#silence;
    const after = meanPower(this.#samples.subarray(n, n + this.#levelLength)) + this.#silence;
    return Math.abs(10 * Math.log10(after / before));
  }

  #click(n: number): number {
    const start = n - this.#levelLength - PREDICTION_ORDER;
    const stretch = this.#samples.subarray(start, n + this.#levelLength);
    const residual = predictionResidual(stretch, PREDICTION_ORDER);
    const first = n - start - this.#clickLength;
    const close = residual.subarray(first, first + 2 * this.#clickLength);
    const peak = close.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    // The middle one of the sizes: the click itself must not raise what it is compared with.
    const usual = residual.subarray(PREDICTION_ORDER).map(Math.abs).sort()[this.#levelLength]!;
    return peak / (usual + Math.sqrt(this.#silence));
  }

  /** Complex-domain deviation (Bello, Duxbury, Davies & Sandler 2004), further ahead. */
  #phaseJump(n: number): number {
    const part = this.#fft.size / PARTS;
    const first = this.#spectrum(n - this.#fft.size - part);
    const second = this.#spectrum(n - this.#fft.size);
    const third = this.#spectrum(n - this.#fft.size + PARTS_AHEAD * part);
    let deviation = 0;
    let total = 0;
    for (let k = 0; k < first.re.length; k++) {
      const phase = Math.atan2(second.im[k]!, second.re[k]!);
      const advance = phase - Math.atan2(first.im[k]!, first.re[k]!);
      const expected = phase + PARTS_AHEAD * advance;
      const size = magnitude(third, k);
      deviation += Math.hypot(
        third.re[k]! - size * Math.cos(expected),
        third.im[k]! - size * Math.sin(expected),
      );
      total += size;
    }
    return total > 0 ? deviation / total : 0;
  }

  #spectrum(start: number): Spectrum {
    const frame = this.#window.map((weight, i) => weight * this.#samples[start + i]!);
    const spectrum = { re: new Float64Array(this.#fft.bins), im: new Float64Array(this.#fft.bins) };
    this.#fft.forward(frame, spectrum.re, spectrum.im);
    return spectrum;
  }
}

interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function magnitude({ re, im }: Spectrum, k: number): number {
  return Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!);
}

function meanPower(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length > 0 ? sum / samples.length : 0;
}
