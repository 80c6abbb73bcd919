import type { ComplexFft, RealFft } from './fft.js';

/** Real FFT of an odd size through a complex one of the same size. */
export class OddRealFft implements RealFft {
  readonly size: number;
  readonly bins: number;
  readonly #fft: ComplexFft;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  /** @param fft transform of the same, odd size */
  constructor(fft: ComplexFft) {
    this.size = fft.size;
    this.bins = (fft.size + 1) / 2;
    this.#fft = fft;
    this.#re = new Float64Array(fft.size);
    this.#im = new Float64Array(fft.size);
  }

  forward(input: Float64Array, re: Float64Array, im: Float64Array): void {
    this.#re.set(input);
    this.#im.fill(0);
    this.#fft.transform(this.#re, this.#im);
    for (let k = 0; k < this.bins; k++) {
      re[k] = this.#re[k]!;
      im[k] = this.#im[k]!;
    }
  }

  inverse(re: Float64Array, im: Float64Array, output: Float64Array): void {
    this.#re[0] = re[0]!;
    this.#im[0] = 0;
    for (let k = 1; k < this.bins; k++) {
      const mirror = this.size - k;
      this.#re[k] = this.#re[mirror] = re[k]!;
      this.#im[k] = im[k]!;
      this.#im[mirror] = -im[k]!;
    }
    this.#fft.transform(this.#im, this.#re); // exchanged: the inverse
    for (let n = 0; n < this.size; n++) output[n] = this.#re[n]! / this.size;
  }
}
