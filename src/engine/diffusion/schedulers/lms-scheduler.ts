import { weightedSum } from '../../math/weighted-sum.js';
import type { Denoise, SchedulerStep } from '../scheduler.js';
import type { OdeParametrization } from './parametrization.js';
import { stepAt } from './schedule.js';
import type { ScheduleStep } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

interface Slope {
  readonly sigma: number;
  readonly derivative: Float32Array;
}

const MAX_ORDER = 4;
/** Gauss-Legendre points on [-1, 1]: two integrate polynomials of third degree exactly. */
const QUADRATURE_POINTS = [-1 / Math.sqrt(3), 1 / Math.sqrt(3)];

/** Linear multistep, up to fourth order: the integral of the polynomial through the last slopes. One call a step. */
export class LmsScheduler extends SteppedScheduler<OdeParametrization> {
  /** Newest first. */
  #slopes: readonly Slope[] = [];

  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { output, original } = await this.predict(step, sample, denoise);
    const derivative = this.parametrization.derivative(sample, output, step.from);
    this.#slopes = [{ sigma: step.from.sigma, derivative }, ...this.#slopes].slice(0, MAX_ORDER);
    const sigmas = this.#slopes.map(({ sigma }) => sigma);
    const terms = this.#slopes.map(
      (slope, index) => [weightOf(index, sigmas, step), slope.derivative] as const,
    );
    return { sample: weightedSum([1, sample], ...terms), predOriginalSample: original };
  }
}

/** Integral over the step of the Lagrange polynomial that is 1 at one of the sigmas and 0 at the others. */
function weightOf(index: number, sigmas: readonly number[], { from, to }: ScheduleStep): number {
  const own = sigmas[index] ?? NaN;
  const others = sigmas.filter((_, other) => other !== index);
  const polynomial = (sigma: number): number =>
    others.reduce((product, other) => (product * (sigma - other)) / (own - other), 1);
  const [middle, half] = [(from.sigma + to.sigma) / 2, (to.sigma - from.sigma) / 2];
  return QUADRATURE_POINTS.reduce((sum, point) => sum + half * polynomial(middle + half * point), 0);
}
