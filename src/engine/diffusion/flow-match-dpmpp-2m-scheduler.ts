import { linearCombination, predictOriginal, sigmaPair } from './flow-match-schedule.js';
import type { FlowMatchSchedule } from './flow-match-schedule.js';
import type { Denoise, Scheduler, SchedulerStep } from './scheduler.js';

/**
 * Second order with one call of the network a step: DPM-Solver++(2M) (Lu et al. 2022, algorithm 2), a multistep
 * method that extrapolates the predicted data from the step before. For rectified flow alpha = 1 - sigma, so half
 * the log signal-to-noise ratio is lambda = log((1 - sigma) / sigma).
 *
 * lambda is infinite at both ends. The first two steps and the last are therefore of first order, where the method
 * equals Euler's: the limits of the formula (first steps), or the usual choice (last).
 */
export class FlowMatchDpmpp2mScheduler implements Scheduler {
  readonly initNoiseSigma = 1;
  readonly #schedule: FlowMatchSchedule;
  #previousOriginal: Float32Array | undefined;

  constructor(schedule: FlowMatchSchedule) {
    this.#schedule = schedule;
  }

  get numInferenceSteps(): number {
    return this.#schedule.sigmas.length - 1;
  }

  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const [sigma, nextSigma] = sigmaPair(this.#schedule, stepIndex);
    const velocity = await denoise(sample, sigma * this.#schedule.numTrainTimesteps);
    const original = predictOriginal(sample, velocity, sigma);
    const data = this.#extrapolate(stepIndex, original);
    this.#previousOriginal = original;
    // alpha_next * (1 - exp(-h)), written so that it is finite at both ends.
    const dataWeight = 1 - nextSigma - ((1 - sigma) * nextSigma) / sigma;
    return {
      sample: linearCombination(nextSigma / sigma, sample, dataWeight, data),
      predOriginalSample: original,
    };
  }

  /** The data as predicted for the middle of the step, from this prediction and the one before. */
  #extrapolate(stepIndex: number, original: Float32Array): Float32Array {
    const [sigma, nextSigma] = sigmaPair(this.#schedule, stepIndex);
    const isLast = nextSigma === 0;
    if (!this.#previousOriginal || isLast) return original;
    const [previousSigma] = sigmaPair(this.#schedule, stepIndex - 1);
    const h = lambda(nextSigma) - lambda(sigma);
    const previousH = lambda(sigma) - lambda(previousSigma);
    const slope = h / (2 * previousH);
    return linearCombination(1 + slope, original, -slope, this.#previousOriginal);
  }
}

function lambda(sigma: number): number {
  return Math.log((1 - sigma) / sigma);
}
