import { floatOutput } from '../runtime/inference-session.js';
import type { InferenceSession, Tensor } from '../runtime/inference-session.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { LatentShape } from './guided-unet.js';

/** Latents to the picture that they stand for. */
export class VaeDecoder {
  readonly #decoder: InferenceSession;
  readonly #scalingFactor: number;

  /** @param scalingFactor the denoiser's latents are the autoencoder's times this */
  constructor(decoder: InferenceSession, scalingFactor: number) {
    this.#decoder = decoder;
    this.#scalingFactor = scalingFactor;
  }

  /** @param latents as the denoiser has them; channels x rows x columns */
  async decode(latents: Float32Array, shape: LatentShape): Promise<SpectrogramPicture> {
    const unscaled = latents.map((value) => value / this.#scalingFactor);
    const outputs = await this.#decoder.run({ latent_sample: { shape: [1, ...shape], data: unscaled } });
    return toPicture(floatOutput(outputs, 'sample'));
  }

  dispose(): Promise<void> {
    return this.#decoder.dispose();
  }
}

/**
 * @param sample `[1, channels, height, width]`, 1 = white (silence), -1 = black (loud); one channel = grey, three = red,
 * green and blue
 */
function toPicture({ shape, data }: Tensor<Float32Array>): SpectrogramPicture {
  const [, channels = 1, height = 0, width = 0] = shape;
  const pixels = width * height;
  const rgb = new Uint8Array(3 * pixels);
  for (let plane = 0; plane < 3; plane++) {
    const from = Math.min(plane, channels - 1) * pixels;
    for (let pixel = 0; pixel < pixels; pixel++) rgb[3 * pixel + plane] = toByte(data[from + pixel] ?? 1);
  }
  return { width, height, rgb };
}

/** @param value -1 = black, 1 = white */
function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(255 * (value / 2 + 0.5))));
}
