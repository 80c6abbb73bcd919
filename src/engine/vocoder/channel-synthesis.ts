import { EngineError } from '../errors.js';
import { SeededRandom } from '../math/random.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { concatenated } from './concatenated.js';
import { OverlapOutput } from './overlap-output.js';
import type { Vocoder } from './vocoder.js';
import { columnsAtOnce, lookAheadOf, outputScale, overlapOf } from './vocoder-grid.js';

export interface ChannelSynthesisOptions {
  /** For runs of at least `columnsAtOnce(params, blockColumns)` columns. */
  readonly vocoder: Vocoder;
  readonly params: SpectrogramParams;
  readonly seed: number;
  /** The last column is followed by the first. */
  readonly loop: boolean;
  /** Columns that are made final at once. */
  readonly blockColumns: number;
}

/** Louder ones would not fit squares of 32-bit floats; the loudest that a picture holds is 3e7. */
const LARGEST_AMPLITUDE = 1e15;

/**
 * One channel of a stream of columns. A block of them is searched together with the last columns before it, whose
 * spectra are given out and so fixed, and with the first columns after it, which only guide the search and are
 * searched again with the next block.
 *
 * Beyond its ends a sound is its mirror image, as for the transform that made the picture; a loop's ends meet.
 */
export class ChannelSynthesis {
  readonly #options: ChannelSynthesisOptions;
  readonly #output: OverlapOutput;
  readonly #bands: number;
  readonly #random: SeededRandom;
  /** Columns on either side of one that its window overlaps. */
  readonly #overlap: number;
  /** Columns after a block that guide its search. */
  readonly #lookAhead: number;
  /** Mel columns that were not searched, or only as guides. */
  #pending: Float32Array = new Float32Array(0);
  /** The last spectra that were given out. */
  #before: Float32Array[] = [];
  /** The first ones, of a loop: its end has to meet them. */
  readonly #first: Float32Array[] = [];
  /** Samples still to be left out at the beginning. */
  #skip = 0;
  #columns = 0;
  #samples = 0;
  #state: 'waiting' | 'running' | 'ended' = 'waiting';

  constructor(options: ChannelSynthesisOptions) {
    const { vocoder, params, blockColumns } = options;
    const { output } = vocoder.grids;
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
    this.#bands = params.numFrequencies;
    this.#overlap = overlapOf(params);
    this.#lookAhead = lookAheadOf(params);
    const capacity = columnsAtOnce(params, blockColumns) + this.#overlap;
    this.#output = new OverlapOutput(output, capacity, outputScale(params, output));
  }

  /** @throws EngineError `invalid_request`, CancelledError */
  push(mel: Float32Array, signal?: AbortSignal): Float32Array {
    if (this.#state === 'ended') {
      throw new EngineError('invalid_request', 'Nothing can follow the end of a sound.');
    }
    checkMel(mel, this.#bands);
    this.#pending = concatenated([this.#pending, mel]);
    this.#columns += mel.length / this.#bands;
    if (this.#state === 'waiting' && this.#columns > this.#overlap) this.#begin();
    return this.#state === 'waiting'
      ? new Float32Array(0)
      : concatenated(this.#finishBlocks(this.#lookAhead, signal));
  }

  /** @throws CancelledError */
  end(signal?: AbortSignal): Float32Array {
    if (this.#state === 'ended' || this.#columns === 0) return new Float32Array(0);
    if (this.#state === 'waiting') this.#begin();
    this.#state = 'ended';
    const { loop, vocoder } = this.#options;
    if (!loop) {
      this.#pending = concatenated([this.#pending, this.#mirror(this.#pending, this.#pendingColumns - 1, 1)]);
    }
    const chunks = this.#finishBlocks(2 * this.#lookAhead, signal);
    const rest = this.#pendingColumns;
    this.#search(rest, { isLast: true, signal });
    chunks.push(this.#finish(rest));
    if (loop) {
      for (const spectrum of this.#first) this.#output.add(spectrum);
      chunks.push(this.#taken());
    }
    const { hopLength } = vocoder.grids.output;
    const total = (loop ? this.#columns : this.#columns - 1) * hopLength;
    const samples = concatenated(chunks);
    return samples.subarray(0, Math.max(0, total - (this.#samples - samples.length)));
  }

  dispose(): void {
    this.#output.dispose();
  }

  get #pendingColumns(): number {
    return this.#pending.length / this.#bands;
  }

  /** What lies before the first column. */
  #begin(): void {
    this.#state = 'running';
    const { hopLength, winLength } = this.#options.vocoder.grids.output;
    this.#skip = this.#overlap * hopLength;
    if (this.#options.loop) return;
    this.#skip += Math.floor(winLength / 2);
    this.#pending = concatenated([this.#mirror(this.#pending, 0, -1), this.#pending]);
  }

  /** As many columns as overlap, going outwards from one end: its neighbours within, in reverse. */
  #mirror(mel: Float32Array, end: number, outwards: 1 | -1): Float32Array {
    const columns = mel.length / this.#bands;
    const period = Math.max(1, 2 * (columns - 1));
    const mirrored = Array.from({ length: this.#overlap }, (_, i) => {
      const distance = (outwards === 1 ? i + 1 : this.#overlap - i) % period;
      const inside = distance < columns ? distance : period - distance;
      const column = end - outwards * inside;
      return mel.subarray(column * this.#bands, (column + 1) * this.#bands);
    });
    return concatenated(mirrored);
  }

  /** All blocks that are followed by enough columns. */
  #finishBlocks(following: number, signal: AbortSignal | undefined): Float32Array[] {
    const { blockColumns } = this.#options;
    const chunks: Float32Array[] = [];
    while (this.#pendingColumns >= blockColumns + following) {
      this.#search(blockColumns + this.#lookAhead, { isLast: false, signal });
      chunks.push(this.#finish(blockColumns));
    }
    return chunks;
  }

  #search(columns: number, { isLast, signal }: { isLast: boolean; signal: AbortSignal | undefined }): void {
    const { vocoder, loop } = this.#options;
    const before = this.#before;
    const mirrors: number[] = [];
    if (!loop && before.length === 0) mirrors.push(this.#overlap);
    if (!loop && isLast) mirrors.push(before.length + columns - 1 - this.#overlap);
    vocoder.run({
      mel: this.#pending.subarray(0, columns * this.#bands),
      before,
      after: loop && isLast ? this.#first : [],
      mirrors,
      seed: this.#random.nextUint32(),
      signal,
    });
  }

  /** Gives out the first columns of the last search. */
  #finish(columns: number): Float32Array {
    const { vocoder, loop } = this.#options;
    for (let column = 0; column < columns; column++) {
      const spectrum = vocoder.spectrum(column);
      this.#output.add(spectrum);
      if (columns - column <= this.#overlap) this.#before.push(spectrum.slice());
      if (loop && this.#first.length < this.#overlap) this.#first.push(spectrum.slice());
    }
    this.#before = this.#before.slice(-this.#overlap);
    this.#pending = this.#pending.slice(columns * this.#bands);
    return this.#taken();
  }

  #taken(): Float32Array {
    const samples = this.#output.take();
    const skipped = Math.min(this.#skip, samples.length);
    this.#skip -= skipped;
    this.#samples += samples.length - skipped;
    return samples.subarray(skipped);
  }
}

/** @throws EngineError `invalid_request` for amplitudes out of range, or of a part of a column */
export function checkMel(mel: Float32Array, bands: number): void {
  if (mel.length % bands !== 0) {
    throw new EngineError(
      'invalid_request',
      `Expected columns of ${bands} bands each, got ${mel.length} amplitudes.`,
    );
  }
  for (let i = 0; i < mel.length; i++) {
    if (mel[i]! >= 0 && mel[i]! <= LARGEST_AMPLITUDE) continue;
    throw new EngineError(
      'invalid_request',
      `Expected amplitudes from 0 to ${LARGEST_AMPLITUDE}, got ${mel[i]!}.`,
    );
  }
}
