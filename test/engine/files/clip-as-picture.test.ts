import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { clipAsPicture } from '../../../src/engine/files/clip-as-picture.js';
import { readPicture } from '../../../src/engine/files/read-picture.js';
import { writeAudio } from '../../../src/engine/files/write-audio.js';
import { writePicture } from '../../../src/engine/files/write-picture.js';
import { soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';

const params = DEFAULT_SPECTROGRAM_PARAMS;
const drums = readFileSync(new URL('../../fixtures/golden-audio/drums.png', import.meta.url));

describe('clipAsPicture', () => {
  it('takes the pixels of a picture that was analysed alike as they are', async () => {
    const { picture } = await readPicture(drums);
    const taken = await clipAsPicture(drums, { params, width: picture.width, circular: false });
    expect([taken.width, taken.height]).toEqual([picture.width, picture.height]);
    expect(Buffer.compare(taken.rgb, picture.rgb)).toBe(0);
  });

  it('takes the beginning of a wider picture', async () => {
    const { picture } = await readPicture(drums);
    const taken = await clipAsPicture(drums, { params, width: 64, circular: false });
    expect([taken.width, taken.height]).toEqual([64, 512]);
    for (const column of [0, 63]) expect(columnOf(taken, column)).toEqual(columnOf(picture, column));
  });

  it('repeats a narrower picture', async () => {
    const { picture } = await readPicture(drums);
    const width = 2 * picture.width + 10;
    const taken = await clipAsPicture(drums, { params, width, circular: false });
    expect(columnOf(taken, picture.width + 5)).toEqual(columnOf(picture, 5));
    expect(columnOf(taken, width - 1)).toEqual(columnOf(picture, 9));
  });

  it('makes of a sound at another rate the picture that its own rate would have made', async () => {
    const tone = (sampleRate: number) => ({
      sampleRate,
      channels: [sine(440, sampleRate, sampleRate), sine(440, sampleRate, sampleRate)],
    });
    const { bytes } = await writeAudio(tone(48_000), 'wav');
    const taken = await clipAsPicture(bytes, { params, width: 100, circular: true });
    const { picture } = soundToPicture(tone(44_100), params, { circular: true });
    expect([taken.width, taken.height]).toEqual([100, 512]);
    // 16-bit files have a noise of their own, which the light pixels show.
    const loud = [...picture.rgb.keys()].filter((index) => (picture.rgb[index] ?? 255) < 128);
    const differences = loud.map((index) =>
      Math.abs((taken.rgb[index] ?? NaN) - (picture.rgb[index] ?? NaN)),
    );
    expect(loud.length).toBeGreaterThan(1000);
    expect(Math.max(...differences)).toBeLessThanOrEqual(2);
  });

  it('fills the picture with a sound that is too short by playing it again', async () => {
    const beep = new Float32Array(22_050);
    beep.set(sine(880, 44_100, 4410));
    const { bytes } = await writeAudio({ sampleRate: 44_100, channels: [beep] }, 'wav');
    const taken = await clipAsPicture(bytes, { params, width: 100, circular: true });
    expect(meanDifference(columns(taken, 0, 50), columns(taken, 50, 100))).toBeLessThan(1);
  });

  it('hears a picture that was analysed otherwise, and analyses it anew', async () => {
    const other: SpectrogramParams = { ...params, sampleRate: 48_000, stepSizeMs: 20, numFrequencies: 256 };
    const sound = { sampleRate: 48_000, channels: [sine(440, 48_000, 48_000)] };
    const { picture } = soundToPicture(sound, other, { circular: true });
    const bytes = await writePicture(picture, other);
    const taken = await clipAsPicture(bytes, { params, width: 100, circular: true });
    const tone = { sampleRate: 44_100, channels: [sine(440, 44_100, 44_100)] };
    const { picture: expected } = soundToPicture(tone, params, { circular: true });
    expect(darkestRow(taken)).toBe(darkestRow(expected));
  });

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['a text', Buffer.from('no clip at all')],
    ['a picture that is cut off', drums.subarray(0, 500)],
  ])('refuses %s with a sentence', async (_what, bytes) => {
    await expect(clipAsPicture(bytes, { params, width: 64, circular: false })).rejects.toMatchObject({
      code: expect.stringMatching(/_unreadable$/) as string,
    });
  });
});

function sine(frequency: number, sampleRate: number, length: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * frequency * index) / sampleRate),
  );
}

function columnOf({ width, height, rgb }: SpectrogramPicture, column: number): number[] {
  return Array.from({ length: height }, (_, row) => rgb[3 * (row * width + column)] ?? NaN);
}

function columns(picture: SpectrogramPicture, begin: number, end: number): SpectrogramPicture {
  const { width, height, rgb } = picture;
  const parts = Array.from({ length: height }, (_, row) =>
    rgb.subarray(3 * (row * width + begin), 3 * (row * width + end)),
  );
  return { width: end - begin, height, rgb: Uint8Array.from(parts.flatMap((part) => [...part])) };
}

function meanDifference(a: SpectrogramPicture, b: SpectrogramPicture): number {
  expect(a.rgb.length).toBe(b.rgb.length);
  return a.rgb.reduce((sum, value, index) => sum + Math.abs(value - (b.rgb[index] ?? NaN)), 0) / a.rgb.length;
}

function darkestRow(picture: SpectrogramPicture): number {
  const column = columnOf(picture, Math.floor(picture.width / 2));
  return column.indexOf(Math.min(...column));
}
