import type { ComplexFft } from './fft.js';
import { PowerOfTwoFft } from './power-of-two-fft.js';

/**
 * FFT of a size with a large prime factor, as a convolution with a chirp (Bluestein 1970) of the next power of two
 * that holds it. Not reentrant (it keeps scratch buffers).
 */
export class BluesteinFft implements ComplexFft {
  readonly size: number;
  readonly #inner: PowerOfTwoFft;
  /** exp(-pi i n^2 / size). */
  readonly #chirpRe: Float64Array;
  readonly #chirpIm: Float64Array;
  /** Transform of the conjugate chirp, divided by the inner size. */
  readonly #filterRe: Float64Array;
  readonly #filterIm: Float64Array;
  readonly #workRe: Float64Array;
  readonly #workIm: Float64Array;

  /** @param size number of complex points, at least 1 */
  constructor(size: number) {
    this.size = size;
    const innerSize = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * size - 1)));
    this.#inner = new PowerOfTwoFft(innerSize);
    this.#chirpRe = Float64Array.from({ length: size }, (_, n) => Math.cos(chirpAngle(n, size)));
    this.#chirpIm = Float64Array.from({ length: size }, (_, n) => Math.sin(chirpAngle(n, size)));
    this.#filterRe = new Float64Array(innerSize);
    this.#filterIm = new Float64Array(innerSize);
    for (let n = 0; n < size; n++) {
      const mirror = (innerSize - n) % innerSize;
      this.#filterRe[n] = this.#filterRe[mirror] = this.#chirpRe[n]! / innerSize;
      this.#filterIm[n] = this.#filterIm[mirror] = -this.#chirpIm[n]! / innerSize;
    }
    this.#inner.transform(this.#filterRe, this.#filterIm);
    this.#workRe = new Float64Array(innerSize);
    this.#workIm = new Float64Array(innerSize);
  }

  transform(re: Float64Array, im: Float64Array): void {
    const workRe = this.#workRe.fill(0);
    const workIm = this.#workIm.fill(0);
    for (let n = 0; n < this.size; n++) {
      workRe[n] = re[n]! * this.#chirpRe[n]! - im[n]! * this.#chirpIm[n]!;
      workIm[n] = re[n]! * this.#chirpIm[n]! + im[n]! * this.#chirpRe[n]!;
    }
    this.#inner.transform(workRe, workIm);
    for (let k = 0; k < workRe.length; k++) {
      const productRe = workRe[k]! * this.#filterRe[k]! - workIm[k]! * this.#filterIm[k]!;
      workIm[k] = workRe[k]! * this.#filterIm[k]! + workIm[k]! * this.#filterRe[k]!;
      workRe[k] = productRe;
    }
    this.#inner.transform(workIm, workRe); // exchanged: the inverse
    for (let k = 0; k < this.size; k++) {
      re[k] = workRe[k]! * this.#chirpRe[k]! - workIm[k]! * this.#chirpIm[k]!;
      im[k] = workRe[k]! * this.#chirpIm[k]! + workIm[k]! * this.#chirpRe[k]!;
    }
  }
}

/** -pi n^2 / size; n^2 is reduced first, so that the angle stays exact for large n. */
function chirpAngle(n: number, size: number): number {
  return (-Math.PI * ((n * n) % (2 * size))) / size;
}
