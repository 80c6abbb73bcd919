import type { MagnitudeSpectrogram } from './magnitude-spectrogram.js';
import { bestGain, checkShapes } from './spectral-convergence.js';
import type { ComparisonOptions } from './spectral-convergence.js';

export interface LogSpectralDistanceOptions extends ComparisonOptions {
  /** Magnitudes this far below the reference's largest count as that, in dB. @defaultValue -60 */
  readonly floorDb?: number;
}

/**
 * Mean over frames of the root mean square, over bands, of the difference in dB. Unlike spectral convergence it weighs
 * quiet bands as much as loud ones, as far as the floor. Lower is better; 0 dB is equality.
 *
 * @throws RangeError when the two differ in shape or the reference is silent
 */
export function logSpectralDistance(
  reference: MagnitudeSpectrogram,
  result: MagnitudeSpectrogram,
  options: LogSpectralDistanceOptions = {},
): number {
  checkShapes(reference, result);
  const { floorDb = -60, gain = 'best' } = options;
  const factor = gain === 'best' ? bestGain(reference, result) : 1;
  const largest = reference.values.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) throw new RangeError('The reference is silent: it has no level to put a floor below.');
  const floor = largest * 10 ** (floorDb / 20);
  const { frames, bands } = reference;
  let sum = 0;
  for (let t = 0; t < frames; t++) {
    let squares = 0;
    for (let i = t * bands; i < (t + 1) * bands; i++) {
      const asked = Math.max(floor, reference.values[i]!);
      const given = Math.max(floor, factor * result.values[i]!);
      squares += (20 * Math.log10(given / asked)) ** 2;
    }
    sum += Math.sqrt(squares / bands);
  }
  return sum / frames;
}
