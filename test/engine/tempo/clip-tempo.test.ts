import { describe, expect, it } from 'vitest';

import { BPM_MAX, BPM_MIN } from '../../../src/engine/limits.js';
import { DEFAULT_SPECTROGRAM_PARAMS, hopLength } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { clipTempo } from '../../../src/engine/tempo/clip-tempo.js';
import type { TempoContext } from '../../../src/engine/tempo/clip-tempo.js';

const context: TempoContext = {
  params: DEFAULT_SPECTROGRAM_PARAMS,
  pictureWidth: 512,
  isTriple: false,
};
const rhythmAt = (bpm: number, changes: Partial<TempoContext> = {}): number[] => {
  const { beats, beatsPerBar } = clipTempo(bpm, { ...context, ...changes }).rhythm;
  return [beats, beatsPerBar];
};

/** What a listener counts. */
function tempoOf(bpm: number, changes: Partial<TempoContext> = {}): number {
  const all = { ...context, ...changes };
  const { rhythm, spectrogramParams } = clipTempo(bpm, all);
  const seconds = (all.pictureWidth * hopLength(spectrogramParams)) / spectrogramParams.sampleRate;
  return (60 * rhythm.beats) / seconds;
}

describe('a clip’s tempo', () => {
  it('is within 0.3 % of what was asked for, everywhere', () => {
    for (let bpm = BPM_MIN; bpm <= BPM_MAX; bpm += 0.5) {
      for (const pictureWidth of [384, 512, 1024]) {
        expect(Math.abs(tempoOf(bpm, { pictureWidth }) / bpm - 1)).toBeLessThan(0.003);
      }
    }
  });

  it('has the whole number of beats that is nearest', () => {
    expect([rhythmAt(94)[0], rhythmAt(120)[0], rhythmAt(128)[0], rhythmAt(174)[0]]).toEqual([8, 10, 11, 15]);
    expect(rhythmAt(120, { pictureWidth: 1024 })[0]).toBe(20);
  });

  it('has no fewer and no more beats than the model was trained on', () => {
    expect([rhythmAt(BPM_MIN)[0], rhythmAt(BPM_MAX)[0]]).toEqual([4, 16]);
    expect(rhythmAt(BPM_MAX, { pictureWidth: 256 })[0]).toBe(8);
    expect(rhythmAt(BPM_MIN, { pictureWidth: 64 })[0]).toBe(1);
  });

  it('leaves time alone where the beats fit', () => {
    expect(clipTempo(11.71875 * 8, context).spectrogramParams).toBe(DEFAULT_SPECTROGRAM_PARAMS);
  });

  it('has bars that fill the picture, of three where that is asked for', () => {
    const bars = [47, 59, 70, 82, 94, 105, 117, 129, 141, 152, 164, 176, 187].map((bpm) => rhythmAt(bpm));
    expect(bars).toEqual([
      [4, 4],
      [5, 5],
      [6, 2],
      [7, 7],
      [8, 4],
      [9, 3],
      [10, 2],
      [11, 11],
      [12, 4],
      [13, 13],
      [14, 7],
      [15, 5],
      [16, 4],
    ]);
    const triple = { isTriple: true };
    expect([rhythmAt(70, triple), rhythmAt(141, triple), rhythmAt(117, triple)]).toEqual([
      [6, 3],
      [12, 3],
      [10, 2],
    ]);
  });
});
