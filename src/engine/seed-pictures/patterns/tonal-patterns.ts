import type { Pattern } from '../pattern.js';

/** Tones alone, and the sea. */
export const TONAL_PATTERNS: readonly Pattern[] = [
  {
    name: 'marimba',
    description: 'a marimba in even steps, nothing else',
    meter: '4/4',
    measures: 2,
    parts: [
      {
        instrument: 'marimba',
        notes: 'C4! E4 G4 C5 B4! G4 E4 G4 | A3! C4 E4 A4 G4! E4 C4 E4',
        gain: 0.7,
        room: 0.2,
      },
      { instrument: 'marimba', notes: 'C3! . . . E3 . . . | A2! . . . G2 . . .', gain: 0.6, room: 0.2 },
    ],
  },
  {
    name: 'arpeggio',
    description: 'a bright synthesiser in sixteenths, a chord on each first beat',
    meter: '4/4',
    measures: 3,
    roomSeconds: 1.6,
    parts: [
      {
        instrument: 'synth-pluck',
        notes:
          'A2 E3 A3 C4 E4 C4 A3 E3 A2 E3 A3 C4 E4 A4 E4 C4 | F2 C3 F3 A3 C4 A3 F3 C3 F2 C3 F3 A3 C4 F4 C4 A3 | G2 D3 G3 B3 D4 B3 G3 D3 E2 B2 E3 G#3 B3 E4 B3 G#3',
        gain: 0.4,
        room: 0.2,
      },
      {
        instrument: 'stab',
        notes: 'A3+C4+E4! - . . . . . . | A3+C4+F4! - . . . . . . | G3+B3+D4! - . . . . . .',
        gain: 0.34,
        pan: 0.5,
        room: 0.3,
      },
      { instrument: 'bass', notes: 'A1! - - . | F1! - - . | G1! - - .', gain: 0.4, room: 0 },
    ],
  },
  {
    name: 'chords',
    description: 'organ and electric piano: a chord for each measure, struck on the beats',
    meter: '4/4',
    measures: 2,
    roomSeconds: 1.8,
    parts: [
      {
        instrument: 'organ',
        notes: 'C3+G3+C4+E4 - - - - - - . | A2+E3+A3+C4 - - - - - - .',
        gain: 0.2,
        pan: -0.3,
        room: 0.3,
      },
      {
        instrument: 'electric-piano',
        notes: 'C4+E4+G4+B4! G4? C4+E4? B4? | C4+E4+A4! G4? C4+E4? E4?',
        gain: 0.36,
        pan: 0.3,
        room: 0.3,
      },
    ],
  },
  {
    name: 'strings',
    description: 'slow strings over a held bass: hardly any rhythm',
    meter: '2/4',
    measures: 2,
    roomSeconds: 2.5,
    parts: [
      { instrument: 'strings', notes: 'D2+A2 - | D2+A2 -', gain: 0.4, room: 0.4 },
      { instrument: 'strings', notes: 'F3+A3! E3+A3 | F3+D4! E3+C4', gain: 0.32, pan: -0.4, room: 0.5 },
      { instrument: 'strings', notes: 'D4! C4 | A4! G4', gain: 0.3, pan: 0.4, room: 0.5 },
    ],
  },
  {
    name: 'bells',
    description: 'few bells and a vibraphone, much space between them',
    meter: '3/4',
    measures: 2,
    roomSeconds: 2.5,
    parts: [
      { instrument: 'bell', notes: 'G4! . . | E4! . .', gain: 0.5, pan: -0.2, room: 0.4 },
      { instrument: 'vibraphone', notes: '. . D5 . B4? . | . . G5 . C5? .', gain: 0.4, pan: 0.4, room: 0.3 },
      { instrument: 'vibraphone', notes: 'C3 . . | A2 . .', gain: 0.35 },
    ],
  },
  {
    name: 'sea',
    description: 'noise that comes and goes in waves: for what has no notes',
    meter: '2/4',
    measures: 2,
    parts: [
      { instrument: 'sea', notes: 'x! -', gain: 0.7, pan: -0.2 },
      { instrument: 'sea', notes: '. x?', gain: 0.4, pan: 0.5 },
    ],
  },
];
