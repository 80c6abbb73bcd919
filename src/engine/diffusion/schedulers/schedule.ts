/** What all schedules have in common: how noisy the sample is before and after each step. */
import { weightedSum } from '../../math/weighted-sum.js';

/** A sample at this level is `alpha * data + sigma * noise`. */
export interface NoiseLevel {
  readonly alpha: number;
  readonly sigma: number;
}

export interface ScheduleStep {
  /** Training time that the network is told. */
  readonly timestep: number;
  readonly from: NoiseLevel;
  readonly to: NoiseLevel;
}

export interface Schedule {
  readonly steps: readonly ScheduleStep[];
  /** Standard deviation of the first sample of a run from nothing but noise. */
  readonly initNoiseSigma: number;
}

/** No noise left. */
export const DATA_LEVEL: NoiseLevel = { alpha: 1, sigma: 0 };

/** Steps from each time to the next, the last one to `end`. */
export function consecutiveSteps(
  timesteps: readonly number[],
  levels: readonly NoiseLevel[],
  end: NoiseLevel,
): ScheduleStep[] {
  return timesteps.map((timestep, index) => ({
    timestep,
    from: levels[index] ?? end,
    to: levels[index + 1] ?? end,
  }));
}

/** @throws RangeError when there is no such step */
export function stepAt(schedule: Schedule, stepIndex: number): ScheduleStep {
  const step = schedule.steps[stepIndex];
  if (!step) throw new RangeError(`There is no step ${stepIndex} in a schedule of ${schedule.steps.length}.`);
  return step;
}

/**
 * Where the sample goes when the network's prediction of the data holds for the whole step: DDIM with eta 0 (Song et
 * al. 2021, equation 12), and the first order of all the solvers that work on that prediction. Finite at both ends.
 */
export function stepTowards(
  original: Float32Array,
  sample: Float32Array,
  { from, to }: Pick<ScheduleStep, 'from' | 'to'>,
): Float32Array {
  const dataWeight = to.alpha - (from.alpha * to.sigma) / from.sigma;
  return weightedSum([to.sigma / from.sigma, sample], [dataWeight, original]);
}

/** Half the logarithm of the signal-to-noise ratio: minus infinity for pure noise, infinity for data. */
export function lambda({ alpha, sigma }: NoiseLevel): number {
  return Math.log(alpha / sigma);
}

/** False for a step that is of no length in lambda, or of infinite length: first order is all there is to it. */
export function canExtrapolate({ from, to }: ScheduleStep): boolean {
  const h = lambda(to) - lambda(from);
  return Number.isFinite(h) && h !== 0;
}
