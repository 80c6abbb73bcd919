import { createComplexFft } from '../math/create-fft.js';
import type { ComplexFft } from '../math/fft.js';

export interface FrameMagnitudesOptions {
  /** Points of the transform: samples of a frame with the zeros behind it. */
  readonly size: number;
  /** One weight for each sample of a frame, at most `size` of them. */
  readonly window: Float64Array;
  /** Distance in the signal between one sample of a frame and the next. */
  readonly stride: number;
  /** Bins that are wanted, from 0 up, at most floor(size / 2) + 1. */
  readonly bins: number;
}

/**
 * Magnitudes of the spectra of two windowed, zero-padded frames at once. Not reentrant (it keeps scratch buffers).
 *
 * No time goes into the zeros: with size = R * L and at most L samples in a frame, bins r, R + r, 2 R + r... are a
 * transform of L points of the samples turned by exp(-2 pi i r n / size) (decimation in frequency, its first pass
 * pruned; Markel 1971). The two frames are the real and imaginary parts of one complex signal.
 */
export class FrameMagnitudes {
  readonly #options: FrameMagnitudesOptions;
  /** R: how many interleaved transforms make up the spectrum. */
  readonly #interleave: number;
  readonly #fft: ComplexFft;
  /** window[n] * exp(2 pi i r n / size), for r = 0..R / 2 one row each. */
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #above: ComplexScratch;
  readonly #below: ComplexScratch;

  constructor(options: FrameMagnitudesOptions) {
    const { size, window } = options;
    this.#options = options;
    this.#interleave = largestDivisor(size, size / window.length);
    this.#fft = createComplexFft(size / this.#interleave);
    const rows = Math.floor(this.#interleave / 2) + 1;
    const turned = (part: (angle: number) => number): Float64Array =>
      Float64Array.from({ length: rows * window.length }, (_, index) => {
        const n = index % window.length;
        const r = (index - n) / window.length;
        return window[n]! * part((2 * Math.PI * ((r * n) % size)) / size);
      });
    this.#cos = turned(Math.cos);
    this.#sin = turned(Math.sin);
    this.#above = createScratch(this.#fft.size);
    this.#below = createScratch(this.#fft.size);
  }

  /**
   * @param signal holds both frames whole
   * @param first sample of `signal` where the first frame begins
   * @param second sample of `signal` where the second frame begins
   * @param magnitudes receives `bins` values of the first frame
   * @param others receives `bins` values of the second frame
   */
  measure(
    signal: Float64Array,
    first: number,
    second: number,
    magnitudes: Float64Array,
    others: Float64Array,
  ): void {
    const interleave = this.#interleave;
    const length = this.#fft.size;
    const [above, below] = [this.#above, this.#below];
    for (let r = 0; 2 * r <= interleave; r++) {
      this.#turn(signal, first, second, r);
      this.#fft.transform(above.re, above.im);
      if (r === 0) {
        this.#separate(above, above, { m: 0, bin: 0, mirror: length }, magnitudes, others);
      } else if (2 * r === interleave) {
        this.#separate(above, above, { m: 0, bin: r, mirror: length - 1 }, magnitudes, others);
      } else {
        this.#fft.transform(below.re, below.im);
        this.#separate(above, below, { m: 0, bin: r, mirror: length }, magnitudes, others);
        this.#separate(below, above, { m: 1, bin: interleave - r, mirror: length }, magnitudes, others);
      }
    }
  }

  /** The windowed frames, turned so that the transform gives bins R m + r (`above`) and R m - r (`below`). */
  #turn(signal: Float64Array, first: number, second: number, r: number): void {
    const { window, stride } = this.#options;
    const { re, im } = this.#above;
    const { re: belowRe, im: belowIm } = this.#below;
    const row = r * window.length;
    const cos = this.#cos.subarray(row, row + window.length);
    const sin = this.#sin.subarray(row, row + window.length);
    for (let n = 0; n < cos.length; n++) {
      const a = signal[first + n * stride]!;
      const b = signal[second + n * stride]!;
      const ac = a * cos[n]!;
      const as = a * sin[n]!;
      const bc = b * cos[n]!;
      const bs = b * sin[n]!;
      re[n] = ac + bs;
      im[n] = bc - as;
      belowRe[n] = ac - bs;
      belowIm[n] = bc + as;
    }
    for (const part of [re, im, belowRe, belowIm]) part.fill(0, window.length);
  }

  /**
   * Bin k of the complex signal and the conjugate of bin -k have the spectrum of the real part as their mean and
   * that of the imaginary part as their difference: magnitudes of bins `bin`, `bin` + R, `bin` + 2 R...
   */
  #separate(
    { re, im }: ComplexScratch,
    { re: mirrorRe, im: mirrorIm }: ComplexScratch,
    { m, bin, mirror }: { m: number; bin: number; mirror: number },
    magnitudes: Float64Array,
    others: Float64Array,
  ): void {
    const { bins } = this.#options;
    const interleave = this.#interleave;
    const length = re.length;
    for (let k = bin, i = m; k < bins; k += interleave, i++) {
      const j = mirror - i === length ? 0 : mirror - i;
      const sumRe = re[i]! + mirrorRe[j]!;
      const sumIm = im[i]! + mirrorIm[j]!;
      const differenceRe = re[i]! - mirrorRe[j]!;
      const differenceIm = im[i]! - mirrorIm[j]!;
      magnitudes[k] = 0.5 * Math.sqrt(sumRe * sumRe + differenceIm * differenceIm);
      others[k] = 0.5 * Math.sqrt(sumIm * sumIm + differenceRe * differenceRe);
    }
  }
}

interface ComplexScratch {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function createScratch(size: number): ComplexScratch {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

/** Largest divisor of a whole number that is not above `limit`; 1 divides everything. */
function largestDivisor(value: number, limit: number): number {
  let divisor = Math.max(1, Math.floor(limit));
  while (value % divisor !== 0) divisor -= 1;
  return divisor;
}
