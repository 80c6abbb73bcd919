import { weightedSum } from '../math/weighted-sum.js';
import { floatOutput } from '../runtime/inference-session.js';
import type { InferenceSession, NamedTensors, Tensor } from '../runtime/inference-session.js';
import type { AccelerationOptions } from './acceleration/acceleration-options.js';
import { DeepCachedUnet } from './acceleration/deep-cached-unet.js';
import { guidancePolicy } from './acceleration/guidance-policy.js';
import { conditionFeeds } from './conditions.js';
import type { Condition, Conditions } from './conditions.js';
import type { Denoise } from './scheduler.js';

/** Channels, rows, columns. */
export type LatentShape = readonly [channels: number, rows: number, columns: number];

export interface Guidance {
  /** Towards this; `[1, tokens, width]`. */
  readonly promptEmbeds: Tensor<Float32Array>;
  /** Away from this; same shape. */
  readonly negativePromptEmbeds: Tensor<Float32Array>;
  /** 1 = guidance off: the negative prompt has no effect, and the network does half the work. */
  readonly guidanceScale: number;
  /** Of the samples. */
  readonly latentShape: LatentShape;
  /** What the network is told besides; what it cannot be told is left out. @defaultValue nothing */
  readonly conditions?: Conditions | undefined;
  /** @defaultValue everything is computed at every call */
  readonly acceleration?: AccelerationOptions | undefined;
}

export interface GuidedUnetOptions {
  /**
   * Loads the first and last layers of the network, when a run first reuses deep features; the network itself must then
   * have the output `deep_features`. @defaultValue all layers run each time
   */
  readonly openShallowUnet?: (() => Promise<InferenceSession>) | undefined;
  /** Training time of pure noise. @defaultValue 1000 */
  readonly numTrainTimesteps?: number | undefined;
  /** Inputs of the network besides sample, time and prompt. @defaultValue none */
  readonly conditions?: readonly Condition[] | undefined;
}

const DEFAULT_TRAIN_TIMESTEPS = 1000;

/**
 * The denoising network under classifier-free guidance (Ho and Salimans 2022): both prompts in one batch, the
 * negative one first, then `negative + guidanceScale * (positive - negative)`.
 */
export class GuidedUnet {
  readonly #unet: InferenceSession;
  readonly #openShallowUnet: (() => Promise<InferenceSession>) | undefined;
  readonly #numTrainTimesteps: number;
  readonly #conditions: readonly Condition[];
  #shallowUnet: Promise<InferenceSession> | undefined;

  constructor(unet: InferenceSession, options: GuidedUnetOptions = {}) {
    this.#unet = unet;
    this.#openShallowUnet = options.openShallowUnet;
    this.#numTrainTimesteps = options.numTrainTimesteps ?? DEFAULT_TRAIN_TIMESTEPS;
    this.#conditions = options.conditions ?? [];
  }

  /** Good for one run: accelerated, it remembers earlier calls. */
  guidedBy(guidance: Guidance): Denoise {
    const { promptEmbeds, negativePromptEmbeds, guidanceScale, latentShape, acceleration = {} } = guidance;
    const network = this.#networkOfOneRun(acceleration);
    const feedsOf = (batch: number): NamedTensors =>
      conditionFeeds(this.#conditions, guidance.conditions ?? {}, latentShape, batch);
    const aloneFeeds = feedsOf(1);
    const askPrompt = (sample: Float32Array, timestep: number): Promise<Float32Array> =>
      ask(network, { samples: [sample], latentShape, timestep, embeds: promptEmbeds, feeds: aloneFeeds });
    if (guidanceScale === 1) return askPrompt;

    const bothEmbeds = stack(negativePromptEmbeds, promptEmbeds);
    const bothFeeds = feedsOf(2);
    const modeAt = guidancePolicy(acceleration);
    let addedLast: Float32Array | undefined;
    return async (sample, timestep) => {
      const mode = modeAt(timestep / this.#numTrainTimesteps);
      if (mode !== 'computed') {
        const positive = await askPrompt(sample, timestep);
        return mode === 'repeated' && addedLast ? weightedSum([1, positive], [1, addedLast]) : positive;
      }
      const samples = [sample, sample];
      const call = { samples, latentShape, timestep, embeds: bothEmbeds, feeds: bothFeeds };
      const both = await ask(network, call);
      const guided = guide(both, guidanceScale);
      addedLast = weightedSum([1, guided], [-1, both.subarray(both.length / 2)]);
      return guided;
    };
  }

  async dispose(): Promise<void> {
    const shallowUnet = await this.#shallowUnet?.catch(() => undefined);
    await Promise.all([this.#unet.dispose(), shallowUnet?.dispose()]);
  }

  #networkOfOneRun({ deepFeaturesEvery: every = 1 }: AccelerationOptions): RunnableNetwork {
    const open = this.#openShallowUnet;
    if (!open || every === 1) return this.#unet;
    const shallow: RunnableNetwork = {
      run: async (feeds) => {
        // A failure is not kept: the next run tries again.
        this.#shallowUnet ??= open().catch((error: unknown) => {
          this.#shallowUnet = undefined;
          throw error;
        });
        return (await this.#shallowUnet).run(feeds);
      },
    };
    return new DeepCachedUnet({ whole: this.#unet, shallow, every });
  }
}

type RunnableNetwork = Pick<InferenceSession, 'run'>;

interface UnetCall {
  readonly samples: readonly Float32Array[];
  readonly latentShape: LatentShape;
  readonly timestep: number;
  /** `[samples, tokens, width]`. */
  readonly embeds: Tensor<Float32Array>;
  /** Of its further inputs. */
  readonly feeds: NamedTensors;
}

async function ask(
  network: RunnableNetwork,
  { samples, latentShape, timestep, embeds, feeds }: UnetCall,
): Promise<Float32Array> {
  const outputs = await network.run({
    sample: { shape: [samples.length, ...latentShape], data: concatenate(samples) },
    timestep: { shape: [samples.length], data: new Float32Array(samples.length).fill(timestep) },
    encoder_hidden_states: embeds,
    ...feeds,
  });
  return floatOutput(outputs, 'out_sample').data;
}

/** @param both the network's answers to the negative prompt and to the prompt, one after the other */
function guide(both: Float32Array, guidanceScale: number): Float32Array {
  const half = both.length / 2;
  const negative = both.subarray(0, half);
  const positive = both.subarray(half);
  return negative.map((value, index) => value + guidanceScale * ((positive[index] ?? 0) - value));
}

function stack(first: Tensor<Float32Array>, second: Tensor<Float32Array>): Tensor<Float32Array> {
  return { shape: [2, ...first.shape.slice(1)], data: concatenate([first.data, second.data]) };
}

function concatenate(arrays: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let offset = 0;
  for (const array of arrays) {
    result.set(array, offset);
    offset += array.length;
  }
  return result;
}
