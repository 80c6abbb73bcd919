/** What grey pictures say about one another, and about beats. */
import type { SpectrogramPicture } from '../../src/engine/spectrogram/spectrogram-picture.js';

/** Mean difference of the grey levels, 0..255. */
export function greyDistance(a: SpectrogramPicture, b: SpectrogramPicture): number {
  return a.rgb.reduce((sum, value, index) => sum + Math.abs(value - (b.rgb[index] ?? NaN)), 0) / a.rgb.length;
}

/** Pictures of equal width that lie side by side. */
export function parted({ width, height, rgb }: SpectrogramPicture, partWidth: number): SpectrogramPicture[] {
  return Array.from({ length: width / partWidth }, (_, part) => {
    const pixels = new Uint8Array(3 * partWidth * height);
    for (let row = 0; row < height; row++) {
      const from = 3 * (row * width + part * partWidth);
      pixels.set(rgb.subarray(from, from + 3 * partWidth), 3 * row * partWidth);
    }
    return { width: partWidth, height, rgb: pixels };
  });
}

export function sideBySide(pictures: readonly SpectrogramPicture[]): SpectrogramPicture {
  const height = pictures[0]?.height ?? 0;
  const width = pictures.reduce((sum, picture) => sum + picture.width, 0);
  const rgb = new Uint8Array(3 * width * height);
  let column = 0;
  for (const picture of pictures) {
    for (let row = 0; row < height; row++) {
      const line = picture.rgb.subarray(3 * row * picture.width, 3 * (row + 1) * picture.width);
      rgb.set(line, 3 * (row * width + column));
    }
    column += picture.width;
  }
  return { width, height, rgb };
}

/** Correlation of when sounds begin in two loops of one length: 1 = at the same moments. */
export function beatCorrelation(a: SpectrogramPicture, b: SpectrogramPicture): number {
  const [x, y] = [onsets(a), onsets(b)];
  const product = (p: Float64Array, q: Float64Array): number =>
    p.reduce((sum, value, index) => sum + value * (q[index] ?? 0), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

/** How much darker each column is than the one before, without the mean. */
function onsets({ width, height, rgb }: SpectrogramPicture): Float64Array {
  const rises = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const before = rgb[3 * (row * width + ((column + width - 1) % width))] ?? 0;
      rises[column]! += Math.max(0, before - (rgb[3 * (row * width + column)] ?? 0));
    }
  }
  const mean = rises.reduce((sum, value) => sum + value, 0) / width;
  return rises.map((value) => value - mean);
}
