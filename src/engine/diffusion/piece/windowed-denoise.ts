import type { LatentShape } from '../guided-unet.js';
import type { Denoise } from '../scheduler.js';
import { cutColumns, WindowMean, windowStarts } from './windows.js';
import type { WindowLayout } from './windows.js';

/** A network's way to look at one window. */
export type DenoiseOfWindow = (start: number) => Promise<Denoise> | Denoise;

/**
 * A denoiser for samples of any length out of one for samples of a window's: in every step each window is asked by
 * itself, and where windows overlap, their answers are averaged (MultiDiffusion, Bar-Tal et al. 2023).
 *
 * @param denoiseAt called once for each window
 */
export async function windowedDenoise(
  layout: WindowLayout,
  [channels, rows]: LatentShape,
  denoiseAt: DenoiseOfWindow,
): Promise<Denoise> {
  const windows: { readonly start: number; readonly denoise: Denoise }[] = [];
  for (const start of windowStarts(layout)) windows.push({ start, denoise: await denoiseAt(start) });
  return async (sample, timestep) => {
    const whole = { data: new Float32Array(channels * rows * layout.columns), columnSize: 1 };
    const mean = new WindowMean(layout, whole);
    for (const { start, denoise } of windows) {
      const part = cutColumns({ data: sample, columnSize: 1 }, layout.columns, {
        start,
        window: layout.window,
      });
      mean.add(start, await denoise(part, timestep));
    }
    return whole.data;
  };
}
