import { nFft } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';

/** The bins that one mel filter reaches. */
export interface MelFilter {
  /** Its first bin. */
  readonly firstBin: number;
  /** One weight per bin from there; empty when no bin lies within the triangle. */
  readonly weights: Float64Array;
}

/** Triangular filters from linear frequency to mel bands; neighbours overlap, no others do. */
export interface MelFilterbank {
  /** From low to high. */
  readonly filters: readonly MelFilter[];
  /** Bins from 0 to the last that any filter reaches: what lies above is silence. */
  readonly bins: number;
}

/**
 * HTK mel filters with peaks of 1 (no area normalisation), on the bins of an FFT of nFft(params) points; the formula
 * of torchaudio.functional.melscale_fbanks, in which the bins are spread evenly over 0..floor(sampleRate / 2).
 */
export function createMelFilterbank(params: SpectrogramParams): MelFilterbank {
  const bins = Math.floor(nFft(params) / 2) + 1;
  const hertzPerBin = Math.floor(params.sampleRate / 2) / (bins - 1);
  const lowest = hertzToMel(params.minFrequency);
  const highest = hertzToMel(params.maxFrequency);
  const corners = Array.from({ length: params.numFrequencies + 2 }, (_, i) =>
    melToHertz(lowest + ((highest - lowest) * i) / (params.numFrequencies + 1)),
  );
  const filters = Array.from({ length: params.numFrequencies }, (_, i) =>
    createFilter(corners[i]!, corners[i + 1]!, corners[i + 2]!, hertzPerBin, bins),
  );
  const reach = Math.max(1, ...filters.map(({ firstBin, weights }) => firstBin + weights.length));
  return { filters, bins: reach };
}

/**
 * Mel bands of one frame.
 *
 * @param magnitudes at least `filterbank.bins` of them
 * @param mel receives one value per filter, low to high
 */
export function applyMelFilterbank(
  filterbank: MelFilterbank,
  magnitudes: Float64Array | Float32Array,
  mel: Float64Array | Float32Array,
): void {
  for (let j = 0; j < filterbank.filters.length; j++) {
    const { firstBin, weights } = filterbank.filters[j]!;
    const last = weights.length - 1;
    // Two sums, so that no addition waits for the one before.
    let even = 0;
    let odd = 0;
    let i = 0;
    for (; i < last; i += 2) {
      even += weights[i]! * magnitudes[firstBin + i]!;
      odd += weights[i + 1]! * magnitudes[firstBin + i + 1]!;
    }
    if (i === last) even += weights[i]! * magnitudes[firstBin + i]!;
    mel[j] = even + odd;
  }
}

function createFilter(from: number, peak: number, to: number, hertzPerBin: number, bins: number): MelFilter {
  const weights: number[] = [];
  let firstBin = 0;
  const last = Math.min(bins - 1, Math.floor(to / hertzPerBin));
  for (let bin = Math.floor(from / hertzPerBin); bin <= last; bin++) {
    const hertz = bin * hertzPerBin;
    const weight = Math.min((hertz - from) / (peak - from), (to - hertz) / (to - peak));
    if (weight <= 0) continue;
    if (weights.length === 0) firstBin = bin;
    weights.push(weight);
  }
  return { firstBin, weights: Float64Array.from(weights) };
}

/** HTK's scale. */
export function hertzToMel(hertz: number): number {
  return 2595 * Math.log10(1 + hertz / 700);
}

function melToHertz(mel: number): number {
  return 700 * (10 ** (mel / 2595) - 1);
}
