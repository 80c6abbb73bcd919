import { CancelledError } from '../errors.js';
import type { SeededRandom } from '../math/random.js';
import type { Stft } from './stft.js';

/** Magnitudes of a spectrogram, frame after frame, each from bin 0 up; bins that are not there are silent. */
export interface MagnitudeFrames {
  readonly frames: number;
  /** Bins per frame, at most those of the transform. */
  readonly bins: number;
  /** `frames * bins` values, none below 0. */
  readonly values: Float32Array;
}

/** Fills `re` and `im` (one value per bin) with the complex factors of frame t's magnitudes. */
export type Phases = (t: number, re: Float64Array, im: Float64Array) => void;

export interface GriffinLimOptions {
  /** Times that the phases are renewed; 0 only applies the starting phases. @defaultValue 32 */
  readonly iterations?: number;
  /** Acceleration in torchaudio's scale, 0..1: m weighs the previous iterate by m / (1 + m). @defaultValue 0.99 */
  readonly momentum?: number;
  /** @defaultValue zeroPhases */
  readonly start?: Phases;
  /** Ends the work between two iterations. */
  readonly signal?: AbortSignal;
}

/**
 * Sound whose magnitudes come as near to the given ones as phases allow: the fast Griffin-Lim algorithm (Griffin &
 * Lim 1984; Perraudin, Balazs & Sondergaard 2013) in the form of torchaudio.functional.griffinlim.
 *
 * torchaudio subtracts the weighted spectrum of the previous iterate; the transform being linear, we subtract the
 * previous signal instead, which needs no spectrum to be kept.
 *
 * @returns `stft.numberOfSamples(frames)` samples
 * @throws CancelledError after `signal` aborts
 */
export function griffinLim(
  magnitudes: MagnitudeFrames,
  stft: Stft,
  options: GriffinLimOptions = {},
): Float64Array {
  const { iterations = 32, momentum = 0.99, start = zeroPhases } = options;
  const weight = momentum / (1 + momentum);
  const weights = stft.weights(magnitudes.frames);
  let current = synthesize(magnitudes, stft, start, weights);
  let previous: Float64Array | undefined;
  for (let i = 0; i < iterations; i++) {
    if (options.signal?.aborted) throw new CancelledError();
    const estimate = extrapolate(current, previous, weight);
    const next = synthesize(magnitudes, stft, phasesOf(estimate, stft), weights);
    previous = current;
    current = next;
  }
  return current;
}

/** All phases 0. */
export const zeroPhases: Phases = (_t, re, im) => {
  re.fill(1);
  im.fill(0);
};

/** torchaudio's rand_init: real and imaginary parts each uniform in [0, 1). */
export function randomPhases(random: SeededRandom): Phases {
  return (_t, re, im) => {
    for (let k = 0; k < re.length; k++) {
      re[k] = random.nextUniform();
      im[k] = random.nextUniform();
    }
  };
}

/** Phases in radians, laid out as the magnitudes are. */
export function givenPhases(radians: Float32Array): Phases {
  return (t, re, im) => {
    for (let k = 0; k < re.length; k++) {
      const angle = radians[t * re.length + k]!;
      re[k] = Math.cos(angle);
      im[k] = Math.sin(angle);
    }
  };
}

/** The phases of a signal's own spectrum. */
export function phasesOf(signal: Float64Array, stft: Stft): Phases {
  const spectrumRe = new Float64Array(stft.bins);
  const spectrumIm = new Float64Array(stft.bins);
  return (t, re, im) => {
    stft.forward(signal, t, spectrumRe, spectrumIm);
    for (let k = 0; k < re.length; k++) {
      const a = spectrumRe[k]!;
      const b = spectrumIm[k]!;
      const scale = 1 / (Math.sqrt(a * a + b * b) + 1e-16);
      re[k] = a * scale;
      im[k] = b * scale;
    }
  };
}

/**
 * The signal whose spectrum is, as nearly as overlapping frames allow, the magnitudes times the phases' factors.
 *
 * @param weights `stft.weights(magnitudes.frames)`, for those who call it often
 */
export function synthesize(
  { frames, bins, values }: MagnitudeFrames,
  stft: Stft,
  phases: Phases,
  weights = stft.weights(frames),
): Float64Array {
  const re = new Float64Array(stft.bins);
  const im = new Float64Array(stft.bins);
  const usedRe = re.subarray(0, bins);
  const usedIm = im.subarray(0, bins);
  const signal = new Float64Array(weights.length);
  for (let t = 0; t < frames; t++) {
    phases(t, usedRe, usedIm);
    for (let k = 0; k < bins; k++) {
      const magnitude = values[t * bins + k]!;
      re[k]! *= magnitude;
      im[k]! *= magnitude;
    }
    stft.addInverse(re, im, t, signal);
  }
  for (let n = 0; n < signal.length; n++) signal[n]! *= weights[n]!;
  return signal;
}

function extrapolate(
  current: Float64Array,
  previous: Float64Array | undefined,
  weight: number,
): Float64Array {
  if (!previous || weight === 0) return current;
  for (let n = 0; n < current.length; n++) previous[n] = current[n]! - weight * previous[n]!;
  return previous;
}
