/** Spectrogram columns in, sound out, without end and without seams. */
import { EngineError } from '../errors.js';
import type { Quality } from '../limits.js';
import type { MelFrames } from '../spectrogram/pixels.js';
import { validateSpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { checkMel } from './check-mel.js';
import { ColumnSynthesis } from './column-synthesis.js';
import { VOCODER_SETTINGS } from './quality.js';
import type { VocoderSettings } from './quality.js';
import { Vocoder } from './vocoder.js';
import { columnsAtOnce, lookAheadOf, overlapOf } from './vocoder-grid.js';

export interface StreamingSynthesisOptions {
  readonly params: SpectrogramParams;
  /** 1 or 2, whose phases start from those of their sum. @defaultValue 1 */
  readonly channels?: number;
  /** Hertz, wanted, 8000 to 192000; see `sampleRate`. @defaultValue 48000 */
  readonly sampleRate?: number;
  /** @defaultValue 'fast' */
  readonly quality?: Exclude<Quality, 'reference'>;
  /** Draws the phases that the columns do not decide. @defaultValue 0 */
  readonly seed?: number;
  /** Columns worked on at once, at least 1: fewer come out sooner, more take less time in all. @defaultValue 256 */
  readonly blockColumns?: number;
}

const BLOCK_COLUMNS = 256;
const MIN_SAMPLE_RATE = 8000;
const MAX_SAMPLE_RATE = 192000;

/**
 * Sound of columns that arrive little by little, in memory that does not grow. Phases go on from what was already
 * given out, so it does not matter where the columns were parted. It holds back `latencyColumns` at most. Nothing
 * can be pushed after the end, after `dispose`, or after work was cancelled in its middle.
 */
export class StreamingSynthesis {
  /** Hertz: what was wanted, or the parameters' own where hop and window are no whole numbers of its samples. */
  readonly sampleRate: number;
  /** Most columns that must have come after the middle of one before all sound until there is given out. */
  readonly latencyColumns: number;
  readonly #bands: number;
  readonly #vocoder: Vocoder;
  readonly #channels: number;
  readonly #synthesis: ColumnSynthesis;
  #isOpen = true;

  /** @throws EngineError `invalid_request` when the parameters contradict each other or an option is out of range */
  constructor(options: StreamingSynthesisOptions) {
    const { params, channels = 1, sampleRate = 48000, quality = 'fast', seed = 0 } = options;
    const { blockColumns = BLOCK_COLUMNS } = options;
    validateSpectrogramParams(params);
    check(channels, 'the number of channels', 1, 2);
    check(sampleRate, 'the sample rate', MIN_SAMPLE_RATE, MAX_SAMPLE_RATE);
    check(blockColumns, 'the number of columns at once', 1, Number.MAX_SAFE_INTEGER);
    const settings = VOCODER_SETTINGS[quality] as VocoderSettings | undefined;
    if (!settings) {
      throw new EngineError('invalid_request', `Expected the quality to be fast or studio, got ${quality}.`);
    }
    this.#bands = params.numFrequencies;
    const columns = columnsAtOnce(params, blockColumns);
    this.#vocoder = new Vocoder({
      params,
      settings,
      sampleRate,
      columns,
      isGuided: channels === 2,
      circular: false,
    });
    this.sampleRate = this.#vocoder.grids.output.sampleRate;
    this.#channels = channels;
    this.#synthesis = new ColumnSynthesis({
      vocoder: this.#vocoder,
      params,
      channels,
      seed,
      loop: false,
      blockColumns,
    });
    this.latencyColumns = blockColumns + lookAheadOf(params) + Math.ceil(overlapOf(params) / 2);
  }

  /**
   * Takes columns and gives the samples that are final now, per channel; none while it waits for more columns.
   *
   * @param mel per channel, `columns * bands` amplitudes, bands from low to high
   * @throws EngineError `invalid_request` for amplitudes that are negative or no numbers, or of a wrong number, which
   * leave everything as it was; and when nothing can be pushed any more
   * @throws CancelledError
   */
  push(mel: readonly MelFrames[], signal?: AbortSignal): Float32Array[] {
    if (!this.#isOpen) throw new EngineError('invalid_request', 'Nothing can follow the end of a sound.');
    if (mel.length !== this.#channels) {
      throw new EngineError('invalid_request', `Expected ${this.#channels} channels, got ${mel.length}.`);
    }
    checkMel(mel, this.#bands);
    return this.#work(() => this.#synthesis.push(mel, signal), 'open');
  }

  /** The rest of the samples: none the second time. @throws CancelledError */
  end(signal?: AbortSignal): Float32Array[] {
    if (!this.#isOpen) return Array.from({ length: this.#channels }, () => new Float32Array(0));
    return this.#work(() => this.#synthesis.end(signal), 'ended');
  }

  /** Gives its memory back. Idempotent. */
  dispose(): void {
    this.#isOpen = false;
    this.#synthesis.dispose();
    this.#vocoder.dispose();
  }

  /** What is broken off in its middle leaves the channels at different places: the sound cannot go on. */
  #work(work: () => Float32Array[], after: 'open' | 'ended'): Float32Array[] {
    this.#isOpen = false;
    const samples = work();
    this.#isOpen = after === 'open';
    return samples;
  }
}

function check(value: number, name: string, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new EngineError(
    'invalid_request',
    `Expected ${name} to be a whole number from ${min} to ${max}, got ${value}.`,
  );
}
