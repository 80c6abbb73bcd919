/** Rhythm, seams and likeness of spectrogram pictures that wrap around, from their grey levels alone. */
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';

const WHITE = 255;

/** Mean difference between each column and the one before it, grey levels; before the first lies the last. */
export function columnSteps(picture: SpectrogramPicture): number[] {
  return columnChanges(picture, Math.abs);
}

/** By how much each column is darker, which is louder, than the one before it: mean over the rows that are. */
export function onsetStrength(picture: SpectrogramPicture): number[] {
  return columnChanges(picture, (change) => Math.max(0, -change));
}

/** The lag, in columns from `shortest` to half the width, at which the values are most like themselves. */
export function strongestLag(
  values: readonly number[],
  shortest: number,
): { lag: number; correlation: number } {
  const mean = sum(values) / values.length;
  const centred = values.map((value) => value - mean);
  const energy = sum(centred.map((value) => value * value));
  let best = { lag: 0, correlation: -1 };
  for (let lag = shortest; lag <= values.length / 2; lag++) {
    const product = sum(centred.map((value, t) => value * centred[(t + lag) % values.length]!));
    if (product / energy > best.correlation) best = { lag, correlation: product / energy };
  }
  return best;
}

/** Share of the sound's amplitude, picture's scale, that lies in these rows, counted from the bottom. */
export function darknessOf({ width, height, rgb }: SpectrogramPicture, from: number, to: number): number {
  let total = 0;
  for (let band = from; band < to; band++) {
    for (let t = 0; t < width; t++) total += WHITE - rgb[3 * ((height - 1 - band) * width + t)]!;
  }
  return total / ((to - from) * width);
}

/** Root mean square of the difference between two pictures of one size, grey levels. */
export function distanceBetween(a: SpectrogramPicture, b: SpectrogramPicture): number {
  let total = 0;
  for (let i = 0; i < a.rgb.length; i++) total += (a.rgb[i]! - b.rgb[i]!) ** 2;
  return Math.sqrt(total / a.rgb.length);
}

function columnChanges({ width, height, rgb }: SpectrogramPicture, of: (change: number) => number): number[] {
  return Array.from({ length: width }, (_, t) => {
    const before = (t + width - 1) % width;
    let total = 0;
    for (let row = 0; row < height; row++) {
      total += of(rgb[3 * (row * width + t)]! - rgb[3 * (row * width + before)]!);
    }
    return total / height;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
