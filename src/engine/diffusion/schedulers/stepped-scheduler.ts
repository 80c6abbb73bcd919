import { weightedSum } from '../../math/weighted-sum.js';
import type { Denoise, Scheduler, SchedulerStep } from '../scheduler.js';
import type { Parametrization } from './parametrization.js';
import { stepAt } from './schedule.js';
import type { Schedule, ScheduleStep } from './schedule.js';

/** What the network said to a sample. */
export interface Prediction {
  readonly output: Float32Array;
  /** The data that it points at. */
  readonly original: Float32Array;
}

/** A method of solving, on a schedule, for one kind of network: all but the method itself. */
export abstract class SteppedScheduler<P extends Parametrization = Parametrization> implements Scheduler {
  protected readonly schedule: Schedule;
  protected readonly parametrization: P;

  constructor(schedule: Schedule, parametrization: P) {
    this.schedule = schedule;
    this.parametrization = parametrization;
  }

  get timesteps(): readonly number[] {
    return this.schedule.steps.map(({ timestep }) => timestep);
  }

  get initNoiseSigma(): number {
    return this.schedule.initNoiseSigma;
  }

  abstract step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep>;

  addNoise(original: Float32Array, noise: Float32Array, stepIndex: number): Float32Array {
    const { alpha, sigma } = stepAt(this.schedule, stepIndex).from;
    return weightedSum([alpha, original], [sigma, noise]);
  }

  /** Asks the network at the start of a step. */
  protected async predict(step: ScheduleStep, sample: Float32Array, denoise: Denoise): Promise<Prediction> {
    const { from, timestep } = step;
    const output = await denoise(this.parametrization.scaleModelInput(sample, from), timestep);
    return { output, original: this.parametrization.predictOriginal(sample, output, from) };
  }
}
