import { weightedSum } from '../../math/weighted-sum.js';
import type { Denoise, NoiseSource, SchedulerStep } from '../scheduler.js';
import type { OdeParametrization } from './parametrization.js';
import { stepAt } from './schedule.js';
import type { Schedule, ScheduleStep } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

/**
 * Euler's method to below the next sigma, then fresh noise up to it: a sample of the diffusion process rather than of
 * its probability flow (k-diffusion's `sample_euler_ancestral` with eta 1). Never settles: more steps, another clip.
 */
export class EulerAncestralScheduler extends SteppedScheduler<OdeParametrization> {
  readonly #noiseSource: NoiseSource;

  constructor(schedule: Schedule, parametrization: OdeParametrization, noiseSource: NoiseSource) {
    super(schedule, parametrization);
    this.#noiseSource = noiseSource;
  }

  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { output, original } = await this.predict(step, sample, denoise);
    const derivative = this.parametrization.derivative(sample, output, step.from);
    const { sigmaDown, sigmaUp } = ancestralSigmas(step);
    const down = weightedSum([1, sample], [sigmaDown - step.from.sigma, derivative]);
    if (sigmaUp === 0) return { sample: down, predOriginalSample: original };
    const noise = new Float32Array(sample.length);
    this.#noiseSource.fillGaussian(noise);
    return { sample: weightedSum([1, down], [sigmaUp, noise]), predOriginalSample: original };
  }
}

/** How far down, and how much noise then makes up for the rest: `sigmaDown^2 + sigmaUp^2` is the next sigma's square. */
function ancestralSigmas({ from, to }: ScheduleStep): { sigmaDown: number; sigmaUp: number } {
  const sigmaUp = (to.sigma / from.sigma) * Math.sqrt(from.sigma ** 2 - to.sigma ** 2);
  return { sigmaDown: to.sigma ** 2 / from.sigma, sigmaUp };
}
