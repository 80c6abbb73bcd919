import type { MagnitudeSpectrogram } from './magnitude-spectrogram.js';

export interface ComparisonOptions {
  /**
   * 'best': the result is first brought to the loudness that makes it nearest to the reference, because a picture does
   * not say how loud its sound was. 'as is': a wrong loudness counts as an error. @defaultValue 'best'
   */
  readonly gain?: 'best' | 'as is';
}

/**
 * How far the result's magnitudes are from the reference's, as a share of the reference's, in dB: 20 log10 of
 * |result - reference| / |reference| (Frobenius norms). -20 dB is a tenth; lower is better; 0 dB is what silence has.
 *
 * @throws RangeError when the two differ in shape or the reference is silent
 */
export function spectralConvergence(
  reference: MagnitudeSpectrogram,
  result: MagnitudeSpectrogram,
  options: ComparisonOptions = {},
): number {
  checkShapes(reference, result);
  const gain = options.gain === 'as is' ? 1 : bestGain(reference, result);
  let error = 0;
  let energy = 0;
  for (let i = 0; i < reference.values.length; i++) {
    error += (gain * result.values[i]! - reference.values[i]!) ** 2;
    energy += reference.values[i]! ** 2;
  }
  if (energy === 0) throw new RangeError('The reference is silent: there is nothing to come near to.');
  return 10 * Math.log10(error / energy);
}

/** The factor that makes the result nearest to the reference in the least-squares sense; 1 for silence. */
export function bestGain(reference: MagnitudeSpectrogram, result: MagnitudeSpectrogram): number {
  let product = 0;
  let energy = 0;
  for (let i = 0; i < reference.values.length; i++) {
    product += result.values[i]! * reference.values[i]!;
    energy += result.values[i]! ** 2;
  }
  return energy > 0 ? product / energy : 1;
}

/** @throws RangeError when the two differ in shape */
export function checkShapes(reference: MagnitudeSpectrogram, result: MagnitudeSpectrogram): void {
  if (reference.frames === result.frames && reference.bands === result.bands) return;
  throw new RangeError(
    `Only spectrograms of one shape can be compared, not ${reference.frames} x ${reference.bands} with ` +
      `${result.frames} x ${result.bands}.`,
  );
}
