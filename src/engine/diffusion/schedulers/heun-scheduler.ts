import { weightedSum } from '../../math/weighted-sum.js';
import type { Denoise, SchedulerStep } from '../scheduler.js';
import type { OdeParametrization } from './parametrization.js';
import { stepAt } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

/**
 * Second order: an Euler step, then the same step again with the mean of the slopes at its two ends (Heun's method;
 * Karras et al. 2022, algorithm 1). Two calls of the network a step, one in the last.
 */
export class HeunScheduler extends SteppedScheduler<OdeParametrization> {
  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { output, original } = await this.predict(step, sample, denoise);
    const derivative = this.parametrization.derivative(sample, output, step.from);
    const distance = step.to.sigma - step.from.sigma;
    const eulerSample = weightedSum([1, sample], [distance, derivative]);
    // The network has never been trained at exactly 0, and there is nothing left to correct there.
    if (step.to.sigma === 0) return { sample: eulerSample, predOriginalSample: original };
    const nextStep = stepAt(this.schedule, stepIndex + 1);
    const next = await this.predict(nextStep, eulerSample, denoise);
    const nextDerivative = this.parametrization.derivative(eulerSample, next.output, nextStep.from);
    const meanDerivative = weightedSum([0.5, derivative], [0.5, nextDerivative]);
    return { sample: weightedSum([1, sample], [distance, meanDerivative]), predOriginalSample: original };
  }
}
