import { describe, expect, it } from 'vitest';

import { resample } from '../../../src/engine/files/resample.js';
import { amplitudeAt, errorInDecibels, tone } from './fixtures.js';

describe('changing the sample rate', () => {
  it.each([
    [44100, 48000],
    [24000, 44100],
    [96000, 44100],
    [22050, 48000],
  ])('from %d to %d Hz keeps a tone to 70 dB', (from, to) => {
    const resampled = resample(tone(from, 1), to);
    const reference = tone(to, 1).channels[0] ?? new Float32Array();
    const samples = resampled.channels[0] ?? new Float32Array();
    expect(samples.length).toBe(to / 2);
    // Past its ends the tone is silent, which the filter cannot follow.
    const inside = [to / 20, to / 2 - to / 20] as const;
    expect(errorInDecibels(samples.subarray(...inside), reference.subarray(...inside))).toBeLessThan(-70);
  });

  it('removes what the lower rate cannot carry', () => {
    const high = Float32Array.from({ length: 48000 }, (_, i) => Math.sin((2 * Math.PI * 20_000 * i) / 48000));
    const { channels } = resample({ sampleRate: 48000, channels: [high] }, 16000);
    // 20 kHz would come back as 4 kHz.
    expect(amplitudeAt(channels[0] ?? new Float32Array(), 4000, 16000)).toBeLessThan(1e-4);
  });

  it('leaves a clip alone that has the rate already', () => {
    const clip = tone();
    expect(resample(clip, 44100)).toBe(clip);
  });
});
