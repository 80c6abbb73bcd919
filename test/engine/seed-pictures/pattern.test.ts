import { describe, expect, it } from 'vitest';

import { readNotes } from '../../../src/engine/seed-pictures/pattern.js';

describe('readNotes', () => {
  it('reads notes, chords, accidentals, loudness, held steps and rests', () => {
    expect(readNotes({ notes: 'A4! - . C#3+Eb3?' })).toEqual([
      [
        { at: 0, length: 0.5, pitches: [69], velocity: 1 },
        { at: 0.75, length: 0.25, pitches: [49, 51], velocity: 0.45 },
      ],
    ]);
  });

  it('reads measures one by one, each with steps of its own length', () => {
    const [first, second] = readNotes({ notes: 'x x | x x x' });
    expect(first!.map(({ at }) => at)).toEqual([0, 1 / 2]);
    expect(second!.map(({ at }) => at)).toEqual([0, 1 / 3, 2 / 3]);
  });

  it('moves every second step back in swing, and never a first one', () => {
    const [measure] = readNotes({ notes: 'x x x x', swing: 0.6 });
    expect(measure!.map(({ at }) => at)).toEqual([0, 0.3, 0.5, 0.8]);
    expect(measure!.map(({ length }) => length.toFixed(3))).toEqual(['0.300', '0.200', '0.300', '0.200']);
  });

  it.each(['H2', 'C', 'c4', 'C##4', 'x+', '4C', ''])('does not take "%s" for a note', (notes) => {
    expect(() => readNotes({ notes })).toThrow(RangeError);
  });
});
