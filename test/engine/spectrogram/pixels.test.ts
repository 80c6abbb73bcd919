import { describe, expect, it } from 'vitest';

import { EngineError } from '../../../src/engine/errors.js';
import { decodingTable, melToPicture, pictureToMel } from '../../../src/engine/spectrogram/pixels.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { goldenArray } from '../../helpers/golden-audio.js';

/** Channels of a (channels, bands, frames) array, frame after frame. */
function frameMajor(name: string): Float32Array[] {
  const { data, shape } = goldenArray(name);
  const [channels, bands, frames] = shape as [number, number, number];
  return Array.from({ length: channels }, (_, c) =>
    Float32Array.from(
      { length: bands * frames },
      (_, i) => data[(c * bands + (i % bands)) * frames + Math.floor(i / bands)]!,
    ),
  );
}

describe('pixels', () => {
  it.each(['small_mel', 'small_mel_stereo'])('are those that riffusion makes of %s', (name) => {
    const channels = frameMajor(name);
    const max = Math.max(...channels.map((mel) => mel.reduce((a, b) => Math.max(a, b), 0)));
    const picture = melToPicture(channels, 16, 0.25, max);
    const expected = goldenArray(`${name}_image_rgb`);
    expect([picture.height, picture.width, 3]).toEqual(expected.shape);
    const worst = picture.rgb.reduce((most, v, i) => Math.max(most, Math.abs(v - expected.data[i]!)), 0);
    expect(worst).toBeLessThanOrEqual(1);
    expect(picture.rgb.filter((v, i) => v !== expected.data[i]).length).toBeLessThanOrEqual(3);
  });

  it("decode to riffusion's amplitudes", () => {
    const expected = goldenArray('image_decode_lut').data;
    const table = decodingTable(0.25);
    table.forEach((value, level) => {
      expect(Math.abs(value - expected[level]!)).toBeLessThanOrEqual(2e-6 * expected[level]!);
    });
  });

  it('come back as the same pixels, mono and stereo, at any power', () => {
    for (const stereo of [false, true]) {
      for (const powerForImage of [0.25, 0.5, 1]) {
        const params = { ...DEFAULT_SPECTROGRAM_PARAMS, stereo, powerForImage, numFrequencies: 8 };
        const ramp = Float32Array.from({ length: 80 }, (_, i) => i / 79);
        const channels = stereo ? [ramp, ramp.toReversed()] : [ramp];
        const picture = melToPicture(channels, 8, powerForImage, 1);
        const again = melToPicture(pictureToMel(picture, params), 8, powerForImage, 30e6);
        const worst = again.rgb.reduce((most, v, i) => Math.max(most, Math.abs(v - picture.rgb[i]!)), 0);
        expect(worst).toBeLessThanOrEqual(1);
      }
    }
  });

  it('are white for silence', () => {
    expect(melToPicture([new Float32Array(16)], 8, 0.25, 0).rgb.every((v) => v === 255)).toBe(true);
  });

  it('are white for what is no amplitude, and black beyond the maximum', () => {
    const mel = Float32Array.of(Number.NaN, -1, -Infinity, 0, 1e-45, 1, 2, Infinity);
    const { rgb } = melToPicture([mel], 8, 0.25, 1);
    const fromLow = Array.from({ length: 8 }, (_, band) => rgb[3 * (7 - band)]);
    expect(fromLow).toEqual([255, 255, 255, 255, 254, 0, 0, 0]);
  });

  it('are in their places in pictures of any width', () => {
    for (const width of [1, 31, 32, 33, 100]) {
      const mel = Float32Array.from({ length: 8 * width }, (_, i) => i / (8 * width));
      const { rgb } = melToPicture([mel, mel.toReversed()], 8, 1, 1);
      for (let t = 0; t < width; t++) {
        for (let band = 0; band < 8; band++) {
          const pixel = rgb.subarray(3 * ((7 - band) * width + t));
          const [left, right] = [mel[t * 8 + band]!, mel[mel.length - 1 - (t * 8 + band)]!];
          expect([pixel[0], pixel[1], pixel[2]]).toEqual([
            0,
            Math.trunc(255 - 255 * left),
            Math.trunc(255 - 255 * right),
          ]);
        }
      }
    }
  });

  it('of a picture of another height are refused', () => {
    const picture = { width: 4, height: 500, rgb: new Uint8Array(4 * 500 * 3) };
    expect(() => pictureToMel(picture, DEFAULT_SPECTROGRAM_PARAMS)).toThrow(EngineError);
  });
});
