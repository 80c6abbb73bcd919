/** Whole spectrograms to whole sounds. */
import { SeededRandom } from '../math/random.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { checkMel } from './check-mel.js';
import { ColumnSynthesis } from './column-synthesis.js';
import { concatenated } from './concatenated.js';
import { OverlapOutput } from './overlap-output.js';
import type { VocoderSettings } from './quality.js';
import { guideOf } from './stereo-guide.js';
import { Vocoder } from './vocoder.js';
import { columnsAtOnce, lookAheadOf, loopOffset, outputScale, overlapOf } from './vocoder-grid.js';

export interface SoundOfColumnsOptions {
  readonly params: SpectrogramParams;
  readonly settings: VocoderSettings;
  /** Hertz, wanted; the result says what it is. */
  readonly sampleRate: number;
  readonly seed: number;
  readonly circular: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface SoundOfColumns {
  /** Hertz. */
  readonly sampleRate: number;
  readonly channels: Float32Array[];
}

/** Longer sounds are made in blocks of so many columns, which keeps the memory that they take bounded. */
const BLOCK_COLUMNS = 1024;

/**
 * Sound of each channel's mel columns: (columns - 1) hops, or as many hops as columns of a loop. Phases of
 * both channels start from those of their sum, so what is equal in both stays in the middle.
 *
 * @param channels per channel, `columns * bands` amplitudes
 * @throws EngineError `invalid_request` for amplitudes that are negative or no numbers, and for parameters that would
 * take too much memory
 * @throws CancelledError
 */
export function soundOfColumns(
  channels: readonly Float32Array[],
  options: SoundOfColumnsOptions,
): SoundOfColumns {
  checkMel(channels, options.params.numFrequencies);
  const columns = channels[0]!.length / options.params.numFrequencies;
  if (!options.circular) return inBlocks(channels, columns, options);
  // A block comes before the end, so that the end has a beginning to meet.
  return columns < blockOf(options.params) + lookAheadOf(options.params)
    ? atOnce(channels, columns, options)
    : inBlocks(channels, columns, options);
}

/** Columns of a block: a loop's first one holds all columns that its end overlaps. */
function blockOf(params: SpectrogramParams): number {
  return Math.max(BLOCK_COLUMNS, overlapOf(params));
}

/** A loop whose columns are all searched together. */
function atOnce(
  channels: readonly Float32Array[],
  columns: number,
  options: SoundOfColumnsOptions,
): SoundOfColumns {
  const vocoder = new Vocoder({ ...options, columns, isGuided: channels.length > 1 });
  const { output: grid } = vocoder.grids;
  const overlap = overlapOf(options.params);
  const output = new OverlapOutput(grid, columns + overlap, outputScale(options.params, grid));
  try {
    const seed = new SeededRandom(options.seed).nextUint32();
    const { signal } = options;
    const loops = channels.map((mel) => ({ mel, before: [], after: [] }));
    const guide = guideOf(loops);
    const sounds = loops.map((loop) => {
      vocoder.run({ ...loop, guide, mirrors: [], seed, signal });
      for (let t = 0; t < columns + overlap; t++) output.add(vocoder.spectrum(t % columns));
      // The first samples lack what the last columns give them; after the end they come again, complete.
      const samples = output.take().subarray(overlap * grid.hopLength);
      output.clear();
      return rotated(samples, loopOffset(options.params, grid));
    });
    return { sampleRate: grid.sampleRate, channels: sounds };
  } finally {
    output.dispose();
    vocoder.dispose();
  }
}

/** Any sound, block after block. */
function inBlocks(
  channels: readonly Float32Array[],
  columns: number,
  options: SoundOfColumnsOptions,
): SoundOfColumns {
  const { params, circular: loop, seed, signal } = options;
  const blockColumns = Math.min(columns, blockOf(params));
  const vocoder = new Vocoder({
    ...options,
    circular: false,
    columns: columnsAtOnce(params, blockColumns),
    isGuided: channels.length > 1,
  });
  const { output: grid } = vocoder.grids;
  const synthesis = new ColumnSynthesis({
    vocoder,
    params,
    channels: channels.length,
    seed,
    loop,
    blockColumns,
  });
  try {
    const start = synthesis.push(channels, signal);
    const end = synthesis.end(signal);
    const sounds = start.map((samples, i) => concatenated([samples, end[i]!]));
    return {
      sampleRate: grid.sampleRate,
      channels: loop ? sounds.map((samples) => rotated(samples, loopOffset(params, grid))) : sounds,
    };
  } finally {
    synthesis.dispose();
    vocoder.dispose();
  }
}

/** What begins at `offset` of a loop, turned to begin at 0. */
function rotated(samples: Float32Array, offset: number): Float32Array {
  const split = samples.length - (offset % samples.length);
  return concatenated([samples.subarray(split), samples.subarray(0, split)]);
}
