import { EngineError } from '../errors.js';
import { SeededRandom } from '../math/random.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { concatenated } from './concatenated.js';
import { OverlapOutput } from './overlap-output.js';
import { guideOf } from './stereo-guide.js';
import type { Vocoder } from './vocoder.js';
import { columnsAtOnce, lookAheadOf, outputScale, overlapOf } from './vocoder-grid.js';

export interface ColumnSynthesisOptions {
  /** For runs of at least `columnsAtOnce(params, blockColumns)` columns. */
  readonly vocoder: Vocoder;
  readonly params: SpectrogramParams;
  /** How many. */
  readonly channels: number;
  readonly seed: number;
  /** The last column is followed by the first. */
  readonly loop: boolean;
  /** Columns that are made final at once. */
  readonly blockColumns: number;
}

/** What is kept of one channel. */
interface Channel {
  readonly output: OverlapOutput;
  /** Mel columns that were not searched, or only as guides. */
  pending: Float32Array;
  /** The last spectra that were given out. */
  before: Float32Array[];
  /** The first ones, of a loop: its end has to meet them. */
  readonly first: Float32Array[];
}

/**
 * A stream of columns. A block of them is searched together with the last columns before it, whose spectra are given
 * out and so fixed, and with the first columns after it, which only guide the search and are searched again with the
 * next block.
 *
 * Beyond its ends a sound is its mirror image, as for the transform that made the picture; a loop's ends meet. Phases
 * of all channels start from those of their sum, so that what is in several of them stays between them.
 */
export class ColumnSynthesis {
  readonly #options: ColumnSynthesisOptions;
  readonly #channels: readonly Channel[];
  readonly #bands: number;
  readonly #random: SeededRandom;
  /** Columns on either side of one that its window overlaps. */
  readonly #overlap: number;
  /** Columns after a block that guide its search. */
  readonly #lookAhead: number;
  /** Samples still to be left out at the beginning. */
  #skip = 0;
  #columns = 0;
  /** Samples given out of each channel. */
  #samples = 0;
  #state: 'waiting' | 'running' | 'ended' = 'waiting';

  constructor(options: ColumnSynthesisOptions) {
    const { vocoder, params, blockColumns } = options;
    const { output } = vocoder.grids;
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
    this.#bands = params.numFrequencies;
    this.#overlap = overlapOf(params);
    this.#lookAhead = lookAheadOf(params);
    const capacity = columnsAtOnce(params, blockColumns) + this.#overlap;
    this.#channels = Array.from({ length: options.channels }, () => ({
      output: new OverlapOutput(output, capacity, outputScale(params, output)),
      pending: new Float32Array(0),
      before: [],
      first: [],
    }));
  }

  /**
   * @param mel per channel, checked by `checkMel`
   * @throws EngineError `invalid_request` after the end
   * @throws CancelledError
   */
  push(mel: readonly Float32Array[], signal?: AbortSignal): Float32Array[] {
    if (this.#state === 'ended') {
      throw new EngineError('invalid_request', 'Nothing can follow the end of a sound.');
    }
    this.#channels.forEach((channel, i) => {
      channel.pending = concatenated([channel.pending, mel[i]!]);
    });
    this.#columns += mel[0]!.length / this.#bands;
    if (this.#state === 'waiting' && this.#columns > this.#overlap) this.#begin();
    return this.#joined(this.#state === 'waiting' ? [] : this.#finishBlocks(this.#lookAhead, signal));
  }

  /** @throws CancelledError */
  end(signal?: AbortSignal): Float32Array[] {
    if (this.#state === 'ended' || this.#columns === 0) return this.#joined([]);
    if (this.#state === 'waiting') this.#begin();
    this.#state = 'ended';
    const { loop, vocoder } = this.#options;
    if (!loop) {
      const last = this.#pendingColumns - 1;
      for (const channel of this.#channels) {
        channel.pending = concatenated([channel.pending, this.#mirror(channel.pending, last, 1)]);
      }
    }
    const pieces = this.#finishBlocks(2 * this.#lookAhead, signal);
    const rest = this.#pendingColumns;
    pieces.push(this.#finish(rest, rest, { isLast: true, signal }));
    if (loop) {
      for (const { output, first } of this.#channels) first.forEach((spectrum) => output.add(spectrum));
      pieces.push(this.#taken(this.#channels[0]!.first.length));
    }
    const { hopLength } = vocoder.grids.output;
    const total = (loop ? this.#columns : this.#columns - 1) * hopLength;
    return this.#joined(pieces).map((samples) => {
      return samples.subarray(0, Math.max(0, total - (this.#samples - samples.length)));
    });
  }

  dispose(): void {
    for (const { output } of this.#channels) output.dispose();
  }

  get #pendingColumns(): number {
    return this.#channels[0]!.pending.length / this.#bands;
  }

  /** What lies before the first column. */
  #begin(): void {
    this.#state = 'running';
    const { hopLength, winLength } = this.#options.vocoder.grids.output;
    this.#skip = this.#overlap * hopLength;
    if (this.#options.loop) return;
    this.#skip += Math.floor(winLength / 2);
    for (const channel of this.#channels) {
      channel.pending = concatenated([this.#mirror(channel.pending, 0, -1), channel.pending]);
    }
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

  /** All blocks that are followed by enough columns; each a piece of every channel. */
  #finishBlocks(following: number, signal: AbortSignal | undefined): Float32Array[][] {
    const { blockColumns } = this.#options;
    const pieces: Float32Array[][] = [];
    while (this.#pendingColumns >= blockColumns + following) {
      pieces.push(this.#finish(blockColumns, blockColumns + this.#lookAhead, { isLast: false, signal }));
    }
    return pieces;
  }

  /** Searches some columns and gives out the first of them. */
  #finish(columns: number, searched: number, { isLast, signal }: SearchOptions): Float32Array[] {
    const { vocoder, loop } = this.#options;
    const known = this.#channels[0]!.before.length;
    const mirrors: number[] = [];
    if (!loop && known === 0) mirrors.push(this.#overlap);
    if (!loop && isLast) mirrors.push(known + searched - 1 - this.#overlap);
    const searches = this.#channels.map(({ pending, before, first }) => ({
      mel: pending.subarray(0, searched * this.#bands),
      before,
      after: loop && isLast ? first : [],
    }));
    const guide = guideOf(searches);
    const seed = this.#random.nextUint32();
    this.#channels.forEach((channel, i) => {
      vocoder.run({ ...searches[i]!, guide, mirrors, seed, signal });
      this.#giveOut(channel, columns);
    });
    return this.#taken(columns);
  }

  /** The first columns of the last search become final. */
  #giveOut(channel: Channel, columns: number): void {
    const { vocoder, loop } = this.#options;
    const before = [...channel.before];
    for (let column = 0; column < columns; column++) {
      const spectrum = vocoder.spectrum(column);
      channel.output.add(spectrum);
      if (columns - column <= this.#overlap) before.push(spectrum.slice());
      if (loop && channel.first.length < this.#overlap) channel.first.push(spectrum.slice());
    }
    channel.before = before.slice(-this.#overlap);
    channel.pending = channel.pending.subarray(columns * this.#bands);
  }

  /** The samples of so many columns. */
  #taken(columns: number): Float32Array[] {
    const length = columns * this.#options.vocoder.grids.output.hopLength;
    const skipped = Math.min(this.#skip, length);
    this.#skip -= skipped;
    this.#samples += length - skipped;
    return this.#channels.map(({ output }) => output.take().subarray(skipped));
  }

  #joined(pieces: readonly Float32Array[][]): Float32Array[] {
    return this.#channels.map((_, i) => concatenated(pieces.map((piece) => piece[i]!)));
  }
}

interface SearchOptions {
  readonly isLast: boolean;
  readonly signal: AbortSignal | undefined;
}
