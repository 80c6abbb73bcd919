/** Music as it is written down: parts of notes in measures. */
import type { InstrumentName } from './instruments/instruments.js';

/** Beats in a measure; in 6/8 a beat is three eighths. */
export const BEATS_PER_MEASURE = { '2/4': 2, '3/4': 3, '4/4': 4, '5/4': 5, '6/8': 2 } as const;

export type Meter = keyof typeof BEATS_PER_MEASURE;

export interface Pattern {
  readonly name: string;
  /** What is heard, and what it is good for, in some words. */
  readonly description: string;
  readonly meter: Meter;
  /** Measures in a clip of 5.12 seconds. */
  readonly measures: number;
  readonly parts: readonly Part[];
  /** Seconds that the room sounds on. @defaultValue 1.2 */
  readonly roomSeconds?: number;
}

export interface Part {
  readonly instrument: InstrumentName;
  /**
   * Measures, separated by `|`, each of steps of equal length, separated by spaces; they begin again when the clip has
   * more of them, so their number must divide that of the pattern. A step is a note (`C#3`), several (`C3+E3`), `x` for what has no pitch, `-` to hold the last note,
   * or `.` for a rest. A note may be followed by `!` (loud) or `?` (soft).
   */
  readonly notes: string;
  /** Of its peaks. */
  readonly gain: number;
  /** From -1, all left, to 1, all right; only stereo pictures show it. @defaultValue 0 */
  readonly pan?: number;
  /** How much of it is heard from the room. @defaultValue 0.1 */
  readonly room?: number;
  /** What the first of two steps takes of their time. @defaultValue 0.5 */
  readonly swing?: number;
}

/** A note of a measure; times are shares of the measure. */
export interface WrittenNote {
  readonly at: number;
  readonly length: number;
  /** MIDI note numbers; 60 is C4. */
  readonly pitches: readonly number[];
  /** 0 to 1. */
  readonly velocity: number;
}

const LOUDNESS: Readonly<Record<string, number>> = { '!': 1, '': 0.75, '?': 0.45 };
const PITCHLESS = 60;
const NATURALS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/**
 * The notes of each measure of a part.
 * @throws RangeError when a step is not understood
 */
export function readNotes({ notes, swing = 0.5 }: Pick<Part, 'notes' | 'swing'>): WrittenNote[][] {
  return notes.split('|').map((measure) => readMeasure(measure.trim().split(/\s+/), swing));
}

function readMeasure(steps: readonly string[], swing: number): WrittenNote[] {
  const begins = (step: number): number => (step % 2 === 0 ? step : step - 1 + 2 * swing) / steps.length;
  return steps.flatMap((step, index) => {
    if (step === '.' || step === '-') return [];
    let end = index + 1;
    while (steps[end] === '-') end += 1;
    const [, names = '', sign = ''] = /^(.*?)([!?]?)$/.exec(step) ?? [];
    const pitches = names.split('+').map(readPitch);
    return [{ at: begins(index), length: begins(end) - begins(index), pitches, velocity: LOUDNESS[sign]! }];
  });
}

function readPitch(name: string): number {
  if (name === 'x') return PITCHLESS;
  const [, letter = '', accidental = '', octave = ''] = /^([A-G])([#b]?)(\d)$/.exec(name) ?? [];
  const natural = NATURALS[letter];
  if (natural === undefined) throw new RangeError(`"${name}" is not a note.`);
  const shift = accidental === '#' ? 1 : accidental === 'b' ? -1 : 0;
  return 12 * (Number(octave) + 1) + natural + shift;
}
