import { createRealFft } from '../math/create-fft.js';
import type { RealFft } from '../math/fft.js';
import { periodicHann } from '../math/window.js';

export interface StftOptions {
  /** Samples in the zero-padded FFT frame, at least `winLength`. */
  readonly nFft: number;
  /** Samples in the Hann window, which sits in the middle of the frame. */
  readonly winLength: number;
  /** Samples between frames. */
  readonly hopLength: number;
  /**
   * What lies beyond the ends of the signal. False: its mirror image, frame t being centred on sample t * hop, as
   * torch.stft has it with center=True. True: the signal again, so that frames wrap around. @defaultValue false
   */
  readonly circular?: boolean;
}

/**
 * Short-time Fourier transform, one frame at a time, with the phases of torch.stft (referred to the first sample of
 * the zero-padded frame). Not reentrant (it keeps scratch buffers).
 */
export class Stft {
  readonly bins: number;
  readonly circular: boolean;
  readonly #options: StftOptions;
  readonly #fft: RealFft;
  readonly #window: Float64Array;
  readonly #frame: Float64Array;
  /** First sample of the window within the frame. */
  readonly #offset: number;

  constructor(options: StftOptions) {
    this.#options = options;
    this.circular = options.circular ?? false;
    this.#fft = createRealFft(options.nFft);
    this.bins = this.#fft.bins;
    this.#window = periodicHann(options.winLength);
    this.#frame = new Float64Array(options.nFft);
    this.#offset = Math.floor((options.nFft - options.winLength) / 2);
  }

  /** Frames of a signal of so many samples. */
  numberOfFrames(samples: number): number {
    const { hopLength } = this.#options;
    if (this.circular) return Math.max(1, Math.round(samples / hopLength));
    return 1 + Math.floor(samples / hopLength);
  }

  /** Samples of the signal that so many frames describe. */
  numberOfSamples(frames: number): number {
    return (this.circular ? frames : frames - 1) * this.#options.hopLength;
  }

  /**
   * Spectrum of frame t.
   *
   * @param signal at least one sample
   * @param re receives `bins` real parts
   * @param im receives `bins` imaginary parts
   */
  forward(signal: Float64Array | Float32Array, t: number, re: Float64Array, im: Float64Array): void {
    const frame = this.#frame.fill(0);
    const window = this.#window;
    const offset = this.#offset;
    const start = this.#start(t);
    const length = signal.length;
    if (start >= 0 && start + window.length <= length) {
      for (let i = 0; i < window.length; i++) frame[offset + i] = window[i]! * signal[start + i]!;
    } else {
      const wrap = this.circular ? modulo : reflect;
      for (let i = 0; i < window.length; i++) {
        frame[offset + i] = window[i]! * signal[wrap(start + i, length)]!;
      }
    }
    this.#fft.forward(frame, re, im);
  }

  /** Adds the windowed inverse transform of frame t to `signal`; `weights` completes it once all are added. */
  addInverse(re: Float64Array, im: Float64Array, t: number, signal: Float64Array): void {
    this.#fft.inverse(re, im, this.#frame);
    const frame = this.#frame;
    const window = this.#window;
    const offset = this.#offset;
    const start = this.#start(t);
    const length = signal.length;
    if (start >= 0 && start + window.length <= length) {
      for (let i = 0; i < window.length; i++) signal[start + i]! += window[i]! * frame[offset + i]!;
      return;
    }
    for (let i = 0; i < window.length; i++) {
      const n = this.circular ? modulo(start + i, length) : start + i;
      if (n >= 0 && n < length) signal[n]! += window[i]! * frame[offset + i]!;
    }
  }

  /** What to multiply the sum of inverse frames by: 1 / (sum of squared windows), 0 where no window reaches. */
  weights(frames: number): Float64Array {
    const weights = new Float64Array(this.numberOfSamples(frames));
    const length = weights.length;
    for (let t = 0; t < frames; t++) {
      const start = this.#start(t);
      for (let i = 0; i < this.#window.length; i++) {
        const n = this.circular ? modulo(start + i, length) : start + i;
        if (n >= 0 && n < length) weights[n]! += this.#window[i]! ** 2;
      }
    }
    return weights.map((sum) => (sum > 1e-11 ? 1 / sum : 0));
  }

  /** Sample of the signal under the first sample of frame t's window; negative near the start. */
  #start(t: number): number {
    return t * this.#options.hopLength - Math.floor(this.#options.nFft / 2) + this.#offset;
  }
}

function modulo(n: number, length: number): number {
  return ((n % length) + length) % length;
}

/** Index mirrored at both ends without repeating them, as often as it takes. */
function reflect(n: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const m = modulo(n, period);
  return m < length ? m : period - m;
}
