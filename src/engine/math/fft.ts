/** Ports of the Fourier transforms; `create-fft.ts` chooses an implementation for a size. */

/** Discrete Fourier transform of complex data in two arrays. */
export interface ComplexFft {
  readonly size: number;
  /**
   * X[k] = sum of x[n] * exp(-2 pi i k n / size), in place.
   * Called with the two arrays exchanged it is the inverse transform times `size`.
   *
   * @param re real parts, `size` of them
   * @param im imaginary parts, `size` of them
   */
  transform(re: Float64Array, im: Float64Array): void;
}

/** Discrete Fourier transform of real data: `size` samples, `floor(size / 2) + 1` bins. */
export interface RealFft {
  readonly size: number;
  /** Bins of the half spectrum. */
  readonly bins: number;
  /**
   * Samples to spectrum, unscaled.
   *
   * @param input `size` samples, left as they are
   * @param re receives `bins` real parts
   * @param im receives `bins` imaginary parts
   */
  forward(input: Float64Array, re: Float64Array, im: Float64Array): void;
  /**
   * Spectrum to samples, scaled by 1 / size, so that it undoes `forward`. The imaginary parts of bin 0 and, for
   * an even size, of the last bin are taken as 0.
   */
  inverse(re: Float64Array, im: Float64Array, output: Float64Array): void;
}
