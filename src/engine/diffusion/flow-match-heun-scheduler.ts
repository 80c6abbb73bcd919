import { linearCombination, predictOriginal, sigmaPair } from './flow-match-schedule.js';
import type { FlowMatchSchedule } from './flow-match-schedule.js';
import type { Denoise, Scheduler, SchedulerStep } from './scheduler.js';

/**
 * Second order: an Euler step, then the same step again with the mean of the velocities at its two ends (Heun's
 * method; Karras et al. 2022, algorithm 1). Two calls of the network a step, one in the last.
 */
export class FlowMatchHeunScheduler implements Scheduler {
  readonly initNoiseSigma = 1;
  readonly #schedule: FlowMatchSchedule;

  constructor(schedule: FlowMatchSchedule) {
    this.#schedule = schedule;
  }

  get numInferenceSteps(): number {
    return this.#schedule.sigmas.length - 1;
  }

  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const [sigma, nextSigma] = sigmaPair(this.#schedule, stepIndex);
    const { numTrainTimesteps } = this.#schedule;
    const velocity = await denoise(sample, sigma * numTrainTimesteps);
    const predOriginalSample = predictOriginal(sample, velocity, sigma);
    const eulerSample = linearCombination(1, sample, nextSigma - sigma, velocity);
    // The network has never been trained at exactly 0, and there is nothing left to correct there.
    if (nextSigma === 0) return { sample: eulerSample, predOriginalSample };
    const nextVelocity = await denoise(eulerSample, nextSigma * numTrainTimesteps);
    const meanVelocity = linearCombination(0.5, velocity, 0.5, nextVelocity);
    return { sample: linearCombination(1, sample, nextSigma - sigma, meanVelocity), predOriginalSample };
  }
}
