/**
 * Rectified flow: the sample at time sigma is `(1 - sigma) * data + sigma * noise`, and the network predicts the
 * velocity `noise - data`. The times follow diffusers' FlowMatchEulerDiscreteScheduler as its pipelines call it.
 */
export interface FlowMatchSchedule {
  /** Falling from 1 (pure noise) to 0 (data): one more than there are steps. */
  readonly sigmas: Float64Array;
  /** The network's time is sigma times this. */
  readonly numTrainTimesteps: number;
}

export interface FlowMatchScheduleOptions {
  readonly numInferenceSteps: number;
  /** @defaultValue 1000 */
  readonly numTrainTimesteps?: number;
  /** Above 1, more of the steps are spent near pure noise (Esser et al. 2024, equation 23). @defaultValue 1 */
  readonly shift?: number;
}

export function flowMatchSchedule(options: FlowMatchScheduleOptions): FlowMatchSchedule {
  const { numInferenceSteps, numTrainTimesteps = 1000, shift = 1 } = options;
  const sigmas = Float64Array.from({ length: numInferenceSteps + 1 }, (_, index) => {
    const sigma = 1 - index / numInferenceSteps;
    return (shift * sigma) / (1 + (shift - 1) * sigma);
  });
  return { sigmas, numTrainTimesteps };
}

/** The two ends of a step. */
export function sigmaPair(schedule: FlowMatchSchedule, stepIndex: number): readonly [number, number] {
  const from = schedule.sigmas[stepIndex];
  const to = schedule.sigmas[stepIndex + 1];
  if (from === undefined || to === undefined) {
    throw new RangeError(`There is no step ${stepIndex} in a schedule of ${schedule.sigmas.length - 1}.`);
  }
  return [from, to];
}

/** `a * x + b * y`, element by element. */
export function linearCombination(a: number, x: Float32Array, b: number, y: Float32Array): Float32Array {
  return x.map((value, index) => a * value + b * (y[index] ?? 0));
}

/** The clean latents that a velocity points at: `sample - sigma * velocity`. */
export function predictOriginal(sample: Float32Array, velocity: Float32Array, sigma: number): Float32Array {
  return linearCombination(1, sample, -sigma, velocity);
}
