/** Where image to image starts, and what a mask keeps: as riffusion has it, and as diffusers has it. */
import type { SchedulerName } from '../limits.js';
import { imageToImageStart, riffusionStart } from './schedulers/image-to-image-start.js';
import type { ImageToImageStart } from './schedulers/image-to-image-start.js';
import { isFlowMatch } from './schedulers/scheduler-config.js';
import type { SchedulerConfig } from './schedulers/scheduler-config.js';

/**
 * `riffusion`: as the original's `riffuse` with diffusers' 0.9, to the letter. What a mask keeps ends with the noise of
 * the last step, and something of the picture survives at strength 1.
 * `diffusers`: as `StableDiffusionImg2ImgPipeline`, and what a mask keeps ends as it was
 * (`StableDiffusionInpaintPipeline` with a denoiser of four channels).
 */
export type ImageToImageRules = 'riffusion' | 'diffusers';

/**
 * The original's where that is the original: diffusion models with the schedulers whose times the offset belongs to. With
 * the others, its rules would leave noise that can be heard.
 */
export function defaultRules(config: SchedulerConfig, scheduler: SchedulerName): ImageToImageRules {
  const isOriginal = !isFlowMatch(config) && (scheduler === 'pndm' || scheduler === 'ddim');
  return isOriginal ? 'riffusion' : 'diffusers';
}

export interface StartOptions {
  readonly numInferenceSteps: number;
  /** Steps of the schedule, which may be one more or fewer. */
  readonly numTimesteps: number;
  /** The model's, as in its `scheduler_config.json`. */
  readonly stepsOffset: number;
}

/** @param strength 0..1 */
export function startOf(
  rules: ImageToImageRules,
  strength: number,
  options: StartOptions,
): ImageToImageStart {
  const { numTimesteps, stepsOffset } = options;
  // A schedule with fewer times than were asked for has that many steps, and its strength is a share of these.
  const numSteps = Math.min(options.numInferenceSteps, numTimesteps);
  switch (rules) {
    case 'riffusion':
      return riffusionStart(numSteps, strength, { numTimesteps, stepsOffset });
    case 'diffusers':
      return imageToImageStart(numSteps, strength);
  }
}

/**
 * Index of the step whose noise the kept parts are given after a step is done.
 * @returns `undefined` = none
 */
export function keptNoiseStep(
  rules: ImageToImageRules,
  doneStepIndex: number,
  numTimesteps: number,
): number | undefined {
  if (rules === 'riffusion') return doneStepIndex;
  return doneStepIndex + 1 < numTimesteps ? doneStepIndex + 1 : undefined;
}
