import { describe, expect, it } from 'vitest';

import { waveform } from '../../../src/engine/audio/waveform.js';

const clip = (...channels: number[][]) => ({
  sampleRate: 8000,
  channels: channels.map((samples) => Float32Array.from(samples)),
});

describe('waveform', () => {
  it('gives each slice as a share of the loudest', () => {
    expect([...waveform(clip([1, -1, 0.5, -0.5, 0, 0, 0.25, 0.25]), 4)]).toEqual([255, 128, 0, 64]);
  });

  it('hears all channels', () => {
    expect([...waveform(clip([1, 0], [1, 1]), 2)]).toEqual([255, 180]);
  });

  it('leaves silence flat, and has no more points than samples', () => {
    expect([...waveform(clip([0, 0, 0]), 256)]).toEqual([0, 0, 0]);
    expect(waveform(clip([]), 10)).toHaveLength(0);
  });

  it('uses every sample once where slices do not come out even', () => {
    const loudLast = waveform(clip([0, 0, 0, 0, 0, 0, 1]), 3);
    expect([...loudLast]).toEqual([0, 0, 255]);
  });
});
