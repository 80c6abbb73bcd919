import { PHASE_PRIORITIES } from '../simd/kernels.js';
import { simd } from '../simd/simd.js';
import { SimdArena } from '../simd/simd-arena.js';
import type { FloatBuffer } from '../simd/simd-arena.js';
import type { StftGrid } from './vocoder-grid.js';

/** Which frames have their phases already. */
export interface KnownFrames {
  /** All before this one... */
  readonly before: number;
  /** ...and all from this one on. */
  readonly from: number;
}

const BYTES = 4;
/** Width of the Gaussian nearest to a Hann window of length w, as a share of w^2 (Prusa et al. 2017, table 1). */
const HANN_GAMMA = 0.25645;
/** Bins below this share of the loudest one get a random phase. */
const TOLERANCE = 1e-6;

/**
 * Phase gradient heap integration (Prusa, Balazs & Sondergaard 2017): phases from magnitudes alone, in one pass.
 *
 * For a Gaussian window the phase's derivatives are those of the log-magnitude, exchanged; a Hann window is near
 * enough to one. They are integrated outwards from the loudest bin, always at the loudest edge, so that errors
 * gather where nothing is heard.
 */
export class PhaseIntegration {
  /** Radians in -pi..pi, `stride` per frame, referred to the first sample of the window. */
  readonly phases: FloatBuffer;
  readonly #arena = new SimdArena();
  readonly #grid: StftGrid;
  readonly #stride: number;
  readonly #circular: boolean;
  readonly #logs: FloatBuffer;
  /** Addresses. */
  readonly #states: number;
  readonly #older: number;
  readonly #waiting: number;
  readonly #heads: number;

  /**
   * @param stride values from one frame to the next, a multiple of four
   * @param capacity most frames
   * @param circular the last frame is followed by the first
   */
  constructor(grid: StftGrid, stride: number, capacity: number, circular: boolean) {
    this.#grid = grid;
    this.#stride = stride;
    this.#circular = circular;
    const values = capacity * stride;
    this.phases = this.#arena.floats(values);
    this.#logs = this.#arena.floats(values);
    this.#states = this.#arena.bytes(values);
    this.#older = this.#arena.bytes(values * BYTES);
    this.#waiting = this.#arena.bytes(values * BYTES);
    this.#heads = this.#arena.bytes(2 * PHASE_PRIORITIES * BYTES);
  }

  /**
   * Fills `phases`, except those of known frames.
   *
   * @param magnitudes address of `stride` magnitudes per frame
   * @param seed draws the phase that each region starts from, and those of bins too quiet to be integrated
   */
  run(magnitudes: number, frames: number, known: KnownFrames, seed: number): void {
    const { kernels } = simd;
    const values = frames * this.#stride;
    const loudest = kernels.largestOf(magnitudes, values);
    // Silence: any floor will do, for no bin is above it.
    const floor = loudest > 0 ? loudest * TOLERANCE : 1;
    kernels.logMagnitudes(magnitudes, floor, this.#logs.address, this.#states, values);
    kernels.setPhaseShape(frames, this.#stride, this.#circular);
    kernels.setPhaseArrays(
      this.#logs.address,
      this.phases.address,
      this.#states,
      this.#older,
      this.#waiting,
      this.#heads,
    );
    this.#setGradients();
    kernels.integratePhases(-Math.log(TOLERANCE), known.before, known.from, seed);
  }

  dispose(): void {
    this.#arena.dispose();
  }

  #setGradients(): void {
    const { nFft, winLength, hopLength } = this.#grid;
    const ratio = (hopLength * nFft) / (HANN_GAMMA * winLength * winLength);
    const carrierPerBin = (2 * Math.PI * hopLength) / nFft;
    const delayPerBin = (-Math.PI * winLength) / nFft; // the window's centre, half its length after its start
    simd.kernels.setPhaseGradients(carrierPerBin, ratio, delayPerBin, -1 / ratio);
  }
}
