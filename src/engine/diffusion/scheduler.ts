/**
 * Asks the network what it makes of a sample. What the answer means (velocity, noise, ...) is between the network
 * and its scheduler; guidance is already applied.
 *
 * @param sample latents as the network expects them at that time
 * @param timestep training time, `num_train_timesteps` = pure noise, 0 = data; may be fractional
 */
export type Denoise = (sample: Float32Array, timestep: number) => Promise<Float32Array>;

export interface SchedulerStep {
  /** The sample, one step less noisy. */
  readonly sample: Float32Array;
  /** What the network took the clean latents to be during the step: good for a preview. */
  readonly predOriginalSample: Float32Array;
}

/**
 * A noise schedule and its `step`, for one run from noise to data: schedulers may remember earlier steps, so each
 * run takes a new one. Nothing to do with time of day or the order of jobs.
 *
 * A step is given the network rather than its output, because some methods ask more than once in a step, and some
 * scale the sample first. Not part of the contract: guidance, cancelling and progress, which are the pipeline's.
 */
export interface Scheduler {
  readonly numInferenceSteps: number;
  /** Standard deviation of the noise that a run starts from. */
  readonly initNoiseSigma: number;
  /** @param stepIndex 0, 1, ... `numInferenceSteps - 1`, in this order, each once */
  step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep>;
}
