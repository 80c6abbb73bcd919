/**
 * Finds spectra for a run of frames that belong to one sound: phase gradient heap integration to start from, then
 * accelerated Griffin-Lim (Griffin & Lim 1984; Perraudin, Balazs & Sondergaard 2013) under a mel constraint. Frames
 * at either end may be fixed already, from what was heard before; the others are fitted to them.
 */
import { throwIfCancelled } from '../cancellation.js';
import { periodicHann } from '../math/window.js';
import { createFrameTransform } from '../simd/frame-transform.js';
import type { FrameTransform } from '../simd/frame-transform.js';
import { simd } from '../simd/simd.js';
import { SimdArena } from '../simd/simd-arena.js';
import type { FloatBuffer } from '../simd/simd-arena.js';
import type { MelConstraint } from './mel-constraint.js';
import { PhaseIntegration } from './phase-integration.js';
import type { StftGrid } from './vocoder-grid.js';

export interface PhaseSearchOptions {
  readonly grid: StftGrid;
  readonly constraint: MelConstraint;
  /** Bins whose magnitudes are given. */
  readonly bins: number;
  readonly bands: number;
  /** Most frames of one search. */
  readonly capacity: number;
  /** Times that the sound is analysed and made again, the last of which is reading the spectra. */
  readonly iterations: number;
  /** The last frame is followed by the first. @defaultValue false */
  readonly circular?: boolean;
  /** Runs have guides. @defaultValue false */
  readonly isGuided?: boolean;
}

/** Frames whose spectra are known: interleaved, `2 * stride` values each. */
export interface FixedSpectra {
  /** Of the first frames. */
  readonly before: readonly Float32Array[];
  /** Of the last frames. */
  readonly after: readonly Float32Array[];
}

/** One run of frames; those whose spectra are known are fixed. */
export interface SearchRun extends FixedSpectra {
  /** At most the capacity. */
  readonly frames: number;
  /** Frames on whose middle the sound is its own mirror image, as it is beyond the ends of what does not go on. */
  readonly mirrors: readonly number[];
  /** What stands in the place of the fixed frames where phases are integrated. @defaultValue those frames */
  readonly guide?: FixedSpectra;
  /** Draws the phases that magnitudes do not decide. */
  readonly seed: number;
  /** Ends the work between two iterations. */
  readonly signal?: AbortSignal | undefined;
}

const BYTES = 4;
/** Of the acceleration: each estimate goes on by so much of the last step. */
const MOMENTUM = 0.99;

export class PhaseSearch {
  /** Values between the magnitudes of one frame and the next. */
  readonly stride: number;
  readonly #options: PhaseSearchOptions;
  readonly #arena = new SimdArena();
  readonly #transform: FrameTransform;
  readonly #integration: PhaseIntegration;
  readonly #window: FloatBuffer;
  readonly #magnitudes: FloatBuffer;
  readonly #mel: FloatBuffer;
  /** Whose phases are integrated: without guides the magnitudes themselves. */
  readonly #guide: FloatBuffer;
  readonly #sum: FloatBuffer;
  readonly #fixedSum: FloatBuffer;
  readonly #previous: FloatBuffer;
  readonly #estimate: FloatBuffer;
  readonly #weights: FloatBuffer;
  /** Number of frames that the weights were made for. */
  #weightedFrames = 0;

  constructor(options: PhaseSearchOptions) {
    this.#options = options;
    const { grid, capacity, bins, bands, circular = false, isGuided = false } = options;
    this.stride = Math.ceil(bins / 4) * 4;
    this.#transform = createFrameTransform(grid.nFft);
    this.#integration = new PhaseIntegration(grid, this.stride, capacity, circular);
    this.#window = this.#arena.floatsOf(periodicHann(grid.winLength));
    this.#magnitudes = this.#arena.floats(capacity * this.stride);
    this.#guide = isGuided ? this.#arena.floats(capacity * this.stride) : this.#magnitudes;
    this.#mel = this.#arena.floats(capacity * bands);
    const samples = capacity * grid.hopLength + grid.winLength;
    this.#sum = this.#arena.floats(samples);
    this.#fixedSum = this.#arena.floats(samples);
    this.#previous = this.#arena.floats(samples);
    this.#estimate = this.#arena.floats(samples);
    this.#weights = this.#arena.floats(samples);
  }

  /** Where the caller writes, before a run, the mel inverse of every frame that is not fixed: `stride` per frame. */
  get magnitudes(): Float32Array {
    return this.#magnitudes.view();
  }

  /** Where the caller writes, before a run with a guide, the guide's mel inverse of the same frames. */
  get guide(): Float32Array {
    return this.#guide.view();
  }

  /** Where the caller writes their mel bands times the constraint's scales: `bands` per frame. */
  get mel(): Float32Array {
    return this.#mel.view();
  }

  /** Searches. `spectrum` then reads what was found. @throws CancelledError */
  run(run: SearchRun): void {
    this.#prepareWeights(run.frames);
    this.#setFixed(run);
    this.#start(run);
    this.#accelerate(run, 0);
    for (let i = 1; i < this.#options.iterations; i++) {
      throwIfCancelled(run.signal);
      this.#sum.view().set(this.#fixedSum.view());
      this.#forFreeFrames(run, (t) => {
        this.#analyse(t);
        this.#overlapAdd(t, this.#sum);
      });
      this.#accelerate(run, MOMENTUM);
    }
  }

  /**
   * Spectrum of a free frame of the last run: interleaved, at most `2 * stride` values in the shared memory, good
   * until the next call.
   */
  spectrum(t: number): Float32Array {
    this.#analyse(t);
    return this.#spectrum;
  }

  dispose(): void {
    this.#transform.dispose();
    this.#integration.dispose();
    this.#arena.dispose();
  }

  get #spectrum(): Float32Array {
    return this.#transform.spectrum.view().subarray(0, 2 * this.stride);
  }

  /** The fixed frames' share of the signal, and what the integration must know of them. */
  #setFixed(run: SearchRun): void {
    this.#fixedSum.view().fill(0);
    forFixedFrames(run, run.frames, (t, spectrum) => {
      this.#transform.spectrum.view().fill(0).set(spectrum);
      this.#overlapAdd(t, this.#fixedSum);
    });
    forFixedFrames(run.guide ?? run, run.frames, (t, spectrum) => this.#setKnown(t, spectrum));
  }

  #setKnown(t: number, spectrum: Float32Array): void {
    const magnitudes = this.#guide.view();
    const phases = this.#integration.phases.view();
    for (let k = 0; k < this.stride; k++) {
      const re = spectrum[2 * k] ?? 0;
      const im = spectrum[2 * k + 1] ?? 0;
      magnitudes[t * this.stride + k] = Math.hypot(re, im);
      phases[t * this.stride + k] = Math.atan2(im, re);
    }
  }

  /** The first sound, of integrated phases. */
  #start(run: SearchRun): void {
    const known = { before: run.before.length, from: run.frames - run.after.length };
    this.#integration.run(this.#guide.address, run.frames, known, run.seed);
    this.#sum.view().set(this.#fixedSum.view());
    this.#transform.spectrum.view().fill(0);
    const phases = this.#integration.phases.address;
    this.#forFreeFrames(run, (t) => {
      const row = t * this.stride * BYTES;
      const spectrum = this.#transform.spectrum.address;
      simd.kernels.fromPolar(spectrum, this.#magnitudes.address + row, phases + row, this.stride);
      this.#overlapAdd(t, this.#sum);
    });
  }

  #forFreeFrames(run: SearchRun, work: (t: number) => void): void {
    const end = run.frames - run.after.length;
    for (let t = run.before.length; t < end; t++) work(t);
  }

  /** Spectrum of the estimate at frame t, brought to the magnitudes that are asked for. */
  #analyse(t: number): void {
    const { grid, constraint, bands } = this.#options;
    const signal = this.#estimate.address + t * grid.hopLength * BYTES;
    simd.kernels.windowFrame(signal, this.#window.address, this.#transform.frame.address, grid.winLength);
    this.#transform.forward();
    constraint.apply(
      this.#transform.spectrum.address,
      this.#magnitudes.address + t * this.stride * BYTES,
      this.#mel.address + t * bands * BYTES,
    );
  }

  #overlapAdd(t: number, sum: FloatBuffer): void {
    const { hopLength, winLength } = this.#options.grid;
    this.#transform.inverse();
    const at = sum.address + t * hopLength * BYTES;
    simd.kernels.overlapAdd(this.#transform.output.address, this.#window.address, at, winLength);
  }

  /** The sum becomes a signal, and with the one before it the next estimate. */
  #accelerate({ frames, mirrors }: SearchRun, momentum: number): void {
    const { grid, circular } = this.#options;
    const length = frames * grid.hopLength;
    if (circular) foldEnd(this.#sum.view(), length, grid.winLength);
    const samples = circular ? length : length - grid.hopLength + grid.winLength;
    simd.kernels.accelerate(
      this.#sum.address,
      this.#weights.address,
      this.#previous.address,
      this.#estimate.address,
      momentum,
      samples,
    );
    if (circular) this.#goRound(length);
    const weights = this.#weights.view().subarray(0, samples);
    for (const t of mirrors) {
      const middle = t * grid.hopLength + Math.floor(grid.winLength / 2);
      makeSymmetric(this.#estimate.view(), weights, middle);
      makeSymmetric(this.#previous.view(), weights, middle);
    }
  }

  /** The last frames of a loop read on at its beginning. */
  #goRound(length: number): void {
    const estimate = this.#estimate.view();
    const end = length + this.#options.grid.winLength;
    for (let n = length; n < end; n++) estimate[n] = estimate[n - length]!;
  }

  /** 1 / (sum of squared windows), and what undoes the transforms' scale. */
  #prepareWeights(frames: number): void {
    if (frames === this.#weightedFrames) return;
    const { grid, circular } = this.#options;
    const window = this.#window.view();
    const weights = this.#weights.view().fill(0);
    for (let t = 0; t < frames; t++) {
      for (let n = 0; n < window.length; n++) weights[t * grid.hopLength + n]! += window[n]! ** 2;
    }
    const length = frames * grid.hopLength;
    if (circular) foldEnd(weights, length, window.length);
    for (let n = 0; n < weights.length; n++) weights[n] = 1 / (grid.nFft * Math.max(weights[n]!, 1e-3));
    this.#weightedFrames = frames;
  }
}

/**
 * What frames wrote up to `beyond` values past the end of a loop belongs to its beginning. A loop may be shorter than
 * a window, which then goes round several times.
 */
function foldEnd(values: Float32Array, length: number, beyond: number): void {
  for (let n = length; n < length + beyond; n++) values[n % length]! += values[n]!;
}

/**
 * The nearest signal that is its own mirror image around a sample, as far as it reaches on both sides of it. What few
 * frames reach counts for little: at an end of the signal a sample is taken from its mirror image.
 *
 * @param weights per sample, the inverse of how much of it the frames say
 */
function makeSymmetric(signal: Float32Array, weights: Float32Array, middle: number): void {
  const reach = Math.min(middle, weights.length - 1 - middle);
  for (let i = 1; i <= reach; i++) {
    const [before, after] = [weights[middle - i]!, weights[middle + i]!];
    const mean = (after * signal[middle - i]! + before * signal[middle + i]!) / (before + after);
    signal[middle - i] = mean;
    signal[middle + i] = mean;
  }
}

function forFixedFrames(
  { before, after }: FixedSpectra,
  frames: number,
  work: (t: number, spectrum: Float32Array) => void,
): void {
  before.forEach((spectrum, t) => work(t, spectrum));
  after.forEach((spectrum, i) => work(frames - after.length + i, spectrum));
}
