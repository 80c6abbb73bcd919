import type { SeededRandom } from '../../math/random.js';

/** One note to be played. */
export interface Note {
  /** Hertz; drums take no notice of it. */
  readonly frequency: number;
  /** How long it is held; what is struck sounds on as long as it likes. */
  readonly seconds: number;
  readonly sampleRate: number;
  /** For noise. */
  readonly random: SeededRandom;
}

/** Plays a note: its samples from its beginning until it is silent, peaks about 1. */
export type Instrument = (note: Note) => Float32Array;

/** Silent samples to play into. */
export function silence(seconds: number, sampleRate: number): Float32Array {
  return new Float32Array(Math.max(1, Math.round(seconds * sampleRate)));
}
