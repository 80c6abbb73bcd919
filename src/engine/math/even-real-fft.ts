import type { ComplexFft, RealFft } from './fft.js';

/**
 * Real FFT of an even size through a complex one of half the size: even samples as real parts, odd ones as
 * imaginary parts, the two spectra separated by symmetry afterwards.
 */
export class EvenRealFft implements RealFft {
  readonly size: number;
  readonly bins: number;
  readonly #half: ComplexFft;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  /** exp(-2 pi i k / size), k <= size / 4. */
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  /** @param half transform of size / 2 points */
  constructor(size: number, half: ComplexFft) {
    this.size = size;
    this.bins = size / 2 + 1;
    this.#half = half;
    this.#re = new Float64Array(half.size);
    this.#im = new Float64Array(half.size);
    const turn = (-2 * Math.PI) / size;
    const length = Math.floor(half.size / 2) + 1;
    this.#cos = Float64Array.from({ length }, (_, k) => Math.cos(turn * k));
    this.#sin = Float64Array.from({ length }, (_, k) => Math.sin(turn * k));
  }

  forward(input: Float64Array, re: Float64Array, im: Float64Array): void {
    const m = this.#half.size;
    const zr = this.#re;
    const zi = this.#im;
    const cos = this.#cos;
    const sin = this.#sin;
    for (let n = 0; n < m; n++) {
      zr[n] = input[2 * n]!;
      zi[n] = input[2 * n + 1]!;
    }
    this.#half.transform(zr, zi);
    re[0] = zr[0]! + zi[0]!;
    re[m] = zr[0]! - zi[0]!;
    im[0] = im[m] = 0;
    for (let k = 1; 2 * k <= m; k++) {
      const j = m - k;
      const evenRe = 0.5 * (zr[k]! + zr[j]!);
      const evenIm = 0.5 * (zi[k]! - zi[j]!);
      const oddRe = 0.5 * (zi[k]! + zi[j]!);
      const oddIm = 0.5 * (zr[j]! - zr[k]!);
      const turnedRe = oddRe * cos[k]! - oddIm * sin[k]!;
      const turnedIm = oddRe * sin[k]! + oddIm * cos[k]!;
      re[k] = evenRe + turnedRe;
      im[k] = evenIm + turnedIm;
      re[j] = evenRe - turnedRe;
      im[j] = turnedIm - evenIm;
    }
  }

  inverse(re: Float64Array, im: Float64Array, output: Float64Array): void {
    const m = this.#half.size;
    const zr = this.#re;
    const zi = this.#im;
    const cos = this.#cos;
    const sin = this.#sin;
    zr[0] = 0.5 * (re[0]! + re[m]!);
    zi[0] = 0.5 * (re[0]! - re[m]!);
    for (let k = 1; 2 * k <= m; k++) {
      const j = m - k;
      const evenRe = 0.5 * (re[k]! + re[j]!);
      const evenIm = 0.5 * (im[k]! - im[j]!);
      const turnedRe = 0.5 * (re[k]! - re[j]!);
      const turnedIm = 0.5 * (im[k]! + im[j]!);
      const oddRe = turnedRe * cos[k]! + turnedIm * sin[k]!;
      const oddIm = turnedIm * cos[k]! - turnedRe * sin[k]!;
      zr[k] = evenRe - oddIm;
      zi[k] = evenIm + oddRe;
      zr[j] = evenRe + oddIm;
      zi[j] = oddRe - evenIm;
    }
    this.#half.transform(zi, zr); // exchanged: the inverse
    const scale = 1 / m;
    for (let n = 0; n < m; n++) {
      output[2 * n] = zr[n]! * scale;
      output[2 * n + 1] = zi[n]! * scale;
    }
  }
}
