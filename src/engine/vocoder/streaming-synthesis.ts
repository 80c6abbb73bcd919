/** Spectrogram columns in, sound out, without end and without seams. */
import { EngineError } from '../errors.js';
import type { Quality } from '../limits.js';
import type { MelFrames } from '../spectrogram/pixels.js';
import { validateSpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { ChannelSynthesis } from './channel-synthesis.js';
import { VOCODER_SETTINGS } from './quality.js';
import { Vocoder } from './vocoder.js';
import { columnsAtOnce, lookAheadOf } from './vocoder-grid.js';

export interface StreamingSynthesisOptions {
  readonly params: SpectrogramParams;
  /** 1 or 2. @defaultValue 1 */
  readonly channels?: number;
  /** Hertz, wanted; see `sampleRate`. @defaultValue 48000 */
  readonly sampleRate?: number;
  /** @defaultValue 'fast' */
  readonly quality?: Exclude<Quality, 'reference'>;
  /** Draws the phases that the columns do not decide. @defaultValue 0 */
  readonly seed?: number;
  /** Columns worked on at once: fewer come out sooner, more take less time in all. @defaultValue 256 */
  readonly blockColumns?: number;
}

const BLOCK_COLUMNS = 256;

/**
 * Sound of columns that arrive little by little, in memory that does not grow. Phases go on from what was already
 * given out, so it does not matter where the columns were parted. It holds back `latencyColumns` at most.
 */
export class StreamingSynthesis {
  /** Hertz: what was wanted, or the parameters' own where hop and window are no whole numbers of its samples. */
  readonly sampleRate: number;
  /** Columns that must have come after one before it can be heard. */
  readonly latencyColumns: number;
  readonly #vocoder: Vocoder;
  readonly #channels: readonly ChannelSynthesis[];

  /** @throws EngineError `invalid_request` when the parameters contradict each other */
  constructor(options: StreamingSynthesisOptions) {
    const { params, channels = 1, sampleRate = 48000, quality = 'fast', seed = 0 } = options;
    const { blockColumns = BLOCK_COLUMNS } = options;
    validateSpectrogramParams(params);
    if (channels !== 1 && channels !== 2) {
      throw new EngineError('invalid_request', `Expected one or two channels, got ${channels}.`);
    }
    const settings = VOCODER_SETTINGS[quality];
    const columns = columnsAtOnce(params, blockColumns);
    this.#vocoder = new Vocoder({ params, settings, sampleRate, columns, circular: false });
    this.sampleRate = this.#vocoder.grids.output.sampleRate;
    this.#channels = Array.from({ length: channels }, () => {
      return new ChannelSynthesis({ vocoder: this.#vocoder, params, seed, loop: false, blockColumns });
    });
    this.latencyColumns = blockColumns + lookAheadOf(params);
  }

  /**
   * Takes columns and gives the samples that are final now, per channel; none while it waits for more columns.
   *
   * @param mel per channel, `columns * bands` amplitudes, bands from low to high
   * @throws EngineError `invalid_request` for amplitudes that are negative or no numbers, or of a wrong number
   */
  push(mel: readonly MelFrames[], signal?: AbortSignal): Float32Array[] {
    if (mel.length !== this.#channels.length) {
      throw new EngineError(
        'invalid_request',
        `Expected ${this.#channels.length} channels, got ${mel.length}.`,
      );
    }
    return this.#channels.map((channel, i) => channel.push(mel[i]!, signal));
  }

  /** The rest of the samples. Nothing can be pushed after it. */
  end(signal?: AbortSignal): Float32Array[] {
    return this.#channels.map((channel) => channel.end(signal));
  }

  /** Gives its memory back. */
  dispose(): void {
    for (const channel of this.#channels) channel.dispose();
    this.#vocoder.dispose();
  }
}
