import { SeededRandom } from '../../../src/engine/math/random.js';
import { validateSpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';

export interface ParameterRanges {
  /** Columns that a window spans at most. */
  readonly columnsPerWindow: number;
  readonly maxBands: number;
}

/** So many sets of parameters that do not contradict each other, of whole and broken milliseconds alike. */
export function randomParams(count: number, seed: number, ranges: ParameterRanges): SpectrogramParams[] {
  const random = new SeededRandom(seed);
  const found: SpectrogramParams[] = [];
  while (found.length < count) {
    const params = draw(random, ranges);
    if (isValid(params)) found.push(params);
  }
  return found;
}

function draw(random: SeededRandom, { columnsPerWindow, maxBands }: ParameterRanges): SpectrogramParams {
  const between = (from: number, to: number): number => from + (to - from) * random.nextUniform();
  const pick = (values: readonly number[]): number =>
    values[Math.floor(random.nextUniform() * values.length)]!;
  const broken = random.nextUniform() < 0.5;
  const milliseconds = (value: number): number => (broken ? value : Math.ceil(value));
  const sampleRate = pick([
    8000,
    11025,
    16000,
    22050,
    32000,
    44100,
    48000,
    96000,
    Math.round(between(8e3, 2e4)),
  ]);
  const stepSizeMs = milliseconds(between(1, 12));
  const windowDurationMs = milliseconds(stepSizeMs * between(2, columnsPerWindow));
  const maxFrequency = (sampleRate / 2) * pick([1, 0.5, between(0.05, 1)]);
  return {
    sampleRate,
    stereo: random.nextUniform() < 0.3,
    stepSizeMs,
    windowDurationMs,
    paddedDurationMs: milliseconds(windowDurationMs * pick([1, 2, between(1, 4)])),
    numFrequencies: Math.round(between(8, maxBands)),
    minFrequency: random.nextUniform() < 0.5 ? 0 : between(0, 0.9 * maxFrequency),
    maxFrequency,
    powerForImage: pick([0.25, 0.5, 1, between(0.05, 4)]),
  };
}

function isValid(params: SpectrogramParams): boolean {
  try {
    validateSpectrogramParams(params);
    return true;
  } catch {
    return false;
  }
}
