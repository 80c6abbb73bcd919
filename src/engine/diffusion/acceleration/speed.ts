/** Named choices between time and quality, as data. What each costs: bench/README.md, "Scheduler-level speed". */
import type { SchedulerName } from '../../limits.js';

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
}

/**
 * Fewer steps and nothing else, because on the model that ships they change a clip less than any acceleration that saves
 * as much. Accelerations go with each of them, for requests that name them.
 */
export const SPEED_PRESETS: Readonly<Record<Speed, SpeedPreset>> = {
  /** The model's own defaults. */
  full: {},
  /** Hard to tell from `full`. */
  balanced: { stepShare: 0.75 },
  /** The same clip in the large, other details. */
  fast: { stepShare: 0.5 },
  /** For models that were distilled to few steps, or with a LoRA that was (LCM, Luo et al. 2023): others make noise. */
  'few-step': { numInferenceSteps: 4, guidanceScale: 1, scheduler: 'lcm' },
};

/** What a run takes for the knobs that its request leaves open. */
export interface RunDefaults {
  readonly numInferenceSteps: number;
  readonly guidanceScale: number;
  readonly scheduler: SchedulerName;
}

/** @param defaults the model's own */
export function defaultsAtSpeed(defaults: RunDefaults, speed: Speed): RunDefaults {
  const { stepShare = 1, ...preset }: SpeedPreset = SPEED_PRESETS[speed];
  const steps = Math.max(1, Math.ceil(stepShare * defaults.numInferenceSteps));
  return {
    numInferenceSteps: preset.numInferenceSteps ?? steps,
    guidanceScale: preset.guidanceScale ?? defaults.guidanceScale,
    scheduler: preset.scheduler ?? defaults.scheduler,
  };
}
