import { hopLength } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { BEATS_PER_MEASURE } from './pattern.js';
import type { Pattern } from './pattern.js';

/** A clip's measures, which fill it exactly. */
export interface Tempo {
  readonly measures: number;
  readonly beats: number;
  readonly beatsPerMinute: number;
}

/** What riffusion's 512 columns of 10 ms are, as a loop. */
export const STANDARD_SECONDS = 5.12;

/** Of a picture of so many columns: the number of whole measures whose tempo is nearest to the pattern's own. */
export function tempoOf(
  pattern: Pick<Pattern, 'meter' | 'measures'>,
  params: SpectrogramParams,
  width: number,
): Tempo {
  const seconds = (width * hopLength(params)) / params.sampleRate;
  const measures = Math.max(1, Math.round((seconds * pattern.measures) / STANDARD_SECONDS));
  const beats = measures * BEATS_PER_MEASURE[pattern.meter];
  return { measures, beats, beatsPerMinute: (60 * beats) / seconds };
}
