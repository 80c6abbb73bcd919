/** Schedules of a model that was trained as a diffusion process: one for each way of writing the sample. */
import { DATA_LEVEL, consecutiveSteps } from './schedule.js';
import type { NoiseLevel, Schedule } from './schedule.js';
import { SigmaTable, karrasSigmas } from './sigma-table.js';
import {
  multistepTimesteps,
  roundHalfToEven,
  spacedTimesteps,
  wholeTimesteps,
  withoutRepetition,
} from './timestep-spacing.js';
import type { TimestepOptions, TimestepSpacing } from './timestep-spacing.js';
import { withFiniteLambda } from './training-noise.js';

export interface DiffusionScheduleOptions {
  /** The noise level at each training time. */
  readonly training: readonly NoiseLevel[];
  readonly numInferenceSteps: number;
  readonly timestepSpacing: TimestepSpacing;
  /** Added to leading times. @defaultValue 0 */
  readonly stepsOffset?: number;
}

export interface DdimScheduleOptions extends DiffusionScheduleOptions {
  /** The last step ends without any noise, rather than with that of training time 0. */
  readonly setAlphaToOne: boolean;
}

export interface KarrasScheduleOptions extends DiffusionScheduleOptions {
  /** Sigmas as Karras et al. 2022 space them; the times follow. @defaultValue false */
  readonly useKarrasSigmas?: boolean;
}

export interface MultistepScheduleOptions extends KarrasScheduleOptions {
  /** What the last step ends with: no noise, or that of training time 0. */
  readonly finalSigma: 'zero' | 'sigma_min';
}

/**
 * Samples of variance 1. As in diffusers, a step goes back by the same number of training times whatever the
 * spacing, so only with leading times does each step end where the next one starts.
 */
export function ddimSchedule(options: DdimScheduleOptions): Schedule {
  const { training, numInferenceSteps, setAlphaToOne } = options;
  const distance = Math.floor(training.length / numInferenceSteps);
  const end = setAlphaToOne ? DATA_LEVEL : levelAt(training, 0);
  const steps = wholeTimesteps(timestepOptions(options)).map((timestep) => ({
    timestep,
    from: levelAt(training, timestep),
    to: timestep < distance ? end : levelAt(training, timestep - distance),
  }));
  return { steps, initNoiseSigma: 1 };
}

/** The same for PNDM, whose second step is taken twice. */
export function pndmSchedule(options: DdimScheduleOptions): Schedule {
  const training = options.training.map(withFiniteLambda);
  const { steps, initNoiseSigma } = ddimSchedule({ ...options, training });
  return { steps: [...steps.slice(0, 2), ...steps.slice(1)], initNoiseSigma };
}

/** Samples of variance 1 for solvers in lambda, which must be finite. */
export function multistepSchedule(options: MultistepScheduleOptions): Schedule {
  const training = options.training.map(withFiniteLambda);
  const timesteps = options.useKarrasSigmas
    ? karrasTimesteps(options)
    : multistepTimesteps(timestepOptions(options));
  const levels = timesteps.map((timestep) => levelAt(training, timestep));
  const end = options.finalSigma === 'zero' ? DATA_LEVEL : levelAt(training, 0);
  return { steps: consecutiveSteps(timesteps, levels, end), initNoiseSigma: 1 };
}

/** Samples `data + sigma * noise`. */
export function varianceExplodingSchedule(options: KarrasScheduleOptions): Schedule {
  const table = new SigmaTable(options.training);
  const spaced = spacedTimesteps(timestepOptions(options));
  const spacedSigmas = spaced.map((timestep) => table.sigmaAt(timestep));
  const max = spacedSigmas[0] ?? NaN;
  const sigmas = options.useKarrasSigmas
    ? karrasSigmas(max, spacedSigmas.at(-1) ?? NaN, spaced.length)
    : spacedSigmas;
  const timesteps = options.useKarrasSigmas ? sigmas.map((sigma) => table.timestepOf(sigma)) : spaced;
  const levels = sigmas.map((sigma) => ({ alpha: 1, sigma }));
  return {
    steps: consecutiveSteps(timesteps, levels, DATA_LEVEL),
    // Leading times do not start from nothing but noise: what the model saw there had the variance of data in it.
    initNoiseSigma: options.timestepSpacing === 'leading' ? Math.sqrt(max * max + 1) : max,
  };
}

/** Times of latent consistency models (Luo et al. 2023): evenly out of those that the model was distilled for. */
export function lcmSchedule(options: {
  readonly training: readonly NoiseLevel[];
  readonly numInferenceSteps: number;
  /** How many times the model was distilled for. */
  readonly originalInferenceSteps: number;
}): Schedule {
  const { training, numInferenceSteps, originalInferenceSteps } = options;
  const distance = Math.floor(training.length / originalInferenceSteps);
  const timesteps = Array.from({ length: numInferenceSteps }, (_, index) => {
    const skipped = Math.floor(index * (originalInferenceSteps / numInferenceSteps));
    return (originalInferenceSteps - skipped) * distance - 1;
  });
  const levels = timesteps.map((timestep) => levelAt(training, timestep));
  return { steps: consecutiveSteps(timesteps, levels, DATA_LEVEL), initNoiseSigma: 1 };
}

/** Rounded to whole times, so that the network is told exactly the noise that the sample has. */
function karrasTimesteps({ training, numInferenceSteps }: DiffusionScheduleOptions): number[] {
  const table = new SigmaTable(training);
  const sigmas = karrasSigmas(table.sigmaAt(training.length - 1), table.sigmaAt(0), numInferenceSteps);
  return withoutRepetition(sigmas.map((sigma) => roundHalfToEven(table.timestepOf(sigma))));
}

function timestepOptions(options: DiffusionScheduleOptions): TimestepOptions {
  const { training, numInferenceSteps, timestepSpacing, stepsOffset = 0 } = options;
  return { numTrainTimesteps: training.length, numInferenceSteps, timestepSpacing, stepsOffset };
}

function levelAt(training: readonly NoiseLevel[], timestep: number): NoiseLevel {
  const level = training[timestep];
  if (!level) throw new RangeError(`There is no training time ${timestep} of ${training.length}.`);
  return level;
}
