import type { MelFilterbank } from './mel-filterbank.js';

// Added to the diagonal, as a share of its largest entry. Riffusion's own filterbank does not need it; filters that
// contain no bin at all, or the same bin as a neighbour, would make the equations singular without it.
const RIDGE = 1e-8;

/**
 * Mel bands back to linear frequency: of all spectra that have exactly these mel bands the one of least energy,
 * negative values set to 0.
 *
 * With F the filterbank (bins x bands) that is F (F^T F)^-1 mel. Only neighbouring filters overlap, so F^T F is
 * tridiagonal and positive definite and each frame costs one sweep down and one up (Thomas's algorithm), without
 * iterations. torchaudio >= 2.1 computes the same by least squares.
 */
export class MelInverse {
  /** Bins of the linear spectrum, after taking every `binStep`-th. */
  readonly bins: number;
  /** Mel bands. */
  readonly bands: number;
  readonly #filterbank: MelFilterbank;
  readonly #binStep: number;
  /** Of row j: 1 / pivot, and the factor that the row above is subtracted with. */
  readonly #inversePivot: Float64Array;
  readonly #upper: Float64Array;
  readonly #overlap: Float64Array;
  readonly #solution: Float64Array;

  /** @param binStep take only every so many-th bin of the filterbank's grid: the grid of an FFT so much shorter */
  constructor(filterbank: MelFilterbank, binStep = 1) {
    this.#filterbank = filterbank;
    this.#binStep = binStep;
    this.bins = Math.ceil(filterbank.bins / binStep);
    const bands = filterbank.filters.length;
    this.bands = bands;
    this.#inversePivot = new Float64Array(bands);
    this.#upper = new Float64Array(bands);
    this.#solution = new Float64Array(bands);
    this.#overlap = Float64Array.from({ length: bands }, (_, j) => innerProduct(filterbank, j, j + 1));
    this.#factorize();
  }

  /**
   * Linear magnitudes of one frame.
   *
   * @param mel one value per band, low to high
   * @param magnitudes receives `bins` values, none below 0
   */
  solve(mel: Float64Array | Float32Array, magnitudes: Float64Array | Float32Array): void {
    const x = this.#solution;
    const bands = x.length;
    for (let j = 0; j < bands; j++) {
      const above = j > 0 ? this.#overlap[j - 1]! * x[j - 1]! : 0;
      x[j] = (mel[j]! - above) * this.#inversePivot[j]!;
    }
    for (let j = bands - 2; j >= 0; j--) x[j]! -= this.#upper[j]! * x[j + 1]!;
    this.#spread(x, magnitudes);
  }

  /** Thomas's algorithm, the part that does not depend on the right-hand side. */
  #factorize(): void {
    const bands = this.#filterbank.filters.length;
    const diagonal = Float64Array.from({ length: bands }, (_, j) => innerProduct(this.#filterbank, j, j));
    const ridge = RIDGE * diagonal.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE);
    for (let j = 0; j < bands; j++) {
      const fill = j > 0 ? this.#overlap[j - 1]! * this.#upper[j - 1]! : 0;
      this.#inversePivot[j] = 1 / (diagonal[j]! + ridge - fill);
      this.#upper[j] = this.#overlap[j]! * this.#inversePivot[j]!;
    }
  }

  /** magnitudes = max(0, F x), on every `binStep`-th bin. */
  #spread(x: Float64Array, magnitudes: Float64Array | Float32Array): void {
    const step = this.#binStep;
    magnitudes.fill(0, 0, this.bins);
    this.#filterbank.filters.forEach(({ firstBin, weights }, j) => {
      for (let k = Math.ceil(firstBin / step); k * step < firstBin + weights.length; k++) {
        magnitudes[k]! += weights[k * step - firstBin]! * x[j]!;
      }
    });
    for (let k = 0; k < this.bins; k++) if (magnitudes[k]! < 0) magnitudes[k] = 0;
  }
}

/** Inner product of two filters; 0 for one past the last. */
function innerProduct(filterbank: MelFilterbank, a: number, b: number): number {
  const first = filterbank.filters[a];
  const second = filterbank.filters[b];
  if (!first || !second) return 0;
  let sum = 0;
  for (let i = 0; i < first.weights.length; i++) {
    sum += first.weights[i]! * (second.weights[first.firstBin + i - second.firstBin] ?? 0);
  }
  return sum;
}
