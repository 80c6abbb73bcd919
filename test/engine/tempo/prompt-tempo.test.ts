import { describe, expect, it } from 'vitest';

import { bpmInPrompt, isTriple } from '../../../src/engine/tempo/prompt-tempo.js';

describe('the tempo of a prompt', () => {
  it.each([
    ['techno, 128 bpm', 128],
    ['128bpm techno', 128],
    ['a 128-BPM beat', 128],
    ['drum and bass 174 BPM, dark', 174],
    ['slow at 72.5 bpm', 72.5],
    ['slow at 72,5 bpm', 72.5],
    ['waltz with 90 beats per minute', 90],
    ['90 beats a minute', 90],
    ['BPM: 140 trance', 140],
    ['bpm=140', 140],
    ['ジャズ BPM１２０', 120],
    ['１２０ｂｐｍ', 120],
    ['120-130 bpm', 130],
    ['(house:1.2) 124 bpm (or 60 bpm)', 124],
    ['from 300 bpm to bpm 150', 150],
  ])('is stated by "%s"', (prompt, bpm) => {
    expect(bpmInPrompt(prompt)).toBe(bpm);
  });

  it.each([
    'techno',
    'bpm',
    '128',
    'TR-808 beats',
    '8 bpm',
    '300 bpm speedcore',
    '1200 bpm',
    '0.128 bpm',
    '128 bpmx',
    'two hundred bpm',
    '',
    'summer of 69, 2 beats per bar',
  ])('is not stated by "%s"', (prompt) => {
    expect(bpmInPrompt(prompt)).toBeUndefined();
  });
});

describe('beats in threes', () => {
  it.each(['a slow waltz', 'Waltzes', 'irish jig', 'minuet', 'folk in 3/4', '6/8 ballad', '12/8'])(
    'are asked for by "%s"',
    (prompt) => expect(isTriple(prompt)).toBe(true),
  );

  it.each(['techno', '4/4 beat', '13/4', '3/45', 'jigsaw', '33/4'])('are not asked for by "%s"', (prompt) =>
    expect(isTriple(prompt)).toBe(false),
  );
});
