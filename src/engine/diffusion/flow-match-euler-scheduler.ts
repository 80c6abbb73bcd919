import { linearCombination, predictOriginal, sigmaPair } from './flow-match-schedule.js';
import type { FlowMatchSchedule } from './flow-match-schedule.js';
import type { Denoise, Scheduler, SchedulerStep } from './scheduler.js';

/** First order: follow the velocity in a straight line. One call of the network a step. */
export class FlowMatchEulerScheduler implements Scheduler {
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
    const velocity = await denoise(sample, sigma * this.#schedule.numTrainTimesteps);
    return {
      sample: linearCombination(1, sample, nextSigma - sigma, velocity),
      predOriginalSample: predictOriginal(sample, velocity, sigma),
    };
  }
}
