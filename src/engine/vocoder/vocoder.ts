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
  /** Each run is a loop. */
  readonly circular: boolean;
}

/** Some columns of a picture between neighbours whose spectra are known. */
export interface VocoderRun {
  /** Mel amplitudes, column after column, of those that are not known. */
  readonly mel: Float32Array;
  /** Spectra, as `spectrum` gave them, of the columns before... */
  readonly before: readonly Float32Array[];
  /** ...and after them. */
  readonly after: readonly Float32Array[];
  /** Columns on whose middle the sound is mirrored, counted with the known ones. */
  readonly mirrors: readonly number[];
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

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

  constructor({ params, settings, sampleRate, columns, circular }: VocoderOptions) {
    const filterbank = createMelFilterbank(params);
    this.grids = chooseVocoderGrids(params, settings.padding, sampleRate);
    const { search: grid, binStep } = this.grids;
    this.#bands = params.numFrequencies;
    this.#inverse = new MelInverse(filterbank, binStep);
    this.#constraint = new MelConstraint({ filterbank, binStep, bins: Math.ceil(grid.nFft / 2) });
    this.#search = new PhaseSearch({
      grid,
      constraint: this.#constraint,
      bins: this.#inverse.bins,
      bands: this.#bands,
      capacity: columns + 2 * overlapOf(params),
      iterations: settings.iterations,
      circular,
    });
    this.bins = this.#search.stride;
  }

  /** Finds spectra of all columns of a run. @throws CancelledError */
  run({ mel, before, after, ...run }: VocoderRun): void {
    const columns = mel.length / this.#bands;
    this.#before = before.length;
    this.#load(mel, columns);
    this.#search.run({ ...run, frames: before.length + columns + after.length, before, after });
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
    const bands = this.#bands;
    for (let column = 0; column < columns; column++) {
      const row = mel.subarray(column * bands, (column + 1) * bands);
      const t = this.#before + column;
      this.#inverse.solve(row, magnitudes.subarray(t * this.bins, (t + 1) * this.bins));
      for (let j = 0; j < bands; j++) scaled[t * bands + j] = row[j]! * melScales[j]!;
    }
  }
}
