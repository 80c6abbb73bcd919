import { DATA_LEVEL, consecutiveSteps } from './schedule.js';
import type { Schedule } from './schedule.js';

export interface FlowMatchScheduleOptions {
  readonly numInferenceSteps: number;
  /** The network's time is sigma times this. @defaultValue 1000 */
  readonly numTrainTimesteps?: number;
  /** Above 1, more of the steps are spent near pure noise (Esser et al. 2024, equation 23). @defaultValue 1 */
  readonly shift?: number;
}

/**
 * Rectified flow: the sample at time sigma is `(1 - sigma) * data + sigma * noise`, and sigma falls from 1 to 0. The
 * times follow diffusers' FlowMatchEulerDiscreteScheduler as its pipelines call it.
 */
export function flowMatchSchedule(options: FlowMatchScheduleOptions): Schedule {
  const { numInferenceSteps, numTrainTimesteps = 1000, shift = 1 } = options;
  const sigmas = Array.from({ length: numInferenceSteps }, (_, index) => {
    const sigma = 1 - index / numInferenceSteps;
    return (shift * sigma) / (1 + (shift - 1) * sigma);
  });
  const timesteps = sigmas.map((sigma) => sigma * numTrainTimesteps);
  const levels = sigmas.map((sigma) => ({ alpha: 1 - sigma, sigma }));
  return { steps: consecutiveSteps(timesteps, levels, DATA_LEVEL), initNoiseSigma: 1 };
}
