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
