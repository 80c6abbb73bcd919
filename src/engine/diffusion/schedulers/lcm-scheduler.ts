import { weightedSum } from '../../math/weighted-sum.js';
import type { Denoise, NoiseSource, SchedulerStep } from '../scheduler.js';
import type { Parametrization } from './parametrization.js';
import { stepAt } from './schedule.js';
import type { Schedule } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

/** Standard deviation that the distillation took the data to have. */
const SIGMA_DATA = 0.5;

export interface LcmOptions {
  /** The boundary condition takes the time to be this many times what it is. */
  readonly timestepScaling: number;
}

/**
 * Latent consistency models (Luo et al. 2023): the network says at once where the whole way leads, and all but the
 * last step go back from there to the next level with fresh noise. Two to eight steps.
 */
export class LcmScheduler extends SteppedScheduler {
  readonly #noiseSource: NoiseSource;
  readonly #options: LcmOptions;

  constructor(
    schedule: Schedule,
    parametrization: Parametrization,
    noiseSource: NoiseSource,
    options: LcmOptions,
  ) {
    super(schedule, parametrization);
    this.#noiseSource = noiseSource;
    this.#options = options;
  }

  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { original } = await this.predict(step, sample, denoise);
    const denoised = this.#withBoundaryCondition(sample, original, step.timestep);
    if (step.to.sigma === 0) return { sample: denoised, predOriginalSample: denoised };
    const noise = new Float32Array(sample.length);
    this.#noiseSource.fillGaussian(noise);
    return {
      sample: weightedSum([step.to.alpha, denoised], [step.to.sigma, noise]),
      predOriginalSample: denoised,
    };
  }

  /** At time 0 the answer must be the sample itself. */
  #withBoundaryCondition(sample: Float32Array, original: Float32Array, timestep: number): Float32Array {
    const time = timestep * this.#options.timestepScaling;
    const variance = time ** 2 + SIGMA_DATA ** 2;
    return weightedSum([time / Math.sqrt(variance), original], [SIGMA_DATA ** 2 / variance, sample]);
  }
}
