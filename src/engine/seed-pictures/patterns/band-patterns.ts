import type { Pattern } from '../pattern.js';

/** Drums, basses and chords together. */
export const BAND_PATTERNS: readonly Pattern[] = [
  {
    name: 'backbeat',
    description: 'drums, bass and electric piano at a walking pace: the one to begin with',
    meter: '4/4',
    measures: 2,
    parts: [
      { instrument: 'kick', notes: 'x! . . x? x . . . | x! . . x? x . x? .', gain: 0.85 },
      { instrument: 'snare', notes: '. . x! . . . x! .', gain: 0.6 },
      { instrument: 'closed-hat', notes: 'x x? x x? x x? x x?', gain: 0.34, pan: 0.3 },
      {
        instrument: 'bass',
        notes: 'A1! - . A1 C2 - E2 - | F1! - . F1 G1 - B1 -',
        gain: 0.5,
        room: 0,
      },
      {
        instrument: 'electric-piano',
        notes: 'A3+C4+E4+G4 - - - . - A3+C4+E4? - | F3+A3+C4+E4 - - - G3+B3+D4 - - -',
        gain: 0.24,
        pan: -0.3,
        room: 0.2,
      },
    ],
  },
  {
    name: 'house',
    description: 'four on the floor, claps, open hats and chords between the beats',
    meter: '2/4',
    measures: 5,
    parts: [
      { instrument: 'kick', notes: 'x! . . . x! . . .', gain: 0.9 },
      { instrument: 'clap', notes: '. . . . x! . . .', gain: 0.55 },
      { instrument: 'open-hat', notes: '. . x . . . x .', gain: 0.3, pan: 0.2 },
      { instrument: 'closed-hat', notes: 'x? x? . x? x? x? . x?', gain: 0.26, pan: 0.2 },
      {
        instrument: 'stab',
        notes: '. . C4+Eb4+G4 . . C4+Eb4+G4? . .',
        gain: 0.2,
        pan: -0.3,
        room: 0.25,
      },
      {
        instrument: 'bass',
        notes:
          '. . C2 . . . C2 . | . . C2 . . . Eb2 . | . . C2 . . . C2 . | . . Bb1 . . . Bb1 . | . . G1 . . . Bb1 .',
        gain: 0.42,
        room: 0,
      },
    ],
  },
  {
    name: 'techno',
    description: 'a straight kick and a driving bass in sixteenths, dark above',
    meter: '4/4',
    measures: 3,
    roomSeconds: 1.8,
    parts: [
      { instrument: 'kick', notes: 'x! . . . x! . . . x! . . . x! . . .', gain: 0.95 },
      {
        instrument: 'bass',
        notes: '. D1? D1 D1 . D1? D1 D1 . D1? D1 D1 . D1? F1 D1',
        gain: 0.55,
        room: 0.05,
      },
      { instrument: 'closed-hat', notes: '. . x . . . x . . . x . . . x .', gain: 0.26 },
      { instrument: 'rim', notes: '. . . x? . . . . . . x . . . . .', gain: 0.3, pan: -0.5, room: 0.3 },
      { instrument: 'shaker', notes: 'x? x? x? x? x? x? x? x?', gain: 0.2, pan: 0.4 },
    ],
  },
  {
    name: 'dub',
    description: 'very deep bass, a heavy third beat, organ off the beat, little above',
    meter: '4/4',
    measures: 2,
    roomSeconds: 2.4,
    parts: [
      { instrument: 'kick', notes: '. . . . x! . . . . . . . x! . . .', gain: 0.85 },
      { instrument: 'rim', notes: '. . . . x . . . . . . . x . . x?', gain: 0.4, room: 0.5 },
      {
        instrument: 'sub-bass',
        notes: 'E1! - - . E1 - G1 - . . B1 - A1 - . . | E1! - - . E1 - G1 - . . D1 - E1 - - .',
        gain: 0.8,
        room: 0,
      },
      {
        instrument: 'organ',
        notes: '. . E3+G3+B3 . . . E3+G3+B3 . . . E3+G3+B3 . . . E3+G3+B3 .',
        gain: 0.14,
        pan: -0.4,
        room: 0.5,
      },
      { instrument: 'closed-hat', notes: '. . x? . . . x? . . . x? . . . x? .', gain: 0.12, pan: 0.4 },
    ],
  },
  {
    name: 'waltz',
    description: 'three beats: bass, and chords on strings and guitar',
    meter: '3/4',
    measures: 4,
    roomSeconds: 1.8,
    parts: [
      { instrument: 'bass', notes: 'C2! - . | A1! - . | D2! - . | G1! - .', gain: 0.42 },
      {
        instrument: 'pluck',
        notes: '. E3+G3+C4 E3+G3+C4? | . E3+A3+C4 E3+A3+C4? | . F3+A3+D4 F3+A3+D4? | . F3+G3+B3 F3+G3+B3?',
        gain: 0.3,
        pan: 0.4,
        room: 0.25,
      },
      {
        instrument: 'strings',
        notes: 'G4 - - - C5 - | E5 - - - - - | F5 - - - D5 - | B4 - - - - -',
        gain: 0.24,
        pan: -0.3,
        room: 0.4,
      },
      { instrument: 'shaker', notes: 'x . x? . x? .', gain: 0.2 },
    ],
  },
  {
    name: 'jig',
    description: 'a lively plucked tune in six eighths, with a frame drum',
    meter: '6/8',
    measures: 4,
    parts: [
      {
        instrument: 'pluck',
        notes: 'D5! B4 G4 G4 A4 B4 | C5! B4 A4 A4 - G4 | B4! D5 G5 G5 F#5 E5 | D5! C5 A4 F#4 G4 A4',
        gain: 0.36,
        pan: 0.2,
        room: 0.2,
      },
      { instrument: 'pluck', notes: 'G2+D3 - - G2+D3? - - | A2+E3 - - D2+A2? - -', gain: 0.3, pan: -0.3 },
      { instrument: 'tom', notes: 'G2! . G2? G2 . G2?', gain: 0.6, room: 0.2 },
      { instrument: 'shaker', notes: 'x x? x? x x? x?', gain: 0.3 },
    ],
  },
];
