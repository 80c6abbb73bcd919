/** Where in a schedule a run starts that does not start from nothing but noise. */

export interface ImageToImageStart {
  /** Index of the step whose noise the original is given. */
  readonly noiseStepIndex: number;
  /** Index of the first step taken. */
  readonly firstStepIndex: number;
}

/**
 * diffusers' rule: of `numInferenceSteps` steps, the last `strength` of them, rounded down. At strength 1 all; at 0
 * none, where both indices are one beyond the last.
 *
 * @param strength 0 = keep the original, 1 = keep nothing of it
 */
export function imageToImageStart(numInferenceSteps: number, strength: number): ImageToImageStart {
  const stepsTaken = Math.min(Math.trunc(numInferenceSteps * strength), numInferenceSteps);
  const firstStepIndex = Math.max(numInferenceSteps - stepsTaken, 0);
  return { noiseStepIndex: firstStepIndex, firstStepIndex };
}

/**
 * riffusion's rule, after older diffusers: the schedule's offset counts as a step, and once more when the steps
 * begin. So something of the original survives at strength 1, and there is a step at 0.
 *
 * @param numTimesteps of the schedule: PNDM's has one more than steps were asked for
 * @param stepsOffset the model's, as in its `scheduler_config.json`
 */
export function riffusionStart(
  numInferenceSteps: number,
  strength: number,
  { numTimesteps, stepsOffset }: { readonly numTimesteps: number; readonly stepsOffset: number },
): ImageToImageStart {
  const stepsBack = Math.min(Math.trunc(numInferenceSteps * strength) + stepsOffset, numInferenceSteps);
  return {
    noiseStepIndex: numTimesteps - stepsBack,
    firstStepIndex: Math.max(numInferenceSteps - stepsBack + stepsOffset, 0),
  };
}
