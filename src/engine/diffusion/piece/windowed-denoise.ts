import type { LatentShape } from '../guided-unet.js';
import type { Denoise } from '../scheduler.js';
import { cutColumns, WindowMean, windowStarts } from './windows.js';
import type { OnWindow, WindowLayout } from './windows.js';

export interface WindowedDenoiseOptions {
  /** A network's way to look at one window, asked for once for each. */
  readonly denoiseAt: (start: number) => Promise<Denoise> | Denoise;
  readonly onWindow?: OnWindow | undefined;
}

/**
 * A denoiser for samples of any length out of one for samples of a window's: in every step each window is asked by
 * itself, and where windows overlap, their answers are averaged (MultiDiffusion, Bar-Tal et al. 2023).
 */
export async function windowedDenoise(
  layout: WindowLayout,
  [channels, rows]: LatentShape,
  { denoiseAt, onWindow }: WindowedDenoiseOptions,
): Promise<Denoise> {
  const windows: { readonly start: number; readonly denoise: Denoise }[] = [];
  for (const start of windowStarts(layout)) windows.push({ start, denoise: await denoiseAt(start) });
  return async (sample, timestep) => {
    const whole = { data: new Float32Array(channels * rows * layout.columns), columnSize: 1 };
    const mean = new WindowMean(layout, whole);
    for (const { start, denoise } of windows) {
      onWindow?.(start / layout.columns);
      const part = cutColumns({ data: sample, columnSize: 1 }, layout.columns, {
        start,
        window: layout.window,
      });
      mean.add(start, await denoise(part, timestep));
    }
    return whole.data;
  };
}
