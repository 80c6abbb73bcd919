import { describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { withChannels } from '../../../src/engine/audio/channels.js';
import { fitLength } from '../../../src/engine/audio/fit-length.js';
import { sliceClip } from '../../../src/engine/audio/slice.js';
import { EngineError } from '../../../src/engine/errors.js';
import { goldenArray, goldenClip } from '../../helpers/golden-audio.js';

const clip: AudioClip = { sampleRate: 4, channels: [Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7)] };

describe('sliceClip', () => {
  it('cuts out a part by seconds, to the end unless told', () => {
    expect(Array.from(sliceClip(clip, { startSeconds: 0.5, durationSeconds: 1 }).channels[0]!)).toEqual([
      2, 3, 4, 5,
    ]);
    expect(Array.from(sliceClip(clip, { startSeconds: 1.5 }).channels[0]!)).toEqual([6, 7]);
    expect(Array.from(sliceClip(clip, { startSeconds: 1.5, durationSeconds: 9 }).channels[0]!)).toEqual([
      6, 7,
    ]);
  });

  it('says so when nothing is left, or the times make no sense', () => {
    expect(() => sliceClip(clip, { startSeconds: 2 })).toThrow(/2\.00 s long/);
    expect(() => sliceClip(clip, { startSeconds: -1 })).toThrow(EngineError);
    expect(() => sliceClip(clip, { durationSeconds: 0 })).toThrow(EngineError);
    expect(() => sliceClip(clip, { startSeconds: Number.NaN })).toThrow(EngineError);
  });
});

describe('fitLength', () => {
  it('cuts or adds silence at the end', () => {
    expect(Array.from(fitLength(clip, 3).channels[0]!)).toEqual([0, 1, 2]);
    expect(Array.from(fitLength(clip, 10).channels[0]!)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0, 0]);
    expect(fitLength(clip, 8)).toBe(clip);
  });
});

describe('withChannels', () => {
  it('mixes stereo down to the recorded mono samples', () => {
    const [mono] = withChannels(goldenClip('mixed_stereo'), 1).channels;
    const expected = Array.from(goldenArray('mixed_stereo_downmix_int16').data);
    const worst = Math.max(...expected.map((value, i) => Math.abs(32768 * mono![i]! - value)));
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('repeats mono, keeps what fits, and takes the first two of many', () => {
    const [a, b, c] = [Float32Array.of(1), Float32Array.of(2), Float32Array.of(6)];
    expect(withChannels({ sampleRate: 1, channels: [a] }, 2).channels).toEqual([a, a]);
    expect(withChannels({ sampleRate: 1, channels: [a, b, c] }, 2).channels).toEqual([a, b]);
    expect(withChannels({ sampleRate: 1, channels: [a, b, c] }, 1).channels).toEqual([Float32Array.of(3)]);
  });
});
