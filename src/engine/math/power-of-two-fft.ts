import FFT from 'fft.js';

import type { ComplexFft } from './fft.js';

/** FFT of a power of two by fft.js. Not reentrant (it keeps scratch buffers). */
export class PowerOfTwoFft implements ComplexFft {
  readonly size: number;
  readonly #fft: FFT;
  readonly #input: Float64Array;
  readonly #output: Float64Array;

  /** @param size power of two, at least 2 */
  constructor(size: number) {
    this.size = size;
    this.#fft = new FFT(size);
    this.#input = new Float64Array(2 * size);
    this.#output = new Float64Array(2 * size);
  }

  transform(re: Float64Array, im: Float64Array): void {
    const input = this.#input;
    const output = this.#output;
    for (let i = 0; i < this.size; i++) {
      input[2 * i] = re[i]!;
      input[2 * i + 1] = im[i]!;
    }
    this.#fft.transform(output, input);
    for (let i = 0; i < this.size; i++) {
      re[i] = output[2 * i]!;
      im[i] = output[2 * i + 1]!;
    }
  }
}
