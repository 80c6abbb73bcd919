import { EngineError } from '../../errors.js';
import { FLOW_MATCH_SCHEDULERS } from '../../limits.js';
import type { SchedulerName } from '../../limits.js';
import type { NoiseSource, Scheduler } from '../scheduler.js';
import { DdimScheduler } from './ddim-scheduler.js';
import {
  ddimSchedule,
  lcmSchedule,
  multistepSchedule,
  pndmSchedule,
  varianceExplodingSchedule,
} from './diffusion-schedules.js';
import { DpmppScheduler } from './dpmpp-scheduler.js';
import { EulerAncestralScheduler } from './euler-ancestral-scheduler.js';
import { EulerScheduler } from './euler-scheduler.js';
import { flowMatchSchedule } from './flow-match-schedule.js';
import { HeunScheduler } from './heun-scheduler.js';
import { LcmScheduler } from './lcm-scheduler.js';
import { LmsScheduler } from './lms-scheduler.js';
import { rectifiedFlow, varianceExploding, variancePreserving } from './parametrization.js';
import { PndmScheduler } from './pndm-scheduler.js';
import type { Schedule } from './schedule.js';
import { isFlowMatch } from './scheduler-config.js';
import type {
  DiffusionConfig,
  DiffusionSchedulerName,
  FlowMatchConfig,
  SchedulerConfig,
} from './scheduler-config.js';
import { trainingNoise } from './training-noise.js';
import { UniPcScheduler } from './unipc-scheduler.js';

export interface SchedulerChoice {
  readonly name: SchedulerName;
  readonly numInferenceSteps: number;
  /** The model's own. */
  readonly config: SchedulerConfig;
  /** For those that add noise in every step. */
  readonly noiseSource: NoiseSource;
}

/**
 * The scheduler of that name for a model's own noise schedule, good for one run.
 * @throws EngineError `invalid_request` when the model cannot work with it, or not with so many steps
 */
export function createScheduler(choice: SchedulerChoice): Scheduler {
  const { config } = choice;
  checkSteps(choice.numInferenceSteps, config.num_train_timesteps);
  if (isFlowMatch(config)) return flowMatchScheduler(choice, config);
  const { name } = choice;
  return name === 'dpmpp-2m-karras'
    ? diffusionScheduler({ ...choice, name: 'dpmpp-2m' }, { ...config, use_karras_sigmas: true })
    : diffusionScheduler({ ...choice, name }, config);
}

function flowMatchScheduler(
  { name, numInferenceSteps }: SchedulerChoice,
  config: FlowMatchConfig,
): Scheduler {
  const schedule = flowMatchSchedule({
    numInferenceSteps,
    numTrainTimesteps: config.num_train_timesteps,
    shift: config.shift,
  });
  if (name === 'euler') return new EulerScheduler(schedule, rectifiedFlow);
  if (name === 'heun') return new HeunScheduler(schedule, rectifiedFlow);
  if (name === 'dpmpp-2m') return new DpmppScheduler(schedule, rectifiedFlow);
  throw new EngineError(
    'invalid_request',
    `This model does not work with the scheduler ${name}: choose one of ${FLOW_MATCH_SCHEDULERS.join(', ')}.`,
  );
}

type DiffusionChoice = SchedulerChoice & { readonly name: DiffusionSchedulerName };

function diffusionScheduler(choice: DiffusionChoice, config: DiffusionConfig): Scheduler {
  const { name, noiseSource } = choice;
  const preserving = variancePreserving(config.prediction_type);
  const exploding = varianceExploding(config.prediction_type);
  const schedule = scheduleOf(choice, config);
  const { solver_order: solverOrder, lower_order_final: lowerOrderFinal, solver_type: type } = config;
  switch (name) {
    case 'ddim':
      return new DdimScheduler(schedule, preserving);
    case 'pndm':
      return new PndmScheduler(schedule, preserving);
    case 'lcm':
      return new LcmScheduler(schedule, preserving, noiseSource, {
        timestepScaling: config.timestep_scaling,
      });
    case 'dpmpp-2m': {
      const solverType = type === 'heun' ? 'heun' : 'midpoint';
      return new DpmppScheduler(schedule, preserving, { solverOrder, lowerOrderFinal, solverType });
    }
    case 'unipc': {
      const solverType = type === 'bh1' ? 'bh1' : 'bh2';
      return new UniPcScheduler(schedule, preserving, { solverOrder, lowerOrderFinal, solverType });
    }
    case 'euler':
      return new EulerScheduler(schedule, exploding);
    case 'euler-ancestral':
      return new EulerAncestralScheduler(schedule, exploding, noiseSource);
    case 'heun':
      return new HeunScheduler(schedule, exploding);
    case 'lms':
      return new LmsScheduler(schedule, exploding);
  }
}

/** What a file leaves open is as in diffusers' class for that scheduler. */
function scheduleOf({ name, numInferenceSteps }: DiffusionChoice, config: DiffusionConfig): Schedule {
  const options = {
    training: trainingNoise({
      numTrainTimesteps: config.num_train_timesteps,
      betaStart: config.beta_start,
      betaEnd: config.beta_end,
      betaSchedule: config.beta_schedule,
      trainedBetas: config.trained_betas ?? undefined,
      rescaleBetasZeroSnr: config.rescale_betas_zero_snr,
    }),
    numInferenceSteps,
    stepsOffset: config.steps_offset,
    useKarrasSigmas: config.use_karras_sigmas ?? false,
    finalSigma: config.final_sigmas_type,
  };
  const { timestep_spacing: timestepSpacing = 'linspace' } = config;
  const { timestep_spacing: ddimSpacing = 'leading', set_alpha_to_one: setAlphaToOne } = config;
  switch (name) {
    case 'ddim':
      return ddimSchedule({ ...options, timestepSpacing: ddimSpacing, setAlphaToOne: setAlphaToOne ?? true });
    case 'pndm':
      return pndmSchedule({
        ...options,
        timestepSpacing: ddimSpacing,
        setAlphaToOne: setAlphaToOne ?? false,
      });
    case 'lcm':
      checkSteps(numInferenceSteps, config.original_inference_steps);
      return lcmSchedule({ ...options, originalInferenceSteps: config.original_inference_steps });
    case 'dpmpp-2m':
    case 'unipc':
      return multistepSchedule({ ...options, timestepSpacing });
    case 'euler':
    case 'euler-ancestral':
    case 'heun':
    case 'lms':
      return varianceExplodingSchedule({ ...options, timestepSpacing });
  }
}

function checkSteps(numInferenceSteps: number, max: number): void {
  if (Number.isInteger(numInferenceSteps) && numInferenceSteps >= 1 && numInferenceSteps <= max) return;
  throw new EngineError(
    'invalid_request',
    `This model and scheduler take a whole number of steps from 1 to ${max}, not ${numInferenceSteps}.`,
  );
}
