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
  /**
   * Training time at which each step starts, falling: there are as many steps as entries. Mostly as many as were
   * asked for; PNDM takes its second one twice, and equal ones are left out where the schedule is too short.
   */
  readonly timesteps: readonly number[];
  /** Standard deviation of the noise that a run from nothing but noise starts from. */
  readonly initNoiseSigma: number;
  /**
   * @param stepIndex index into `timesteps`: from 0, or later where a run starts from a noisy original, to the last,
   *   in this order, each once
   * @throws RangeError when there is no such step
   */
  step(stepIndex: number, sample: Float32Array, denoise: Denoise): Promise<SchedulerStep>;
  /**
   * A clean sample, made as noisy as samples are when that step starts: where image to image begins.
   * @param noise of variance 1, as long as the sample
   * @throws RangeError when there is no such step, or for noise of another length
   */
  addNoise(original: Float32Array, noise: Float32Array, stepIndex: number): Float32Array;
}

/** Where schedulers that add noise of their own take it from. */
export interface NoiseSource {
  /** Fills the array with independent numbers of mean 0 and variance 1. */
  fillGaussian(array: Float32Array): void;
}
