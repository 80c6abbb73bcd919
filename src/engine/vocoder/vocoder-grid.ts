/** Which Fourier transforms the sound of a spectrogram is made with. */
import { largestPrimeFactor } from '../math/mixed-radix-fft.js';
import { isSimdSize } from '../simd/frame-transform.js';
import { INT16_SCALE, hopLength, nFft, winLength } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';

/** Lengths in samples of one short-time Fourier transform. */
export interface StftGrid {
  /** Hertz. */
  readonly sampleRate: number;
  /** Points of the transform; the window comes first, zeros fill the rest. */
  readonly nFft: number;
  readonly winLength: number;
  readonly hopLength: number;
}

export interface VocoderGrids {
  /** Where phases are sought: a low sample rate that still holds the picture's highest frequency. */
  readonly search: StftGrid;
  /** The same bins and durations at the sample rate of the sound. */
  readonly output: StftGrid;
  /** Bins of the picture's own transform for each bin of these two. */
  readonly binStep: number;
}

/** Room above the highest frequency, so that the lower sample rate does not fold its edge. */
const HEADROOM = 1.04;
/** Sample rates are compared up to this many times the lowest that fits. */
const CANDIDATES_UP_TO = 1.6;
/** Our own transform takes several times as long as the SIMD one, and longer with large prime factors. */
const PORTABLE_COST = 8;
const LARGEST_CHEAP_PRIME = 7;
const LARGE_PRIME_COST = 4;

/**
 * The cheapest transforms whose bins are among those of the picture's own transform, so that its magnitudes need no
 * interpolation, and whose hop and window last exactly as long as the picture's. At riffusion's parameters:
 * 21.6 kHz instead of 44.1, and 2880 points (padding 4/3) or 4320 (padding 2) instead of 17640.
 *
 * @param padding least length of a transform over that of its window
 * @param sampleRate wanted, of the sound; where hop and window are no whole numbers of its samples, the output grid
 * has the picture's own rate instead
 */
export function chooseVocoderGrids(
  params: SpectrogramParams,
  padding: number,
  sampleRate: number,
): VocoderGrids {
  const own = { winLength: winLength(params), hopLength: hopLength(params) };
  const binStep = chooseBinStep(nFft(params), own.winLength * padding);
  const picture = { ...own, sampleRate: params.sampleRate, nFft: nFft(params) / binStep };
  return {
    search: cheapestGrid(picture, params.maxFrequency),
    output: atRate(picture, sampleRate) ?? picture,
    binStep,
  };
}

function chooseBinStep(padded: number, atLeast: number): number {
  let step = Math.max(1, Math.floor(padded / atLeast));
  while (padded % step !== 0) step -= 1;
  return step;
}

/** The grid itself, or the cheapest at a lower sample rate. */
function cheapestGrid(grid: StftGrid, maxFrequency: number): StftGrid {
  const unit = grid.sampleRate / greatestCommonDivisor(grid.winLength, grid.hopLength);
  const first = Math.ceil((2 * HEADROOM * maxFrequency) / unit);
  let best = grid;
  const end = Math.min(grid.sampleRate / unit, first * CANDIDATES_UP_TO);
  for (let n = first; n < end; n++) {
    const candidate = atRate(grid, n * unit);
    if (candidate && cost(candidate) < cost(best)) best = candidate;
  }
  return best;
}

/** The same durations and bins at another sample rate, if they are whole numbers of its samples. */
function atRate(grid: StftGrid, sampleRate: number): StftGrid | undefined {
  const scale = (length: number): number => (length * sampleRate) / grid.sampleRate;
  const [size, window, hop] = [grid.nFft, grid.winLength, grid.hopLength].map(scale);
  const isWhole = [size, window, hop].every((length) => Math.abs(length! - Math.round(length!)) < 1e-9);
  if (!isWhole) return undefined;
  return {
    sampleRate,
    nFft: Math.round(size!),
    winLength: Math.round(window!),
    hopLength: Math.round(hop!),
  };
}

/** Of one transform, in points of the SIMD one. */
function cost({ nFft: size }: StftGrid): number {
  if (isSimdSize(size)) return size;
  return size * PORTABLE_COST * (largestPrimeFactor(size) > LARGEST_CHEAP_PRIME ? LARGE_PRIME_COST : 1);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Columns before and after one whose windows overlap its own. */
export function overlapOf(params: SpectrogramParams): number {
  return Math.ceil(winLength(params) / hopLength(params)) - 1;
}

/** Columns after a block that guide its search: all that overlap it, and two whose own neighbours are all there. */
export function lookAheadOf(params: SpectrogramParams): number {
  return overlapOf(params) + 2;
}

/** Most columns that are searched together when so many are made final at once. */
export function columnsAtOnce(params: SpectrogramParams, blockColumns: number): number {
  return blockColumns + 2 * lookAheadOf(params);
}

/**
 * Where a loop's samples begin that are given out first, when its columns are overlapped in their order: at the first
 * sample that no column before them reaches. Column 0 is centred on sample 0.
 */
export function loopOffset(params: SpectrogramParams, output: StftGrid): number {
  return overlapOf(params) * output.hopLength - Math.floor(output.winLength / 2);
}

/** From a picture's amplitudes, which are sums over its own window of 16-bit samples, to samples in -1..1. */
export function outputScale(params: SpectrogramParams, output: StftGrid): number {
  return output.sampleRate / (params.sampleRate * INT16_SCALE);
}
