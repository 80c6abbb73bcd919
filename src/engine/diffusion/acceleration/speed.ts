/** Named choices between time and quality, as data. What each costs: bench/README.md, "Scheduler-level speed". */
import type { SchedulerName } from '../../limits.js';
import type { AccelerationOptions } from './acceleration-options.js';

export const SPEEDS = ['full', 'balanced', 'fast', 'few-step'] as const;
export type Speed = (typeof SPEEDS)[number];

export interface SpeedPreset {
  /** Steps, as a share of the model's own default. @defaultValue 1 */
  readonly stepShare?: number;
  /** Steps of any model; goes before `stepShare`. */
  readonly numInferenceSteps?: number;
  /** @defaultValue the model's own */
  readonly guidanceScale?: number;
  /** @defaultValue the model's own */
  readonly scheduler?: SchedulerName;
  /** @defaultValue none */
  readonly acceleration?: AccelerationOptions;
}

/**
 * Steps are left out before guidance is: at equal cost, that changes a clip less. Deep features are reused by models whose
 * network is in two parts.
 */
export const SPEED_PRESETS: Readonly<Record<Speed, SpeedPreset>> = {
  /** The model's own defaults. */
  full: {},
  /** Hard to tell from `full`. */
  balanced: { stepShare: 0.75, acceleration: { deepFeaturesEvery: 2 } },
  /** The same clip in the large, other details. */
  fast: { stepShare: 0.5, acceleration: { deepFeaturesEvery: 2 } },
  /** For models that were distilled to few steps, or with a LoRA that was (LCM, Luo et al. 2023): others make noise. */
  'few-step': { numInferenceSteps: 4, guidanceScale: 1, scheduler: 'lcm' },
};

/** What a run takes for the knobs that its request leaves open. */
export interface RunDefaults {
  readonly numInferenceSteps: number;
  readonly guidanceScale: number;
  readonly scheduler: SchedulerName;
}

export interface AcceleratedDefaults extends RunDefaults {
  readonly acceleration: AccelerationOptions;
}

/** @param defaults the model's own */
export function defaultsAtSpeed(defaults: RunDefaults, speed: Speed): AcceleratedDefaults {
  const { stepShare = 1, acceleration = {}, ...preset }: SpeedPreset = SPEED_PRESETS[speed];
  const steps = Math.max(1, Math.ceil(stepShare * defaults.numInferenceSteps));
  return {
    numInferenceSteps: preset.numInferenceSteps ?? steps,
    guidanceScale: preset.guidanceScale ?? defaults.guidanceScale,
    scheduler: preset.scheduler ?? defaults.scheduler,
    acceleration,
  };
}
