import { createRealFft } from '../math/create-fft.js';
import type { RealFft } from '../math/fft.js';
import { largestPrimeFactor } from '../math/mixed-radix-fft.js';
import { simd } from './simd.js';
import { SimdArena } from './simd-arena.js';
import type { FloatBuffer } from './simd-arena.js';

/**
 * Real Fourier transform between buffers of its own. The spectrum is interleaved (real, imaginary, ...); in the
 * place of bin 0's imaginary part stands, for an even size, the last bin's real part.
 */
export interface FrameTransform {
  /** Samples. */
  readonly size: number;
  /** What `forward` reads. */
  readonly frame: FloatBuffer;
  readonly spectrum: FloatBuffer;
  /** What `inverse` writes. */
  readonly output: FloatBuffer;
  /** From frame to spectrum. */
  forward(): void;
  /** From spectrum to output; not scaled: after `forward` it gives the frame times `size`. */
  inverse(): void;
  /** Gives its memory back. Idempotent. */
  dispose(): void;
}

/** What the SIMD library can do; with any other size it ends the process. */
export function isSimdSize(size: number): boolean {
  return size > 0 && size % 32 === 0 && largestPrimeFactor(size) <= 5;
}

/**
 * The quickest that we have.
 *
 * @param size whole number of at least 1
 * @throws RangeError for any other size, and when memory is exhausted
 */
export function createFrameTransform(size: number): FrameTransform {
  if (!Number.isSafeInteger(size) || size < 1) throw new RangeError(`${size} is no size of a transform.`);
  return isSimdSize(size) ? new SimdTransform(size) : new PortableTransform(size);
}

/** PFFFT in WebAssembly. */
class SimdTransform implements FrameTransform {
  readonly size: number;
  readonly frame: FloatBuffer;
  readonly spectrum: FloatBuffer;
  readonly output: FloatBuffer;
  readonly #arena = new SimdArena();
  readonly #work: number;
  /** 0 once it is given back. */
  #setup: number;

  constructor(size: number) {
    this.size = size;
    this.#setup = simd.pffft._pffft_new_setup(size, 0);
    if (this.#setup === 0) throw new RangeError(`No memory left for a transform of ${size} points.`);
    this.frame = this.#arena.floats(size);
    this.output = this.#arena.floats(size);
    this.spectrum = this.#arena.floats(size);
    this.#work = this.#arena.floats(size).address;
  }

  forward(): void {
    const { frame, spectrum } = this;
    simd.pffft._pffft_transform_ordered(this.#setup, frame.address, spectrum.address, this.#work, 0);
  }

  inverse(): void {
    const { spectrum, output } = this;
    simd.pffft._pffft_transform_ordered(this.#setup, spectrum.address, output.address, this.#work, 1);
  }

  dispose(): void {
    this.#arena.dispose();
    if (this.#setup !== 0) simd.pffft._pffft_destroy_setup(this.#setup);
    this.#setup = 0;
  }
}

/** Our own transform, of any size. */
class PortableTransform implements FrameTransform {
  readonly size: number;
  readonly frame: FloatBuffer;
  readonly spectrum: FloatBuffer;
  readonly output: FloatBuffer;
  readonly #arena = new SimdArena();
  readonly #fft: RealFft;
  /** Bins with an imaginary part of their own. */
  readonly #pairs: number;
  readonly #samples: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.frame = this.#arena.floats(size);
    this.output = this.#arena.floats(size);
    this.spectrum = this.#arena.floats(size + 1);
    this.#fft = createRealFft(size);
    this.#pairs = Math.ceil(size / 2);
    this.#samples = new Float64Array(size);
    this.#re = new Float64Array(this.#fft.bins);
    this.#im = new Float64Array(this.#fft.bins);
  }

  forward(): void {
    this.#samples.set(this.frame.view());
    this.#fft.forward(this.#samples, this.#re, this.#im);
    const spectrum = this.spectrum.view();
    for (let k = 0; k < this.#pairs; k++) {
      spectrum[2 * k] = this.#re[k]!;
      spectrum[2 * k + 1] = this.#im[k]!;
    }
    spectrum[1] = this.#re[this.#pairs] ?? 0;
  }

  inverse(): void {
    const spectrum = this.spectrum.view();
    for (let k = 0; k < this.#pairs; k++) {
      this.#re[k] = spectrum[2 * k]!;
      this.#im[k] = spectrum[2 * k + 1]!;
    }
    if (this.#pairs < this.#re.length) this.#re[this.#pairs] = spectrum[1]!;
    this.#fft.inverse(this.#re, this.#im, this.#samples);
    const output = this.output.view();
    for (let n = 0; n < this.size; n++) output[n] = this.#samples[n]! * this.size;
  }

  dispose(): void {
    this.#arena.dispose();
  }
}
