/** How noisy the samples were that a diffusion model has been trained on (Ho et al. 2020). */
import type { NoiseLevel } from './schedule.js';

export type BetaSchedule = 'linear' | 'scaled_linear' | 'squaredcos_cap_v2';

export interface TrainingNoiseOptions {
  readonly numTrainTimesteps: number;
  /** Share of the variance that is noise added at the first time, of 0 to 1. */
  readonly betaStart: number;
  /** The same at the last time. */
  readonly betaEnd: number;
  /** Between the two: straight, or straight in the square root. The cosine one (Nichol and Dhariwal 2021) uses neither. */
  readonly betaSchedule: BetaSchedule;
  /** All of them, in place of the three above. */
  readonly trainedBetas?: readonly number[] | undefined;
  /** The last time is to be pure noise (Lin et al. 2024, algorithm 1). @defaultValue false */
  readonly rescaleBetasZeroSnr?: boolean;
}

/** What the cosine schedule's betas stop at. */
const MAX_BETA = 0.999;
/** diffusers' stand-in for the square of an alpha of 0, where a method needs a finite signal-to-noise ratio. */
const MIN_SQUARED_ALPHA = 2 ** -24;

/** The level at each training time; the squares of alpha and sigma add up to 1. */
export function trainingNoise(options: TrainingNoiseOptions): readonly NoiseLevel[] {
  const betas = options.trainedBetas ?? betasOf(options);
  let squaredAlpha = 1;
  const alphas = betas.map((beta) => Math.sqrt((squaredAlpha *= 1 - beta)));
  return (options.rescaleBetasZeroSnr ? withZeroTerminalSnr(alphas) : alphas).map(levelOf);
}

/** The same level, or one that still has a trace of data in it. */
export function withFiniteLambda(level: NoiseLevel): NoiseLevel {
  return levelOf(Math.max(level.alpha, Math.sqrt(MIN_SQUARED_ALPHA)));
}

function betasOf(options: TrainingNoiseOptions): number[] {
  const { numTrainTimesteps, betaStart, betaEnd, betaSchedule } = options;
  const times = Array.from({ length: numTrainTimesteps }, (_, time) => time);
  const progress = (time: number): number => time / Math.max(1, numTrainTimesteps - 1);
  switch (betaSchedule) {
    case 'linear':
      return times.map((time) => betaStart + (betaEnd - betaStart) * progress(time));
    case 'scaled_linear': {
      const [start, end] = [Math.sqrt(betaStart), Math.sqrt(betaEnd)];
      return times.map((time) => (start + (end - start) * progress(time)) ** 2);
    }
    case 'squaredcos_cap_v2':
      return times.map((time) => {
        const squaredAlpha = squaredCosine(time / numTrainTimesteps);
        return Math.min(1 - squaredCosine((time + 1) / numTrainTimesteps) / squaredAlpha, MAX_BETA);
      });
  }
}

function squaredCosine(time: number): number {
  return Math.cos((((time + 0.008) / 1.008) * Math.PI) / 2) ** 2;
}

/** Shifts the last alpha to 0, then scales the first back to where it was. */
function withZeroTerminalSnr(alphas: readonly number[]): number[] {
  const [first, last] = [alphas[0] ?? 1, alphas.at(-1) ?? 0];
  return alphas.map((alpha) => ((alpha - last) * first) / (first - last));
}

function levelOf(alpha: number): NoiseLevel {
  return { alpha, sigma: Math.sqrt(1 - alpha * alpha) };
}
