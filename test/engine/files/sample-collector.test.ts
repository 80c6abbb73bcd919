import { describe, expect, it } from 'vitest';

import { SampleCollector } from '../../../src/engine/files/sample-collector.js';

const RATE = 100;

function ramp(from: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => from + n);
}

describe('SampleCollector', () => {
  it.each([0, 1, 30, 1000])('joins 30 s in pieces, whether 0 s or more were promised: %d s', (promised) => {
    const collector = new SampleCollector(promised, 2);
    for (let n = 0; n < 3000; n += 60) {
      collector.add({ channelData: [ramp(n, 60), ramp(-n, 60)], sampleRate: RATE });
    }
    const clip = collector.finish()!;
    expect(clip.sampleRate).toBe(RATE);
    expect(clip.channels[0]).toEqual(ramp(0, 3000));
    expect(clip.channels[1]).toHaveLength(3000);
    // No great part of the memory behind it is left over.
    expect(clip.channels[0]!.buffer.byteLength).toBeLessThan(1.2 * 4 * 3000);
  });

  it('keeps as many channels as all pieces have, and no more than it is told', () => {
    const two = { channelData: [ramp(0, 2), ramp(5, 2)], sampleRate: RATE };
    const one = { channelData: [ramp(2, 2)], sampleRate: RATE };
    const mixed = new SampleCollector(1, Infinity);
    [two, one].forEach((piece) => mixed.add(piece));
    expect(mixed.finish()!.channels).toEqual([ramp(0, 4)]);
    const mono = new SampleCollector(1, 1);
    mono.add(two);
    expect(mono.finish()!.channels).toEqual([ramp(0, 2)]);
  });

  it('makes silence of what is no number, and no clip of nothing', () => {
    const collector = new SampleCollector(0, 2);
    expect(collector.finish()).toBeUndefined();
    collector.add({
      channelData: [Float32Array.of(1, Number.NaN, Infinity, -Infinity, 2)],
      sampleRate: RATE,
    });
    expect(Array.from(collector.finish()!.channels[0]!)).toEqual([1, 0, 0, 0, 2]);
  });
});
