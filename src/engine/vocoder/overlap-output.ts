import { periodicHann } from '../math/window.js';
import { createFrameTransform } from '../simd/frame-transform.js';
import type { FrameTransform } from '../simd/frame-transform.js';
import { simd } from '../simd/simd.js';
import { SimdArena } from '../simd/simd-arena.js';
import type { FloatBuffer } from '../simd/simd-arena.js';
import type { StftGrid } from './vocoder-grid.js';

const BYTES = 4;

/**
 * Spectra in, samples out: the inverse short-time Fourier transform, frame after frame. Because bins stay what they
 * are when a transform gets longer, spectra found at a low sample rate come out at a high one without resampling.
 */
export class OverlapOutput {
  readonly #grid: StftGrid;
  readonly #arena = new SimdArena();
  readonly #transform: FrameTransform;
  readonly #window: FloatBuffer;
  /** What frames so far have given to the samples that were not taken yet. */
  readonly #sum: FloatBuffer;
  readonly #capacity: number;
  /** Per sample of a hop, 1 / (sum of squared windows) and the scale. */
  readonly #weights: Float32Array;
  #frames = 0;

  /**
   * @param capacity most frames between two calls of `take`
   * @param scale of the samples
   */
  constructor(grid: StftGrid, capacity: number, scale: number) {
    this.#grid = grid;
    this.#capacity = capacity;
    this.#transform = createFrameTransform(grid.nFft);
    const window = periodicHann(grid.winLength);
    this.#window = this.#arena.floatsOf(window);
    this.#sum = this.#arena.floats(capacity * grid.hopLength + grid.winLength);
    this.#weights = Float32Array.from({ length: grid.hopLength }, (_, n) => {
      let sum = 0;
      for (let i = n; i < window.length; i += grid.hopLength) sum += window[i]! ** 2;
      return scale / (sum * grid.nFft);
    });
  }

  /**
   * The next frame.
   *
   * @param spectrum interleaved, from bin 0 up; the bins that are not there are silent
   */
  add(spectrum: Float32Array): void {
    if (this.#frames === this.#capacity) throw new RangeError('Samples were not taken in time.');
    const { hopLength, winLength } = this.#grid;
    const target = this.#transform.spectrum.view();
    target.set(spectrum.length > target.length ? spectrum.subarray(0, target.length) : spectrum);
    this.#transform.inverse();
    const at = this.#sum.address + this.#frames * hopLength * BYTES;
    simd.kernels.overlapAdd(this.#transform.output.address, this.#window.address, at, winLength);
    this.#frames += 1;
  }

  /** The samples that no later frame reaches: one hop per frame since the last time. */
  take(): Float32Array {
    const { hopLength, winLength } = this.#grid;
    const length = this.#frames * hopLength;
    const sum = this.#sum.view();
    const samples = sum.slice(0, length);
    for (let n = 0; n < length; n++) samples[n]! *= this.#weights[n % hopLength]!;
    sum.copyWithin(0, length, length + winLength);
    sum.fill(0, winLength);
    this.#frames = 0;
    return samples;
  }

  /** Forgets the frames so far. */
  clear(): void {
    this.#sum.view().fill(0);
    this.#frames = 0;
  }

  dispose(): void {
    this.#transform.dispose();
    this.#arena.dispose();
  }
}
