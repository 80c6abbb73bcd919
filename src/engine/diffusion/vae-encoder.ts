import { createHash } from 'node:crypto';

import { weightedSum } from '../math/weighted-sum.js';
import { floatOutput } from '../runtime/inference-session.js';
import type { InferenceSession, NamedTensors } from '../runtime/inference-session.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { LruCache } from './lru-cache.js';

export interface VaeEncoderOptions {
  /** Loads the network; called when there is a first picture. */
  readonly open: () => Promise<InferenceSession>;
  /** Of the pictures that the network takes: 1 = grey, of which the red plane is read; 3 = red, green and blue. */
  readonly channels: 1 | 3;
  /** The denoiser's latents are the autoencoder's times this. */
  readonly scalingFactor: number;
}

/** The Gaussian that a picture's latents are drawn from, as the denoiser has them: scaled. */
export interface LatentDistribution {
  /** Channels x rows x columns. */
  readonly mean: Float32Array;
  /** Standard deviations, as many; absent where the network knows one answer only. */
  readonly std?: Float32Array;
}

const CACHED_PICTURES = 8;

/** A picture to its latents. Remembers recent pictures by what is in them: most runs share a few seed pictures. */
export class VaeEncoder {
  readonly #options: VaeEncoderOptions;
  readonly #cache = new LruCache<string, LatentDistribution>(CACHED_PICTURES);
  #encoder: Promise<InferenceSession> | undefined;

  constructor(options: VaeEncoderOptions) {
    this.#options = options;
  }

  /** @param picture of a size that the network takes */
  async encode(picture: SpectrogramPicture): Promise<LatentDistribution> {
    const key = contentKey(picture);
    const cached = this.#cache.get(key);
    if (cached) return cached;
    const encoder = await this.#opened();
    const { channels, scalingFactor } = this.#options;
    const { width, height } = picture;
    const data = toPlanes(picture, channels);
    const outputs = await encoder.run({ sample: { shape: [1, channels, height, width], data } });
    const distribution = toDistribution(outputs, scalingFactor);
    this.#cache.set(key, distribution);
    return distribution;
  }

  async dispose(): Promise<void> {
    const encoder = await this.#encoder?.catch(() => undefined);
    await encoder?.dispose();
  }

  #opened(): Promise<InferenceSession> {
    // A failure is not kept: the next picture tries again.
    this.#encoder ??= this.#options.open().catch((error: unknown) => {
      this.#encoder = undefined;
      throw error;
    });
    return this.#encoder;
  }
}

/** @param noise of variance 1 */
export function drawLatents({ mean, std }: LatentDistribution, noise: Float32Array): Float32Array {
  if (!std) return mean;
  return weightedSum([1, mean], [1, std.map((value, index) => value * (noise[index] ?? 0))]);
}

/** Networks of checkpoints give a Gaussian whose log-variance they have bounded; others the latents themselves. */
function toDistribution(outputs: NamedTensors, scalingFactor: number): LatentDistribution {
  const scaled = (values: Float32Array): Float32Array => values.map((value) => value * scalingFactor);
  if ('latent_sample' in outputs) return { mean: scaled(floatOutput(outputs, 'latent_sample').data) };
  return {
    mean: scaled(floatOutput(outputs, 'mean').data),
    std: scaled(floatOutput(outputs, 'logvar').data.map((logvar) => Math.exp(logvar / 2))),
  };
}

/** @returns channels x height x width; -1 = black, 1 = white */
function toPlanes({ rgb, width, height }: SpectrogramPicture, channels: number): Float32Array {
  const pixels = width * height;
  const planes = new Float32Array(channels * pixels);
  for (let plane = 0; plane < channels; plane++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      planes[plane * pixels + pixel] = (2 * (rgb[3 * pixel + plane] ?? 0)) / 255 - 1;
    }
  }
  return planes;
}

function contentKey({ width, height, rgb }: SpectrogramPicture): string {
  return `${width}x${height}:${createHash('sha256').update(rgb).digest('hex')}`;
}
