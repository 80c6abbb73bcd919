import { floatOutput } from '../runtime/inference-session.js';
import type { InferenceSession, Tensor } from '../runtime/inference-session.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';

/** Latents to the picture that they stand for. */
export class VaeDecoder {
  readonly #decoder: InferenceSession;
  readonly #latentShape: readonly [number, number, number];
  readonly #scalingFactor: number;

  /**
   * @param latentShape channels, rows, columns
   * @param scalingFactor the denoiser's latents are the autoencoder's times this
   */
  constructor(
    decoder: InferenceSession,
    latentShape: readonly [number, number, number],
    scalingFactor: number,
  ) {
    this.#decoder = decoder;
    this.#latentShape = latentShape;
    this.#scalingFactor = scalingFactor;
  }

  /** @param latents as the denoiser has them; channels x rows x columns */
  async decode(latents: Float32Array): Promise<SpectrogramPicture> {
    const unscaled = latents.map((value) => value / this.#scalingFactor);
    const outputs = await this.#decoder.run({
      latent_sample: { shape: [1, ...this.#latentShape], data: unscaled },
    });
    return toPicture(floatOutput(outputs, 'sample'));
  }

  dispose(): Promise<void> {
    return this.#decoder.dispose();
  }
}

/** @param sample `[1, 1, height, width]`, 1 = white (silence), -1 = black (loud) */
function toPicture({ shape, data }: Tensor<Float32Array>): SpectrogramPicture {
  const [, , height = 0, width = 0] = shape;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const grey = Math.min(255, Math.max(0, Math.round(255 * ((data[pixel] ?? 1) / 2 + 0.5))));
    rgb[3 * pixel] = rgb[3 * pixel + 1] = rgb[3 * pixel + 2] = grey;
  }
  return { width, height, rgb };
}
