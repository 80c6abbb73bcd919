import type { Pattern } from '../pattern.js';

/** Drums, with little else. */
export const DRUM_PATTERNS: readonly Pattern[] = [
  {
    name: 'hip-hop',
    description: 'drums alone: a lazy, swung beat with room around it',
    meter: '4/4',
    measures: 2,
    parts: [
      {
        instrument: 'kick',
        notes: 'x! . . . . . . x? . . x . . . . . | x! . . . . . . x . x? x . . . . .',
        gain: 0.9,
        swing: 0.58,
      },
      { instrument: 'snare', notes: '. . . . x! . . . . . . . x! . . x?', gain: 0.62, swing: 0.58 },
      {
        instrument: 'closed-hat',
        notes: 'x . x? . x . x x? x . x? . x . x? x?',
        gain: 0.34,
        pan: 0.3,
        swing: 0.58,
      },
      { instrument: 'rim', notes: '. . . x? . . . . . . . x? . . . .', gain: 0.3, pan: -0.4, swing: 0.58 },
    ],
  },
  {
    name: 'drum-and-bass',
    description: 'busy, fast broken drums over a deep bass',
    meter: '4/4',
    measures: 4,
    roomSeconds: 0.7,
    parts: [
      {
        instrument: 'kick',
        notes: 'x! . . . . . . . . . x . . . . . | x! . . . . . . . . . x . . . x? .',
        gain: 0.9,
      },
      {
        instrument: 'snare',
        notes: '. . . . x! . . x? . x? . . x! . . . | . . . . x! . . x? . x? . x? x! . x? x?',
        gain: 0.66,
      },
      { instrument: 'closed-hat', notes: 'x . x? . x . x? . x . x? . x . x? .', gain: 0.36, pan: 0.25 },
      {
        instrument: 'open-hat',
        notes: '. . . . . . . . . . . . . . . . | . . . . . . . . . . . . . . x .',
        gain: 0.3,
      },
      {
        instrument: 'sub-bass',
        notes: 'F1 - - - - - . . . . F1 - - - - - | Ab1 - - - - - . . . . Eb1 - - - - -',
        gain: 0.5,
        room: 0,
      },
    ],
  },
  {
    name: 'hand-drums',
    description: 'toms, congas and shaker in five, without cymbals',
    meter: '5/4',
    measures: 2,
    roomSeconds: 1.6,
    parts: [
      {
        instrument: 'tom',
        notes: 'E2! . . . . . E2 . . . | E2! . . . . . E2 . B2? .',
        gain: 0.8,
        room: 0.2,
      },
      {
        instrument: 'tom',
        notes: '. . B2 . . . . . G2 G2? | . . B2 . G2? . . . G2 B2',
        gain: 0.55,
        pan: -0.4,
        room: 0.2,
      },
      {
        instrument: 'conga',
        notes: 'A3 . A3? . E3! . . A3? A3 . . E3? A3 . . A3? E3! . A3? A3?',
        gain: 0.5,
        pan: 0.4,
        room: 0.2,
      },
      { instrument: 'shaker', notes: 'x x? x? x? x x? x? x? x x? x? x? x x? x? x? x x? x? x?', gain: 0.5 },
    ],
  },
];
