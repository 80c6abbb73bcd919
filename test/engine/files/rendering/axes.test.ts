import { describe, expect, it } from 'vitest';

import { frequencyTicks, loudnessTicks, timeTicks } from '../../../../src/engine/files/rendering/axes.js';
import { colourAt } from '../../../../src/engine/files/rendering/colour-map.js';
import { strokeText } from '../../../../src/engine/files/rendering/stroke-text.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../../src/engine/spectrogram/spectrogram-params.js';

const params = DEFAULT_SPECTROGRAM_PARAMS;

describe('axes', () => {
  it('have round frequencies at their place on the mel scale, none too near to another', () => {
    const ticks = frequencyTicks(params);
    expect(ticks.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['200 Hz', '500 Hz', '1 kHz', '2 kHz', '5 kHz', '10 kHz']),
    );
    expect(ticks.find(({ label }) => label === '1 kHz')?.position).toBeCloseTo(1000 / 3073, 3);
    expect(ticks.find(({ label }) => label === '10 kHz')?.position).toBe(1);
    const positions = ticks.map(({ position }) => position).sort((a, b) => a - b);
    const gaps = positions.slice(1).map((position, i) => position - (positions[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0.04);
  });

  it.each([
    [0.05, '0.00 s', '0.05 s'],
    [2.5, '0.0 s', '2.5 s'],
    [5.12, '0 s', '5 s'],
    [61, '0:00', '1:00'],
    [300, '0:00', '5:00'],
  ])('have few round times for %d seconds, from %s to %s', (seconds, first, last) => {
    const ticks = timeTicks(seconds);
    expect(ticks[0]?.label).toBe(first);
    expect(ticks.at(-1)?.label).toBe(last);
    expect(ticks.length).toBeLessThanOrEqual(11);
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
  });

  it('tell the loudness of a shade as the picture encodes it', () => {
    // A quarter of full darkness, to the fourth power, is an amplitude of 1/256: -48 dB.
    const twenty = loudnessTicks(params).find(({ label }) => label === '-20 dB');
    expect(twenty?.position).toBeCloseTo(0.1 ** 0.25, 6);
  });
});

describe('colours', () => {
  it('become lighter with loudness at every step', () => {
    const lightness = Array.from({ length: 101 }, (_, i) => {
      const [r = 0, g = 0, b = 0] = colourAt(i / 100);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
    expect(new Set(lightness).size).toBeGreaterThan(95);
  });
});

describe('strokeText', () => {
  it('writes all that axes say', () => {
    for (const text of ['0123456789', '1.5 kHz', '20 Hz', '-60 dB', '4:30', '0.5 s']) {
      expect(strokeText({ text, x: 0, y: 0, height: 12, anchor: 'start' })).toMatch(/^[MLHVZ\d. -]+$/);
    }
  });

  it('places text by its anchor', () => {
    const at = (anchor: 'start' | 'middle' | 'end') =>
      Number(/M(-?[\d.]+)/.exec(strokeText({ text: 'HH', x: 100, y: 0, height: 6, anchor }))?.[1]);
    expect(at('start')).toBe(100);
    expect(at('middle')).toBeCloseTo(94.4, 6);
    expect(at('end')).toBeCloseTo(88.8, 6);
  });

  it('refuses what it cannot write', () => {
    expect(() => strokeText({ text: 'é', x: 0, y: 0, height: 6, anchor: 'start' })).toThrow(RangeError);
  });
});
