/** From a prompt to a spectrogram picture: noise from a seed, made into latents step by step, then decoded. */
import { setImmediate } from 'node:timers/promises';

import { throwIfCancelled } from '../cancellation.js';
import type { SchedulerName } from '../limits.js';
import { SeededRandom } from '../math/random.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { GuidedUnet } from './guided-unet.js';
import type { ModelConfig } from './model-config.js';
import type { PromptEncoder } from './prompt-encoder.js';
import type { Denoise, NoiseSource } from './scheduler.js';
import { createScheduler } from './schedulers/create-scheduler.js';
import type { VaeDecoder } from './vae-decoder.js';

export interface DenoiseRequest {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** The noise to start from. */
  readonly seed: number;
  readonly numInferenceSteps: number;
  readonly guidanceScale: number;
  readonly scheduler: SchedulerName;
}

export interface DenoiseOptions {
  /** Looked at before each call of the network. */
  readonly signal?: AbortSignal | undefined;
  /** Awaited after each step. */
  readonly onStep?: (step: DenoisingStep) => Promise<void> | void;
}

export interface DenoisingStep {
  /** Steps done, from 1. */
  readonly step: number;
  /** What the clean latents look like so far. */
  readonly predOriginalSample: Float32Array;
}

export interface PipelineParts {
  readonly config: ModelConfig;
  readonly promptEncoder: PromptEncoder;
  readonly unet: GuidedUnet;
  readonly vaeDecoder: VaeDecoder;
}

export class RiffcordPipeline {
  readonly config: ModelConfig;
  readonly #promptEncoder: PromptEncoder;
  readonly #unet: GuidedUnet;
  readonly #vaeDecoder: VaeDecoder;

  constructor(parts: PipelineParts) {
    this.config = parts.config;
    this.#promptEncoder = parts.promptEncoder;
    this.#unet = parts.unet;
    this.#vaeDecoder = parts.vaeDecoder;
  }

  /**
   * @returns latents, channels x rows x columns
   * @throws CancelledError within one call of the network after the signal aborts
   */
  async denoise(request: DenoiseRequest, options: DenoiseOptions = {}): Promise<Float32Array> {
    const noiseSource = new SeededRandom(request.seed);
    const scheduler = createScheduler({
      name: request.scheduler,
      numInferenceSteps: request.numInferenceSteps,
      config: this.config.scheduler,
      noiseSource,
    });
    const denoise = cancellable(await this.#guidedUnet(request), options.signal);
    let sample = this.#noise(noiseSource, scheduler.initNoiseSigma);
    for (const stepIndex of scheduler.timesteps.keys()) {
      const { sample: nextSample, predOriginalSample } = await scheduler.step(stepIndex, sample, denoise);
      sample = nextSample;
      await options.onStep?.({ step: stepIndex + 1, predOriginalSample });
    }
    return sample;
  }

  /** True when the model hears only the beginning of this text. */
  async truncates(prompt: string): Promise<boolean> {
    return (await this.#promptEncoder.encode(prompt)).isTruncated;
  }

  decode(latents: Float32Array): Promise<SpectrogramPicture> {
    return this.#vaeDecoder.decode(latents);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#promptEncoder.dispose(), this.#unet.dispose(), this.#vaeDecoder.dispose()]);
  }

  async #guidedUnet(request: DenoiseRequest): Promise<Denoise> {
    const prompt = await this.#promptEncoder.encode(request.prompt);
    const negativePrompt = await this.#promptEncoder.encode(request.negativePrompt);
    return this.#unet.guidedBy({
      promptEmbeds: prompt.embeds,
      negativePromptEmbeds: negativePrompt.embeds,
      guidanceScale: request.guidanceScale,
    });
  }

  #noise(noiseSource: NoiseSource, sigma: number): Float32Array {
    const [channels, rows, columns] = this.config.latentShape;
    const noise = new Float32Array(channels * rows * columns);
    noiseSource.fillGaussian(noise);
    return noise.map((value) => value * sigma);
  }
}

/** The network blocks its thread: only between its calls can messages, such as one that cancels, come in. */
function cancellable(denoise: Denoise, signal: AbortSignal | undefined): Denoise {
  return async (sample, timestep) => {
    await setImmediate();
    throwIfCancelled(signal);
    return denoise(sample, timestep);
  };
}
