import { weightedSum } from '../../math/weighted-sum.js';
import type { Denoise, SchedulerStep } from '../scheduler.js';
import { stepAt, stepTowards } from './schedule.js';
import type { ScheduleStep } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

/** Where the run started. */
interface Start {
  readonly sample: Float32Array;
  readonly step: ScheduleStep;
  readonly output: Float32Array;
}

/** Weights of the last outputs, newest first, by how many there are: Adams and Bashforth's. */
const ADAMS_BASHFORTH: readonly (readonly number[])[] = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
];

/**
 * Linear multistep on the network's answers (Liu et al. 2022, PLMS), up to fourth order, one call a step. The first
 * step is taken a second time with the mean of the answers at its two ends, so a run has one step more than
 * asked for.
 *
 * A run that starts later in the schedule does the same with its first two steps, as diffusers and riffusion do,
 * though no time is there twice: from then on the sample is one step noisier than the time it is told.
 */
export class PndmScheduler extends SteppedScheduler {
  #start: Start | undefined;
  /** Newest first. */
  #outputs: readonly Float32Array[] = [];
  #stepsDone = 0;

  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { output, original } = await this.predict(step, sample, denoise);
    const nextSample =
      this.#stepsDone === 1 && this.#start
        ? this.#repeatFirstStep(this.#start, step, output)
        : this.#multistep(sample, step, output);
    this.#start ??= { sample, step, output };
    this.#stepsDone++;
    return { sample: nextSample, predOriginalSample: original };
  }

  #repeatFirstStep(start: Start, step: ScheduleStep, output: Float32Array): Float32Array {
    const mean = weightedSum([0.5, output], [0.5, start.output]);
    return this.#follow(mean, start.sample, { from: start.step.from, to: step.from });
  }

  #multistep(sample: Float32Array, step: ScheduleStep, output: Float32Array): Float32Array {
    this.#outputs = [output, ...this.#outputs].slice(0, ADAMS_BASHFORTH.length);
    const weights = ADAMS_BASHFORTH[this.#outputs.length - 1] ?? [];
    const [newest, ...older] = this.#outputs.map((values, index) => [weights[index] ?? 0, values] as const);
    return newest ? this.#follow(weightedSum(newest, ...older), sample, step) : sample;
  }

  #follow(output: Float32Array, sample: Float32Array, step: Pick<ScheduleStep, 'from' | 'to'>): Float32Array {
    const original = this.parametrization.predictOriginal(sample, output, step.from);
    return stepTowards(original, sample, step);
  }
}
