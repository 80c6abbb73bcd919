import { periodicHann } from '../math/window.js';
import { BandLimit, chooseStride } from './band-limit.js';
import type { EndlessSignal } from './endless-signal.js';
import { FrameMagnitudes } from './frame-magnitudes.js';
import { applyMelFilterbank, createMelFilterbank } from './mel-filterbank.js';
import type { MelFilterbank } from './mel-filterbank.js';
import { hopLength, nFft, winLength } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';

/** Frames for which the signal is made ready at a time. Bounds the memory: what they share is done twice. */
export const FRAMES_AT_A_TIME = 128;

/**
 * Mel amplitudes of a signal, FRAMES_AT_A_TIME frames in a row. Equal to the mel bands of torch.stft's magnitudes
 * (frame t of `winLength` samples, centred on sample t * hop) to within a millionth, in a fraction of the time: what
 * lies above the highest band is filtered out first, so that every frame has fewer samples, and no time goes into the
 * zero-padding. Not reentrant (it keeps scratch buffers).
 */
export class MelAnalysis {
  readonly bands: number;
  readonly #hopLength: number;
  readonly #windowLength: number;
  /** Where frame 0 begins. */
  readonly #origin: number;
  readonly #filterbank: MelFilterbank;
  readonly #bandLimit: BandLimit;
  readonly #frames: FrameMagnitudes;
  readonly #signal: Float64Array;
  readonly #limited: Float64Array;
  readonly #magnitudes: readonly [Float64Array, Float64Array];

  /** @param scale factor of all amplitudes */
  constructor(params: SpectrogramParams, scale: number) {
    const size = nFft(params);
    const stride = chooseStride(params.sampleRate, params.maxFrequency, size);
    this.bands = params.numFrequencies;
    this.#hopLength = hopLength(params);
    this.#windowLength = winLength(params);
    this.#origin = Math.floor((size - this.#windowLength) / 2) - Math.floor(size / 2);
    this.#filterbank = createMelFilterbank(params);
    this.#bandLimit = new BandLimit(params.sampleRate, params.maxFrequency, stride);
    const window = periodicHann(this.#windowLength)
      .filter((_, n) => n % stride === 0)
      .map((weight) => weight * stride * scale);
    const { bins } = this.#filterbank;
    this.#frames = new FrameMagnitudes({ size: size / stride, window, stride, bins });
    const longest = (FRAMES_AT_A_TIME - 1) * this.#hopLength + this.#windowLength;
    this.#signal = new Float64Array(longest + 2 * this.#bandLimit.reach);
    this.#limited = stride === 1 ? this.#signal : new Float64Array(longest);
    this.#magnitudes = [new Float64Array(bins), new Float64Array(bins)];
  }

  /**
   * Mel amplitudes of frames `from` to `from + count - 1`.
   *
   * @param count at most FRAMES_AT_A_TIME
   * @param mel receives `count * bands` values, frame after frame
   */
  analyze(signal: EndlessSignal, from: number, count: number, mel: Float32Array): void {
    const { bands } = this;
    this.#prepare(signal, from, count);
    const [magnitudes, others] = this.#magnitudes;
    for (let t = 0; t < count; t += 2) {
      const next = Math.min(t + 1, count - 1);
      this.#frames.measure(this.#limited, t * this.#hopLength, next * this.#hopLength, magnitudes, others);
      applyMelFilterbank(this.#filterbank, magnitudes, mel.subarray(t * bands, (t + 1) * bands));
      applyMelFilterbank(this.#filterbank, others, mel.subarray(next * bands, (next + 1) * bands));
    }
  }

  /** What the frames lie on, band-limited. */
  #prepare(signal: EndlessSignal, from: number, count: number): void {
    const { reach } = this.#bandLimit;
    const length = (count - 1) * this.#hopLength + this.#windowLength;
    const start = this.#origin + from * this.#hopLength - reach;
    signal(start, this.#signal.subarray(0, length + 2 * reach));
    if (reach > 0) this.#bandLimit.apply(this.#signal, this.#limited, length);
  }
}
