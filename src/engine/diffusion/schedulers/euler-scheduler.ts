import { weightedSum } from '../../math/weighted-sum.js';
import type { Denoise, SchedulerStep } from '../scheduler.js';
import type { OdeParametrization } from './parametrization.js';
import { stepAt } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

/** First order: follow the slope in a straight line. One call of the network a step. */
export class EulerScheduler extends SteppedScheduler<OdeParametrization> {
  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { output, original } = await this.predict(step, sample, denoise);
    const derivative = this.parametrization.derivative(sample, output, step.from);
    return {
      sample: weightedSum([1, sample], [step.to.sigma - step.from.sigma, derivative]),
      predOriginalSample: original,
    };
  }
}
