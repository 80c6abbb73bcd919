import { hopLength } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';

/** Hertz: that of finished clips, so that loops keep whole samples. */
const SAMPLE_RATE = 48_000;
/** Samples that hops are a multiple of: at half that rate, where phases are sought, they are whole as well. */
const HOP_STEP = 2;
/** Decimals of a step in milliseconds. */
const STEP_DECIMALS = 1e4;

/**
 * Parameters with which the same picture lasts longer, or less long, at the same pitch: each column as far from the next
 * as that takes.
 *
 * @param factor of the duration, met within 0.3 % at riffusion's parameters
 * @returns the same parameters where the factor is 1 within that
 */
export function stretched(params: SpectrogramParams, factor: number): SpectrogramParams {
  const hop = (factor * hopLength(params) * SAMPLE_RATE) / params.sampleRate;
  const usual = (hopLength(params) * SAMPLE_RATE) / params.sampleRate;
  if (Math.abs(hop - usual) < HOP_STEP / 2) return params;
  const samples = HOP_STEP * Math.round(hop / HOP_STEP);
  // A little more, since hops are rounded down to whole samples.
  const stepSizeMs = Math.floor(((1000 * samples) / SAMPLE_RATE) * STEP_DECIMALS + 1) / STEP_DECIMALS;
  return { ...params, sampleRate: SAMPLE_RATE, stepSizeMs };
}
