import { floatOutput } from '../../runtime/inference-session.js';
import type { InferenceSession, NamedTensors, Tensor } from '../../runtime/inference-session.js';

export interface DeepCachedUnetOptions {
  /** The whole network; `deep_features` is among its outputs. */
  readonly whole: Pick<InferenceSession, 'run'>;
  /** Its first and last layers; `deep_features` is among its inputs. */
  readonly shallow: Pick<InferenceSession, 'run'>;
  /** The whole network runs at the first call and at every n-th after it. From 1. */
  readonly every: number;
}

/**
 * A denoising network for one run, whose deep layers are not computed in every call: from one step to the next, what
 * they say changes little (DeepCache, Ma et al. 2023, with equal distances).
 */
export class DeepCachedUnet {
  readonly #options: DeepCachedUnetOptions;
  #deepFeatures: Tensor<Float32Array> | undefined;
  /** Calls that the deep features have served, the one that made them included. */
  #served = 0;

  constructor(options: DeepCachedUnetOptions) {
    this.#options = options;
  }

  /**
   * @param feeds as the whole network takes them. A batch may be smaller than the one before: it is then the last
   * samples of that. A larger one has the whole network run.
   */
  async run(feeds: NamedTensors): Promise<NamedTensors> {
    const deepFeatures = this.#served < this.#options.every ? this.#lastOf(batchOf(feeds)) : undefined;
    if (deepFeatures) {
      this.#served++;
      return this.#options.shallow.run({ ...feeds, deep_features: deepFeatures });
    }
    const outputs = await this.#options.whole.run(feeds);
    this.#deepFeatures = floatOutput(outputs, 'deep_features');
    this.#served = 1;
    return outputs;
  }

  /** Deep features of the last samples; undefined when there are not so many. */
  #lastOf(samples: number): Tensor<Float32Array> | undefined {
    if (!this.#deepFeatures) return undefined;
    const { shape, data } = this.#deepFeatures;
    const [kept = 0, ...rest] = shape;
    if (samples > kept) return undefined;
    const valuesPerSample = data.length / kept;
    return { shape: [samples, ...rest], data: data.subarray((kept - samples) * valuesPerSample) };
  }
}

function batchOf(feeds: NamedTensors): number {
  return feeds['sample']?.shape[0] ?? 0;
}
