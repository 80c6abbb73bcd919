/** Which Fourier transforms the sound of a picture is made with. */
import { largestPrimeFactor } from '../math/mixed-radix-fft.js';
import { hopLength, nFft, winLength } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';

/** Lengths in samples of one short-time Fourier transform. */
export interface StftGrid {
  readonly nFft: number;
  readonly winLength: number;
  readonly hopLength: number;
}

export interface SynthesisGrids {
  /** At the sample rate of the sound. */
  readonly output: StftGrid;
  /** The same durations at a lower sample rate that still holds the picture's highest frequency. */
  readonly search: StftGrid;
  /** Bins of the picture's own transform for each bin of these two. */
  readonly binStep: number;
}

/** Zero-padding by a third over the window decides the phases well; more costs time and changes little. */
const LEAST_PADDING = 4 / 3;
/** Room above the highest frequency, so that the lower sample rate does not fold its edge. */
const HEADROOM = 1.04;
/** Sizes with larger prime factors are slow. */
const LARGEST_PRIME = 7;

/**
 * The cheapest transforms whose bins are among those of the picture's own transform, so that its magnitudes need no
 * interpolation. At the defaults: 5880 instead of 17640 points, searched at 21 kHz with 2800.
 */
export function chooseSynthesisGrids(params: SpectrogramParams): SynthesisGrids {
  const binStep = chooseBinStep(nFft(params), winLength(params));
  const output = {
    nFft: nFft(params) / binStep,
    winLength: winLength(params),
    hopLength: hopLength(params),
  };
  return { output, search: lowerRate(output, (2 * params.maxFrequency) / params.sampleRate), binStep };
}

function chooseBinStep(padded: number, window: number): number {
  let step = Math.max(1, Math.floor(padded / (window * LEAST_PADDING)));
  while (padded % step !== 0) step -= 1;
  return step;
}

/** The same grid at the least share of its sample rate that keeps all lengths whole and the FFT quick. */
function lowerRate(grid: StftGrid, usedShare: number): StftGrid {
  if (grid.nFft % 2 !== 0) return grid;
  const parts = [grid.nFft / 2, grid.winLength, grid.hopLength].reduce(greatestCommonDivisor);
  for (let kept = Math.ceil(parts * usedShare * HEADROOM); kept < parts; kept++) {
    const size = (grid.nFft / parts) * kept;
    if (largestPrimeFactor(size) > LARGEST_PRIME) continue;
    return {
      nFft: size,
      winLength: (grid.winLength / parts) * kept,
      hopLength: (grid.hopLength / parts) * kept,
    };
  }
  return grid;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
