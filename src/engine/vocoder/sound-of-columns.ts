/** Whole spectrograms to whole sounds. */
import { SeededRandom } from '../math/random.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { ChannelSynthesis, checkMel } from './channel-synthesis.js';
import { concatenated } from './concatenated.js';
import { OverlapOutput } from './overlap-output.js';
import type { VocoderSettings } from './quality.js';
import { Vocoder } from './vocoder.js';
import { columnsAtOnce, loopOffset, outputScale, overlapOf } from './vocoder-grid.js';

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
 * Sound of each channel's mel columns: (columns - 1) hops, or as many hops as columns of a loop. Each channel draws
 * the same phases, so what is equal in both stays in the middle.
 *
 * @param channels per channel, `columns * bands` amplitudes
 * @throws EngineError `invalid_request` for amplitudes that are negative or no numbers
 * @throws CancelledError
 */
export function soundOfColumns(
  channels: readonly Float32Array[],
  options: SoundOfColumnsOptions,
): SoundOfColumns {
  const columns = channels[0]!.length / options.params.numFrequencies;
  if (!options.circular) return inBlocks(channels, columns, options);
  // A window must not overlap itself, so a loop that is shorter is taken several times.
  const repeats = Math.ceil((2 * (overlapOf(options.params) + 1)) / columns);
  if (repeats === 1) {
    return columns > BLOCK_COLUMNS
      ? inBlocks(channels, columns, options)
      : atOnce(channels, columns, options);
  }
  const { sampleRate, channels: sounds } = soundOfColumns(
    channels.map((mel) => repeated(mel, repeats)),
    options,
  );
  return { sampleRate, channels: sounds.map((samples) => samples.slice(0, samples.length / repeats)) };
}

/** A loop whose columns are all searched together. */
function atOnce(
  channels: readonly Float32Array[],
  columns: number,
  options: SoundOfColumnsOptions,
): SoundOfColumns {
  const vocoder = new Vocoder({ ...options, columns });
  const { output: grid } = vocoder.grids;
  const overlap = overlapOf(options.params);
  const output = new OverlapOutput(grid, columns + overlap, outputScale(options.params, grid));
  try {
    const sounds = channels.map((mel) => {
      checkMel(mel, options.params.numFrequencies);
      const seed = new SeededRandom(options.seed).nextUint32();
      const { signal } = options;
      vocoder.run({ mel, before: [], after: [], mirrors: [], seed, signal });
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
  const blockColumns = Math.min(columns, BLOCK_COLUMNS);
  const vocoder = new Vocoder({
    ...options,
    circular: false,
    columns: columnsAtOnce(params, blockColumns),
  });
  const { output: grid } = vocoder.grids;
  try {
    const sounds = channels.map((mel) => {
      const synthesis = new ChannelSynthesis({ vocoder, params, seed, loop, blockColumns });
      try {
        const samples = concatenated([synthesis.push(mel, signal), synthesis.end(signal)]);
        return loop ? rotated(samples, loopOffset(params, grid)) : samples;
      } finally {
        synthesis.dispose();
      }
    });
    return { sampleRate: grid.sampleRate, channels: sounds };
  } finally {
    vocoder.dispose();
  }
}

function repeated(values: Float32Array, times: number): Float32Array {
  return concatenated(Array.from({ length: times }, () => values));
}

/** What begins at `offset` of a loop, turned to begin at 0. */
function rotated(samples: Float32Array, offset: number): Float32Array {
  const split = samples.length - (offset % samples.length);
  return concatenated([samples.subarray(split), samples.subarray(0, split)]);
}
