/**
 * A spectrogram as pixels: 8-bit RGB, row-major, top row = highest frequency, one column per hop.
 * Loud is black (0), silence is white (255). Mono: R = G = B. Stereo: R = 0, G = left, B = right, or as mid-side.ts says.
 * Source of the layout: riffusion's SpectrogramImageConverter.
 */
export interface SpectrogramPicture {
  /** Columns. */
  readonly width: number;
  /** Rows = number of mel bands. */
  readonly height: number;
  /** `width * height * 3` bytes. */
  readonly rgb: Uint8Array;
}

/** Columns `from` to `to - 1`. */
export function cutPicture(
  { width, height, rgb }: SpectrogramPicture,
  from: number,
  to: number,
): SpectrogramPicture {
  const cut = new Uint8Array(3 * (to - from) * height);
  for (let row = 0; row < height; row++) {
    cut.set(rgb.subarray(3 * (row * width + from), 3 * (row * width + to)), 3 * row * (to - from));
  }
  return { width: to - from, height, rgb: cut };
}
