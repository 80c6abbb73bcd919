import { solveLinear } from '../../math/solve-linear.js';
import { weightedSum } from '../../math/weighted-sum.js';
import type { Term } from '../../math/weighted-sum.js';
import type { Denoise, SchedulerStep } from '../scheduler.js';
import type { Parametrization } from './parametrization.js';
import { canExtrapolate, lambda, stepAt, stepTowards } from './schedule.js';
import type { NoiseLevel, Schedule, ScheduleStep } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

export interface UniPcOptions {
  /** 1 to 3. @defaultValue 2 */
  readonly solverOrder?: number;
  /** The paper's B(h): h itself, or `e^h - 1`. @defaultValue 'bh2' */
  readonly solverType?: 'bh1' | 'bh2';
  /** Lower order in the last steps. @defaultValue true */
  readonly lowerOrderFinal?: boolean;
}

interface Knowledge {
  readonly level: NoiseLevel;
  readonly original: Float32Array;
}

/** A step that has been made but not yet corrected. */
interface Made {
  readonly sample: Float32Array;
  readonly step: ScheduleStep;
  readonly order: number;
  /** As it was then. */
  readonly known: readonly Knowledge[];
}

/**
 * UniPC (Zhao et al. 2023): a multistep predictor on the predicted data, as in DPM-Solver++, whose every step is
 * corrected as soon as the network has been asked at its end. One call a step.
 */
export class UniPcScheduler extends SteppedScheduler {
  readonly #options: Required<UniPcOptions>;
  /** Newest first. */
  #known: readonly Knowledge[] = [];
  #made: Made | undefined;

  constructor(schedule: Schedule, parametrization: Parametrization, options: UniPcOptions = {}) {
    super(schedule, parametrization);
    this.#options = { solverOrder: 2, solverType: 'bh2', lowerOrderFinal: true, ...options };
  }

  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { original } = await this.predict(step, sample, denoise);
    const corrected = this.#made ? this.#correct(this.#made, original) : sample;
    this.#known = [{ level: step.from, original }, ...this.#known].slice(0, this.#options.solverOrder);
    const order = this.#orderAt(stepIndex, step);
    this.#made = { sample: corrected, step, order, known: this.#known };
    return { sample: this.#predictNext(this.#made), predOriginalSample: original };
  }

  #orderAt(stepIndex: number, step: ScheduleStep): number {
    if (!canExtrapolate(step)) return 1;
    const stepsLeft = this.#options.lowerOrderFinal ? this.schedule.steps.length - stepIndex : Infinity;
    return Math.min(this.#known.length, stepsLeft);
  }

  /** UniP. */
  #predictNext(made: Made): Float32Array {
    return this.#refine(made, earlierPredictions(made));
  }

  /** UniC: the step again, knowing what is predicted at its end. */
  #correct(made: Made, nextOriginal: Float32Array): Float32Array {
    return this.#refine(made, [...earlierPredictions(made), { position: 1, original: nextOriginal }]);
  }

  /** The first-order step, bent by how other predictions differ from the one at its start. */
  #refine({ sample, step, known }: Made, others: readonly Positioned[]): Float32Array {
    const [now] = known;
    if (!now) throw new Error('Nothing has been predicted yet.');
    const straight = stepTowards(now.original, sample, step);
    if (others.length === 0) return straight;
    const h = lambda(step.to) - lambda(step.from);
    const scale = this.#options.solverType === 'bh1' ? -h : Math.expm1(-h);
    const weights = differenceWeights(others, h, scale);
    const terms = others.map(({ position, original }, index): Term => {
      return [(-step.to.alpha * scale * (weights[index] ?? 0)) / position, original];
    });
    const total = terms.reduce((sum, [weight]) => sum + weight, 0);
    return weightedSum([1, straight], ...terms, [-total, now.original]);
  }
}

/** A prediction of the data and where it was made: 0 = start of the step, 1 = its end, in lambda. */
interface Positioned {
  readonly position: number;
  readonly original: Float32Array;
}

function earlierPredictions({ step, known, order }: Made): Positioned[] {
  const [start, end] = [lambda(step.from), lambda(step.to)];
  return known.slice(1, order).map(({ level, original }) => ({
    position: (lambda(level) - start) / (end - start),
    original,
  }));
}

/** Solves the paper's equation 5 for its coefficients; of one it takes 1/2, as the paper does. */
function differenceWeights(others: readonly Positioned[], h: number, scale: number): number[] {
  if (others.length === 1) return [0.5];
  const rows = others.map((_, power) => others.map(({ position }) => position ** power));
  const right: number[] = [];
  let factorial = 1;
  let phi = Math.expm1(-h) / -h - 1;
  for (let order = 1; order <= others.length; order++) {
    right.push((phi * factorial) / scale);
    factorial *= order + 1;
    phi = phi / -h - 1 / factorial;
  }
  return solveLinear(rows, right);
}
