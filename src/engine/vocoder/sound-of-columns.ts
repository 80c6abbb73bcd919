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

/** Mel columns, made when they are needed, so that not all of a long sound's are held. */
export interface ColumnSource {
  readonly columns: number;
  /** Of columns `from` to `to - 1`, per channel, `(to - from) * bands` amplitudes. */
  readonly read: (from: number, to: number) => readonly Float32Array[];
}

/**
 * Sound of each channel's mel columns: (columns - 1) hops, or as many hops as columns of a loop. Phases of
 * both channels start from those of their sum, so what is equal in both stays in the middle.
 *
 * @param source per channel, `columns * bands` amplitudes, or where to read them
 * @throws EngineError `invalid_request` for amplitudes that are negative or no numbers, and for parameters that would
 * take too much memory
 * @throws CancelledError
 */
export function soundOfColumns(
  source: readonly Float32Array[] | ColumnSource,
  options: SoundOfColumnsOptions,
): SoundOfColumns {
  const bands = options.params.numFrequencies;
  const checked = checkedSource('read' in source ? source : sourceOf(source, bands), bands);
  if (!options.circular) return inBlocks(checked, options);
  // A block comes before the end, so that the end has a beginning to meet.
  return checked.columns < blockOf(options.params) + lookAheadOf(options.params)
    ? atOnce(checked.read(0, checked.columns), checked.columns, options)
    : inBlocks(checked, options);
}

function sourceOf(channels: readonly Float32Array[], bands: number): ColumnSource {
  checkMel(channels, bands);
  return {
    columns: channels[0]!.length / bands,
    read: (from, to) => channels.map((mel) => mel.subarray(from * bands, to * bands)),
  };
}

function checkedSource({ columns, read }: ColumnSource, bands: number): ColumnSource {
  const checkedRead: ColumnSource['read'] = (from, to) => {
    const mel = read(from, to);
    checkMel(mel, bands);
    return mel;
  };
  return { columns, read: checkedRead };
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
function inBlocks(source: ColumnSource, options: SoundOfColumnsOptions): SoundOfColumns {
  const { params, circular: loop, seed } = options;
  const { columns } = source;
  const blockColumns = Math.min(columns, blockOf(params));
  const channels = source.read(0, 1).length;
  const vocoder = new Vocoder({
    ...options,
    circular: false,
    columns: columnsAtOnce(params, blockColumns),
    isGuided: channels > 1,
  });
  const { output: grid } = vocoder.grids;
  const synthesis = new ColumnSynthesis({ vocoder, params, channels, seed, loop, blockColumns });
  try {
    const length = (loop ? columns : columns - 1) * grid.hopLength;
    const offset = loop ? loopOffset(params, grid) : 0;
    const sounds = Array.from({ length: channels }, () => new Float32Array(length));
    fill(sounds, offset, synthesis, source, { blockColumns, signal: options.signal });
    return { sampleRate: grid.sampleRate, channels: sounds };
  } finally {
    synthesis.dispose();
    vocoder.dispose();
  }
}

/** @param offset where a loop's sound begins, which then goes round */
function fill(
  sounds: readonly Float32Array[],
  offset: number,
  synthesis: ColumnSynthesis,
  { columns, read }: ColumnSource,
  { blockColumns, signal }: { readonly blockColumns: number; readonly signal: AbortSignal | undefined },
): void {
  let at = offset;
  const put = (pieces: readonly Float32Array[]): void => {
    sounds.forEach((sound, i) => setAround(sound, pieces[i]!, at));
    at += pieces[0]!.length;
  };
  for (let from = 0; from < columns; from += blockColumns) {
    put(synthesis.push(read(from, Math.min(columns, from + blockColumns)), signal));
  }
  put(synthesis.end(signal));
}

/** Writes from `at` on, and beyond the end from the start on. */
function setAround(sound: Float32Array, piece: Float32Array, at: number): void {
  const start = sound.length === 0 ? 0 : at % sound.length;
  const untilEnd = sound.length - start;
  sound.set(piece.subarray(0, untilEnd), start);
  if (piece.length > untilEnd) sound.set(piece.subarray(untilEnd), 0);
}

/** What begins at `offset` of a loop, turned to begin at 0. */
function rotated(samples: Float32Array, offset: number): Float32Array {
  const split = samples.length - (offset % samples.length);
  return concatenated([samples.subarray(split), samples.subarray(0, split)]);
}
