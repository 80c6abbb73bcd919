import { EngineError } from '../errors.js';
import { createMelFilterbank } from '../spectrogram/mel-filterbank.js';
import { MelInverse } from '../spectrogram/mel-inverse.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { MelConstraint } from './mel-constraint.js';
import { PhaseSearch } from './phase-search.js';
import type { VocoderSettings } from './quality.js';
import { chooseVocoderGrids, overlapOf } from './vocoder-grid.js';
import type { VocoderGrids } from './vocoder-grid.js';

export interface VocoderOptions {
  readonly params: SpectrogramParams;
  readonly settings: VocoderSettings;
  /** Hertz, wanted of the sound; the grids say what it will be. */
  readonly sampleRate: number;
  /** Most columns of one run, without the known ones. */
  readonly columns: number;
  /** Runs have guides. @defaultValue false */
  readonly isGuided?: boolean;
  /** Each run is a loop. */
  readonly circular: boolean;
}

/** Some columns of a picture between neighbours whose spectra are known. */
export interface Columns {
  /** Mel amplitudes, column after column, of those that are not known. */
  readonly mel: Float32Array;
  /** Spectra, as `spectrum` gave them, of the columns before... */
  readonly before: readonly Float32Array[];
  /** ...and after them. */
  readonly after: readonly Float32Array[];
}

export interface VocoderRun extends Columns {
  /** Columns whose integrated phases the search starts from, as many as its own. @defaultValue its own */
  readonly guide?: Columns | undefined;
  /** Columns on whose middle the sound is mirrored, counted with the known ones. */
  readonly mirrors: readonly number[];
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes of a search for each of its bins: what the integration keeps, its magnitudes and those of a channel. */
const BYTES_PER_BIN = 25;
/** Of at most 2 GB that all sounds of a thread share. */
const MOST_BYTES = 512 * 1024 * 1024;

/** Mel columns to the spectra of a sound, for one set of parameters; shared by all channels. */
export class Vocoder {
  readonly grids: VocoderGrids;
  /** Bins of a spectrum. */
  readonly bins: number;
  readonly #bands: number;
  readonly #inverse: MelInverse;
  readonly #constraint: MelConstraint;
  readonly #search: PhaseSearch;
  #before = 0;

  /** @throws EngineError `invalid_request` for parameters that would take too much memory */
  constructor({ params, settings, sampleRate, columns, circular, isGuided = false }: VocoderOptions) {
    const filterbank = createMelFilterbank(params);
    this.grids = chooseVocoderGrids(params, settings.padding, sampleRate);
    const { search: grid, binStep } = this.grids;
    this.#bands = params.numFrequencies;
    this.#inverse = new MelInverse(filterbank, binStep);
    const capacity = columns + 2 * overlapOf(params);
    checkMemory(capacity, this.#inverse.bins);
    this.#constraint = new MelConstraint({ filterbank, binStep, bins: Math.ceil(grid.nFft / 2) });
    this.#search = new PhaseSearch({
      grid,
      constraint: this.#constraint,
      bins: this.#inverse.bins,
      bands: this.#bands,
      capacity,
      iterations: settings.iterations,
      circular,
      isGuided,
    });
    this.bins = this.#search.stride;
  }

  /** Finds spectra of all columns of a run. @throws CancelledError */
  run({ mel, before, after, guide, ...run }: VocoderRun): void {
    const columns = mel.length / this.#bands;
    this.#before = before.length;
    this.#load(mel, columns);
    if (guide) this.#invert(guide.mel, columns, this.#search.guide);
    const frames = before.length + columns + after.length;
    this.#search.run({ ...run, frames, before, after, ...(guide && { guide }) });
  }

  /**
   * Spectrum of a column of the last run, counted without the known ones: interleaved, `2 * bins` values in the
   * shared memory, good until the next call.
   */
  spectrum(column: number): Float32Array {
    return this.#search.spectrum(this.#before + column);
  }

  dispose(): void {
    this.#search.dispose();
    this.#constraint.dispose();
  }

  #load(mel: Float32Array, columns: number): void {
    const { magnitudes, mel: scaled } = this.#search;
    const { melScales } = this.#constraint;
    this.#invert(mel, columns, magnitudes);
    const from = this.#before * this.#bands;
    for (let i = 0; i < columns * this.#bands; i++) scaled[from + i] = mel[i]! * melScales[i % this.#bands]!;
  }

  #invert(mel: Float32Array, columns: number, magnitudes: Float32Array): void {
    for (let column = 0; column < columns; column++) {
      const row = mel.subarray(column * this.#bands, (column + 1) * this.#bands);
      const t = this.#before + column;
      this.#inverse.solve(row, magnitudes.subarray(t * this.bins, (t + 1) * this.bins));
    }
  }
}

function checkMemory(columns: number, bins: number): void {
  const bytes = columns * bins * BYTES_PER_BIN;
  if (bytes <= MOST_BYTES) return;
  throw new EngineError(
    'invalid_request',
    `This would work on ${columns} columns of ${bins} frequencies at once, which takes ${Math.ceil(bytes / 1e6)} MB: ` +
      'take a shorter window, a longer step, or fewer columns at once.',
  );
}
