import { weightedSum } from '../../math/weighted-sum.js';
import type { Denoise, SchedulerStep } from '../scheduler.js';
import type { Parametrization } from './parametrization.js';
import { canExtrapolate, lambda, stepAt, stepTowards } from './schedule.js';
import type { NoiseLevel, Schedule, ScheduleStep } from './schedule.js';
import { SteppedScheduler } from './stepped-scheduler.js';

export interface DpmppOptions {
  /** 1 to 3. @defaultValue 2 */
  readonly solverOrder?: number;
  /** Of the two second-order formulas. @defaultValue 'midpoint' */
  readonly solverType?: 'midpoint' | 'heun';
  /** Lower order in the last steps of a short run, which would overshoot otherwise. @defaultValue true */
  readonly lowerOrderFinal?: boolean;
}

interface Knowledge {
  readonly level: NoiseLevel;
  readonly original: Float32Array;
}

/** Runs of fewer steps than this are short. */
const SHORT_RUN = 15;

/**
 * DPM-Solver++, multistep (Lu et al. 2022, algorithm 2): second order with one call of the network a step, by
 * extrapolating the predicted data from the steps before; also of first and third order. Works on lambda, half the
 * log signal-to-noise ratio.
 *
 * Where lambda is infinite the formulas take their limits: after pure noise the method has nothing to extrapolate
 * from, and to no noise at all it goes by first order, as is usual.
 */
export class DpmppScheduler extends SteppedScheduler {
  readonly #options: Required<DpmppOptions>;
  /** Newest first. */
  #known: readonly Knowledge[] = [];

  constructor(schedule: Schedule, parametrization: Parametrization, options: DpmppOptions = {}) {
    super(schedule, parametrization);
    this.#options = { solverOrder: 2, solverType: 'midpoint', lowerOrderFinal: true, ...options };
  }

  async step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep> {
    const step = stepAt(this.schedule, stepIndex);
    const { original } = await this.predict(step, sample, denoise);
    this.#known = [{ level: step.from, original }, ...this.#known].slice(0, this.#options.solverOrder);
    const data = this.#extrapolate(step, this.#orderAt(stepIndex, step));
    return { sample: stepTowards(data, sample, step), predOriginalSample: original };
  }

  #orderAt(stepIndex: number, step: ScheduleStep): number {
    if (!canExtrapolate(step)) return 1;
    const { length } = this.schedule.steps;
    const stepsLeft = this.#options.lowerOrderFinal && length < SHORT_RUN ? length - stepIndex : Infinity;
    return Math.min(this.#known.length, stepsLeft);
  }

  /** The data to go towards: what is predicted now, drawn on from what was predicted before. */
  #extrapolate({ from, to }: ScheduleStep, order: number): Float32Array {
    const [now, before, earlier] = this.#known;
    if (!now) throw new Error('Nothing has been predicted yet.');
    if (!before || order === 1) return now.original;
    const h = lambda(to) - lambda(from);
    const lastH = lambda(now.level) - lambda(before.level);
    if (!earlier || order === 2) {
      const slope = this.#secondOrderWeight(h) * (h / lastH);
      return weightedSum([1 + slope, now.original], [-slope, before.original]);
    }
    const olderH = lambda(before.level) - lambda(earlier.level);
    const [slope, olderSlope] = thirdOrderSlopes(h, lastH / h, olderH / h);
    return weightedSum(
      [1 + slope, now.original],
      [olderSlope - slope, before.original],
      [-olderSlope, earlier.original],
    );
  }

  #secondOrderWeight(h: number): number {
    return this.#options.solverType === 'midpoint' ? 0.5 : slopeIntegral(h);
  }
}

/** How much the two last changes of the prediction count, each per `h`: the paper's D1 and D2, multiplied out. */
function thirdOrderSlopes(h: number, ratio: number, olderRatio: number): readonly [number, number] {
  const weight = slopeIntegral(h);
  const bend = (weight * ratio + curvatureIntegral(h)) / (ratio + olderRatio);
  return [(weight + bend) / ratio, -bend / olderRatio];
}

/** Weight of the slope over a step: what 1/2 is to it, exactly. */
function slopeIntegral(h: number): number {
  const decay = Math.expm1(-h);
  return -(decay / h + 1) / decay;
}

/** The same for the bend. */
function curvatureIntegral(h: number): number {
  const decay = Math.expm1(-h);
  return ((decay + h) / (h * h) - 0.5) / decay;
}
