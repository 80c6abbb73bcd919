/** Long pictures to latents and back, window by window. */
import type { SpectrogramPicture } from '../../spectrogram/spectrogram-picture.js';
import type { LatentShape } from '../guided-unet.js';
import type { VaeDecoder } from '../vae-decoder.js';
import type { LatentDistribution, VaeEncoder } from '../vae-encoder.js';
import { cutColumns, WindowMean, windowStarts } from './windows.js';
import type { OnWindow, WindowLayout } from './windows.js';

/** Bytes of a pixel. */
const RGB = 3;

/**
 * @param latents channels x rows x columns of the layout
 * @param pixelsPerLatent rows, columns
 */
export async function decodeInWindows(
  decoder: Pick<VaeDecoder, 'decode'>,
  latents: Float32Array,
  [channels, rows]: LatentShape,
  { layout, pixelsPerLatent: [pixelRows, pixelColumns], onWindow }: AutoencoderWindows,
): Promise<SpectrogramPicture> {
  const { columns, window } = layout;
  const [width, height] = [columns * pixelColumns, rows * pixelRows];
  const whole = { data: new Uint8ClampedArray(RGB * width * height), columnSize: RGB };
  const mean = new WindowMean({ ...layout, columns: width, window: window * pixelColumns }, whole);
  for (const start of windowStarts(layout)) {
    onWindow(start / columns);
    const part = cutColumns({ data: latents, columnSize: 1 }, columns, { start, window });
    mean.add(start * pixelColumns, (await decoder.decode(part, [channels, rows, window])).rgb);
  }
  return { width, height, rgb: new Uint8Array(whole.data.buffer) };
}

export async function encodeInWindows(
  encoder: Pick<VaeEncoder, 'encode'>,
  { width, height, rgb }: SpectrogramPicture,
  [channels, rows, columns]: LatentShape,
  { layout, pixelsPerLatent: [, pixelColumns], onWindow }: AutoencoderWindows,
): Promise<LatentDistribution> {
  const wide = layout.window * pixelColumns;
  const whole = (): Float32Array => new Float32Array(channels * rows * columns);
  const [means, stds] = [whole(), whole()];
  const meanOfMeans = new WindowMean(layout, { data: means, columnSize: 1 });
  const meanOfStds = new WindowMean(layout, { data: stds, columnSize: 1 });
  let hasStd = false;
  for (const start of windowStarts(layout)) {
    onWindow(start / columns);
    const cut = { start: start * pixelColumns, window: wide };
    const part = cutColumns({ data: rgb, columnSize: RGB }, width, cut);
    const { mean, std } = await encoder.encode({ width: wide, height, rgb: part });
    meanOfMeans.add(start, mean);
    if (std) meanOfStds.add(start, std);
    hasStd ||= std !== undefined;
  }
  return { mean: means, ...(hasStd && { std: stds }) };
}

export interface AutoencoderWindows {
  /** In columns of latents. */
  readonly layout: WindowLayout;
  readonly pixelsPerLatent: readonly [rows: number, columns: number];
  readonly onWindow: OnWindow;
}
