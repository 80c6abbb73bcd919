import { SeededRandom } from '../../../src/engine/math/random.js';
import { pictureToMel } from '../../../src/engine/spectrogram/pixels.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { StreamingSynthesis } from '../../../src/engine/vocoder/streaming-synthesis.js';
import type { StreamingSynthesisOptions } from '../../../src/engine/vocoder/streaming-synthesis.js';
import { goldenPicture } from '../../helpers/golden-audio.js';

/** Parameters of small pictures, whose sound is made in little time: 16 bands, 8 columns under a window. */
export const SMALL: SpectrogramParams = {
  ...DEFAULT_SPECTROGRAM_PARAMS,
  sampleRate: 8000,
  stepSizeMs: 5,
  windowDurationMs: 40,
  paddedDurationMs: 80,
  numFrequencies: 16,
  maxFrequency: 3000,
};

/**
 * So many mel columns of a picture that is known, forwards and backwards as often as it takes: nowhere does anything
 * begin or end that does not in the picture, not even from the last column to the first.
 */
export async function goldenLoop(name: string, columns: number): Promise<Float32Array> {
  const picture = await goldenPicture(name);
  const [mel] = pictureToMel(picture, DEFAULT_SPECTROGRAM_PARAMS);
  const bands = picture.height;
  const result = new Float32Array(columns * bands);
  for (let t = 0; t < columns; t++) {
    // A quarter on, so that the loop does not turn back at its very end.
    const column = folded(folded((t + Math.floor(columns / 4)) % columns, columns), 2 * picture.width - 1);
    result.set(mel!.subarray(column * bands, (column + 1) * bands), t * bands);
  }
  return result;
}

/** Up to half of the period and down again. */
function folded(t: number, period: number): number {
  const within = t % period;
  return Math.min(within, period - within);
}

/** Amplitudes that wander from column to column and from band to band. */
export function randomColumns(columns: number, bands: number, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  const mel = new Float32Array(columns * bands);
  for (let i = 0; i < mel.length; i++) {
    const before = i >= bands ? mel[i - bands]! : 0;
    mel[i] = 0.7 * before + 1e6 * random.nextUniform() ** 3;
  }
  return mel;
}

/** One channel, pushed in portions of so many columns, the last of which may be smaller. */
export function streamed(
  mel: Float32Array,
  portion: number,
  options: StreamingSynthesisOptions,
): { readonly sampleRate: number; readonly samples: Float32Array; readonly pieces: Float32Array[] } {
  const stream = new StreamingSynthesis(options);
  try {
    const size = portion * options.params.numFrequencies;
    const pieces: Float32Array[] = [];
    for (let at = 0; at < mel.length; at += size) pieces.push(stream.push([mel.subarray(at, at + size)])[0]!);
    pieces.push(stream.end()[0]!);
    return { sampleRate: stream.sampleRate, samples: joined(pieces), pieces };
  } finally {
    stream.dispose();
  }
}

export function joined(pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function codeOf(work: () => unknown): unknown {
  try {
    work();
    return 'no error';
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  }
}
