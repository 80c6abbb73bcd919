/**
 * What the spectrum of one frame has to look like: its mel bands as in the picture.
 *
 * Where bands are narrower than the transform's bins, a picture says how loud every bin is. Above, a band holds
 * several bins and the picture only says how loud they are together: there a spectrum may be any that has these
 * bands, and Griffin-Lim finds one that a sound can have, where fixed magnitudes (the smooth spectrum that a
 * mel inverse gives) would be none that a sound can have.
 */
import { simd } from '../simd/simd.js';
import { SimdArena } from '../simd/simd-arena.js';
import type { FloatBuffer } from '../simd/simd-arena.js';
import type { MelFilter, MelFilterbank } from '../spectrogram/mel-filterbank.js';

export interface MelConstraintOptions {
  readonly filterbank: MelFilterbank;
  /** Bins of the filterbank's grid for each bin here. */
  readonly binStep: number;
  /** Bins of the transform here, at least `ceil(filterbank.bins / binStep)`. */
  readonly bins: number;
}

/** Bands are taken for wider than bins from where their centres are this many bins apart... */
const LEAST_SPACING = 1.4;
/** ...as much as they ever are from this many times that frequency. */
const FADE = 1.25;
/**
 * How far a bin's loudness is its bands' affair; the rest pulls it to the mel inverse. With full freedom bands match
 * best, but sounds that were smooth between the bands' centres come out ragged (see docs/sound.md).
 */
const FREEDOM = 0.75;
/** A free bin may be so many times as loud as the mel inverse says, so that silence in the picture stays silent. */
const LARGEST_GAIN = 6;

export class MelConstraint {
  /** Per band, from the picture's mel amplitude to that of the bins here. */
  readonly melScales: Float32Array;
  readonly #arena = new SimdArena();
  readonly #bins: number;
  readonly #usedBins: number;
  readonly #firstBand: number;
  readonly #lastBand: number;
  readonly #magnitudes: FloatBuffer;
  readonly #gains: FloatBuffer;
  readonly #ratios: FloatBuffer;
  readonly #shares: FloatBuffer;
  readonly #fades: FloatBuffer;
  readonly #starts: number;

  constructor({ filterbank, binStep, bins }: MelConstraintOptions) {
    const bands = filterbank.filters.length;
    const used = Math.min(bins, Math.ceil(filterbank.bins / binStep));
    const { starts, shares } = intervalsOf(filterbank, binStep, used);
    this.#bins = bins;
    this.#usedBins = used;
    this.#lastBand = bands - 1;
    this.#firstBand = firstWideBand(filterbank, binStep);
    this.melScales = melScales(filterbank, binStep);
    this.#magnitudes = this.#arena.floats(bins);
    this.#gains = this.#arena.floats(bins);
    this.#ratios = this.#arena.floats(bands);
    this.#shares = this.#arena.floatsOf(shares);
    this.#fades = this.#arena.floatsOf(fadesFrom(starts[this.#firstBand]!, used));
    this.#starts = this.#arena.intsOf(starts);
  }

  /**
   * Gives a spectrum the picture's bands and leaves its phases. All three are addresses.
   *
   * @param spectrum interleaved, of `bins` bins; those that no band reaches become 0
   * @param magnitudes one per bin, of the mel inverse
   * @param mel one per band, times `melScales`
   */
  apply(spectrum: number, magnitudes: number, mel: number): void {
    const { kernels } = simd;
    const gains = this.#gains.address;
    const now = this.#magnitudes.address;
    kernels.magnitudesOf(spectrum, now, this.#usedBins);
    kernels.gainsTowards(magnitudes, now, gains, 0, this.#usedBins);
    if (this.#firstBand < this.#lastBand) {
      kernels.gainsTowardsMel(
        now,
        gains,
        this.#starts,
        this.#shares.address,
        mel,
        this.#ratios.address,
        magnitudes,
        LARGEST_GAIN,
        this.#fades.address,
        this.#firstBand,
        this.#lastBand,
      );
    }
    kernels.applyGains(spectrum, gains, this.#bins);
  }

  dispose(): void {
    this.#arena.dispose();
  }
}

interface Intervals {
  /** Of each band, the first bin above its centre; then the end. Bins below the first centre lie in none. */
  readonly starts: Int32Array;
  /** Per bin, 1 - its weight in the band below. */
  readonly shares: Float32Array;
}

function intervalsOf({ filters }: MelFilterbank, binStep: number, usedBins: number): Intervals {
  const starts = new Int32Array(filters.length + 1).fill(usedBins);
  const shares = new Float32Array(usedBins);
  let band = 0;
  // The second band begins at the first one's centre.
  for (let k = Math.ceil((filters[1]?.firstBin ?? 0) / binStep); k < usedBins; k++) {
    while (band < filters.length - 1 && !(weightAt(filters[band]!, k * binStep) > 0)) {
      if (filters[band]!.firstBin > k * binStep) break;
      band += 1;
    }
    for (let j = band; j >= 0 && starts[j] === usedBins; j--) starts[j] = k;
    shares[k] = 1 - weightAt(filters[band]!, k * binStep);
  }
  return { starts, shares };
}

function weightAt({ firstBin, weights }: MelFilter, bin: number): number {
  return weights[bin - firstBin] ?? 0;
}

function firstWideBand({ filters }: MelFilterbank, binStep: number): number {
  const wide = filters.findIndex(({ weights }) => weights.length >= 2 * LEAST_SPACING * binStep);
  return wide < 0 ? filters.length - 1 : Math.max(1, wide);
}

function melScales({ filters }: MelFilterbank, binStep: number): Float32Array {
  return Float32Array.from(filters, ({ firstBin, weights }) => {
    let all = 0;
    let kept = 0;
    weights.forEach((weight, i) => {
      all += weight;
      if ((firstBin + i) % binStep === 0) kept += weight;
    });
    return all > 0 ? kept / all : 0;
  });
}

function fadesFrom(first: number, length: number): Float32Array {
  const span = Math.max(1, first * (FADE - 1));
  return Float32Array.from({ length }, (_, k) => FREEDOM * Math.min(1, Math.max(0, (k - first) / span)));
}
