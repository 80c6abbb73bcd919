/** What a network wants to be shown, and what its answers mean. */
import { weightedSum } from '../../math/weighted-sum.js';
import type { NoiseLevel } from './schedule.js';

/** `epsilon`: the noise. `v_prediction`: `alpha * noise - sigma * data` (Salimans and Ho 2022). */
export type PredictionType = 'epsilon' | 'v_prediction';

/** Between samples of a schedule and a network. */
export interface Parametrization {
  /** The sample as the network was trained to see it. */
  scaleModelInput(sample: Float32Array, level: NoiseLevel): Float32Array;
  /** The data that the network's answer points at. */
  predictOriginal(sample: Float32Array, output: Float32Array, level: NoiseLevel): Float32Array;
}

/** For solvers of the probability flow as a differential equation in sigma. */
export interface OdeParametrization extends Parametrization {
  /** Slope of the sample over sigma. */
  derivative(sample: Float32Array, output: Float32Array, level: NoiseLevel): Float32Array;
}

/** Rectified flow: alpha is `1 - sigma`, and the network predicts the velocity `noise - data`. */
export const rectifiedFlow: OdeParametrization = {
  scaleModelInput: (sample) => sample,
  predictOriginal: (sample, velocity, { sigma }) => weightedSum([1, sample], [-sigma, velocity]),
  derivative: (_sample, velocity) => velocity,
};

/** Samples of variance 1, which is what the network sees: `alpha^2 + sigma^2 = 1`. */
export function variancePreserving(predictionType: PredictionType): Parametrization {
  return {
    scaleModelInput: (sample) => sample,
    predictOriginal: (sample, output, level) => predictOriginal(predictionType, sample, output, level),
  };
}

/**
 * Samples whose variance is that of the data plus sigma^2 (Karras et al. 2022): alpha is 1, and the network, which
 * has been trained on samples of variance 1, sees them scaled down.
 */
export function varianceExploding(predictionType: PredictionType): OdeParametrization {
  const originalOf: Parametrization['predictOriginal'] = (sample, output, level) =>
    predictOriginal(predictionType, scaleDown(sample, level), output, toVariancePreserving(level));
  return {
    scaleModelInput: scaleDown,
    predictOriginal: originalOf,
    derivative: (sample, output, level) =>
      weightedSum([1 / level.sigma, sample], [-1 / level.sigma, originalOf(sample, output, level)]),
  };
}

/** @param sample of variance 1, at `level` with `alpha^2 + sigma^2 = 1` */
function predictOriginal(
  predictionType: PredictionType,
  sample: Float32Array,
  output: Float32Array,
  { alpha, sigma }: NoiseLevel,
): Float32Array {
  switch (predictionType) {
    case 'epsilon':
      return weightedSum([1 / alpha, sample], [-sigma / alpha, output]);
    case 'v_prediction':
      return weightedSum([alpha, sample], [-sigma, output]);
  }
}

function scaleDown(sample: Float32Array, level: NoiseLevel): Float32Array {
  return weightedSum([toVariancePreserving(level).alpha, sample]);
}

function toVariancePreserving({ sigma }: NoiseLevel): NoiseLevel {
  const alpha = 1 / Math.sqrt(sigma * sigma + 1);
  return { alpha, sigma: sigma * alpha };
}
