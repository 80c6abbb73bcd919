import { describe, expect, it } from 'vitest';

import { applyMelFilterbank, createMelFilterbank } from '../../../src/engine/spectrogram/mel-filterbank.js';
import { MelInverse } from '../../../src/engine/spectrogram/mel-inverse.js';
import { invertMel } from '../../../src/engine/spectrogram/reference-sound.js';
import { pictureToMel } from '../../../src/engine/spectrogram/pixels.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { goldenArray, goldenMetrics, goldenPicture, relativeError } from '../../helpers/golden-audio.js';

const defaults = DEFAULT_SPECTROGRAM_PARAMS;

describe('mel filterbank', () => {
  it("has riffusion's weights, and no others", () => {
    const { filters, bins } = createMelFilterbank(defaults);
    const rows = goldenArray('mel_fb_rows').data;
    const columns = goldenArray('mel_fb_cols').data;
    const values = goldenArray('mel_fb_vals').data;
    let worst = 0;
    for (let i = 0; i < values.length; i++) {
      const filter = filters[columns[i]!]!;
      worst = Math.max(worst, Math.abs((filter.weights[rows[i]! - filter.firstBin] ?? 0) - values[i]!));
    }
    expect(worst).toBeLessThan(1e-4);
    const weights = filters.reduce((sum, filter) => sum + filter.weights.length, 0);
    expect(Math.abs(weights - values.length)).toBeLessThan(5);
    expect(bins).toBe(4000); // bin 4000 is 10 kHz, where the last triangle ends
  });

  it('keeps filters in their places when some are too narrow for any bin', () => {
    const { filters } = createMelFilterbank({ ...defaults, numFrequencies: 1024, paddedDurationMs: 100 });
    expect(filters).toHaveLength(1024);
    expect(filters.some(({ weights }) => weights.length === 0)).toBe(true);
  });
});

describe('MelInverse', () => {
  it.each(['piano', 'drums'])(
    'finds the spectrum of least energy, as the recorded one of %s',
    async (name) => {
      const [mel] = pictureToMel(await goldenPicture(name), defaults);
      const { bins, values } = invertMel(mel!, new MelInverse(createMelFilterbank(defaults)));
      const { data, shape } = goldenArray(`${name}_invmel_minnorm_frames`);
      const scale = goldenMetrics(name).melMax / 30e6; // recorded at the clip's own amplitude
      const largest = (data as Float32Array).reduce((a, b) => Math.max(a, b), 0);
      let worst = 0;
      [20, 256, 400].forEach((t, column) => {
        for (let k = 0; k < bins; k++) {
          worst = Math.max(worst, Math.abs(scale * values[t * bins + k]! - data[k * shape[1]! + column]!));
        }
      });
      expect(worst / largest).toBeLessThan(1e-4);
    },
  );

  it('gives back the mel bands that it was given', () => {
    const filterbank = createMelFilterbank(defaults);
    const magnitudes = Float64Array.from({ length: filterbank.bins }, (_, k) => 2 + Math.cos(k / 300));
    const mel = new Float64Array(512);
    applyMelFilterbank(filterbank, magnitudes, mel);
    const inverse = new MelInverse(filterbank);
    const solved = new Float64Array(inverse.bins);
    const again = new Float64Array(512);
    inverse.solve(mel, solved);
    applyMelFilterbank(filterbank, solved, again);
    expect(relativeError(mel, again)).toBeLessThan(1e-3);
  });

  it('takes every third bin when asked to', () => {
    const filterbank = createMelFilterbank(defaults);
    const mel = Float64Array.from({ length: 512 }, (_, j) => 1 + (j % 3));
    const every = new MelInverse(filterbank);
    const third = new MelInverse(filterbank, 3);
    const fine = new Float64Array(every.bins);
    const coarse = new Float64Array(third.bins);
    every.solve(mel, fine);
    third.solve(mel, coarse);
    expect(Array.from(coarse)).toEqual(Array.from(fine.filter((_, k) => k % 3 === 0)));
  });

  it('stays finite when filters are empty or share their only bin', () => {
    const params = { ...defaults, numFrequencies: 2048, paddedDurationMs: 100, minFrequency: 20 };
    const inverse = new MelInverse(createMelFilterbank(params));
    const magnitudes = new Float64Array(inverse.bins);
    inverse.solve(new Float64Array(2048).fill(1), magnitudes);
    expect(magnitudes.every((value) => value >= 0 && value < 1e3)).toBe(true);
    expect(magnitudes.some((value) => value > 0)).toBe(true);
  });
});
