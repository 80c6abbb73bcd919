import { floatOutput } from '../runtime/inference-session.js';
import type { InferenceSession, Tensor } from '../runtime/inference-session.js';
import type { Denoise } from './scheduler.js';

export interface Guidance {
  /** Towards this; `[1, tokens, width]`. */
  readonly promptEmbeds: Tensor<Float32Array>;
  /** Away from this; same shape. */
  readonly negativePromptEmbeds: Tensor<Float32Array>;
  /** 1 = guidance off: the negative prompt has no effect, and the network does half the work. */
  readonly guidanceScale: number;
}

/**
 * The denoising network under classifier-free guidance (Ho and Salimans 2022): both prompts in one batch, the
 * negative one first, then `negative + guidanceScale * (positive - negative)`.
 */
export class GuidedUnet {
  readonly #unet: InferenceSession;
  readonly #latentShape: readonly [number, number, number];

  /** @param latentShape channels, rows, columns */
  constructor(unet: InferenceSession, latentShape: readonly [number, number, number]) {
    this.#unet = unet;
    this.#latentShape = latentShape;
  }

  guidedBy(guidance: Guidance): Denoise {
    const { promptEmbeds, negativePromptEmbeds, guidanceScale } = guidance;
    if (guidanceScale === 1) {
      return (sample, timestep) => this.#run([sample], timestep, promptEmbeds);
    }
    const bothEmbeds = stack(negativePromptEmbeds, promptEmbeds);
    return async (sample, timestep) =>
      guide(await this.#run([sample, sample], timestep, bothEmbeds), guidanceScale);
  }

  dispose(): Promise<void> {
    return this.#unet.dispose();
  }

  async #run(
    samples: readonly Float32Array[],
    timestep: number,
    embeds: Tensor<Float32Array>,
  ): Promise<Float32Array> {
    const outputs = await this.#unet.run({
      sample: { shape: [samples.length, ...this.#latentShape], data: concatenate(samples) },
      timestep: { shape: [samples.length], data: new Float32Array(samples.length).fill(timestep) },
      encoder_hidden_states: embeds,
    });
    return floatOutput(outputs, 'out_sample').data;
  }
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
