import type { Denoise, SchedulerStep } from '../scheduler.js';
import { stepAt, stepTowards } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

/** First order in the predicted data, without noise of its own (Song et al. 2021, eta 0). One call a step. */
export class DdimScheduler extends SteppedScheduler {
  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { original } = await this.predict(step, sample, denoise);
    return { sample: stepTowards(original, sample, step), predOriginalSample: original };
  }
}
