import { readFileSync } from 'node:fs';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { clipAsPicture, wholeClipAsPicture } from '../../../src/engine/files/clip-as-picture.js';
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

describe('wholeClipAsPicture', () => {
  const open = { params, pictureWidth: 64, ending: 'open' } as const;
  const whole = { ...open, ending: 'round-if-whole' } as const;

  it('takes all of a sound, with its exact length, and goes on backwards in the last picture', async () => {
    const bytes = await soundFile(24_000 * 3 + 1);
    const { picture, seconds } = await wholeClipAsPicture(bytes, whole);
    expect(seconds).toBe(72_001 / 48_000);
    // 151 columns and one that is cut off by the end.
    expect(picture.width).toBe(3 * 64);
    expect(columnOf(picture, 151)).toEqual(columnOf(picture, 149));
    expect(columnOf(picture, 180)).toEqual(columnOf(picture, 120));
  });

  it('goes round where a clip fills its pictures, if such clips do', async () => {
    const bytes = await soundFile(48_000 * 1.28);
    const round = await wholeClipAsPicture(bytes, whole);
    expect(round.picture.width).toBe(128);
    expect(round).not.toHaveProperty('seconds');
    expect(await wholeClipAsPicture(bytes, open)).toMatchObject({ seconds: 1.28, picture: { width: 192 } });
  });

  it('makes one picture of what is no longer than one', async () => {
    for (const target of [open, whole]) {
      const short = await wholeClipAsPicture(await soundFile(9600), target);
      expect(short.picture).toEqual(
        await clipAsPicture(await soundFile(9600), { params, width: 64, circular: target === whole }),
      );
      expect(short).not.toHaveProperty('seconds');
    }
  });

  it('brings a clip that is to loop to whole pictures', async () => {
    const loop = { ...open, ending: 'round' } as const;
    for (const [frames, width] of [
      [48_000 * 1.5, 128],
      [48_000 * 1.7, 192],
    ] as const) {
      const round = await wholeClipAsPicture(await soundFile(frames), loop);
      expect(round.picture.width).toBe(width);
      expect(round).not.toHaveProperty('seconds');
    }
  });

  it('takes all of a spectrogram picture, whose sound ends in the middle of its last column', async () => {
    const { picture: given } = await readPicture(drums);
    const { picture, seconds } = await wholeClipAsPicture(drums, { ...whole, pictureWidth: 200 });
    expect(seconds).toBeCloseTo((given.width - 1) / 100, 9);
    expect(picture.width).toBe(Math.ceil(given.width / 200) * 200);
    expect(columnOf(picture, given.width - 1)).toEqual(columnOf(given, given.width - 1));
  });

  it('takes a picture that is no spectrogram of ours as any picture is read', async () => {
    const drawn = await sharp({ create: { width: 150, height: 90, channels: 3, background: '#fff' } })
      .composite([
        {
          input: { create: { width: 150, height: 9, channels: 3, background: '#000' } } as const,
          top: 40,
          left: 0,
        },
      ])
      .jpeg()
      .toBuffer();
    const { picture, seconds } = await wholeClipAsPicture(drawn, whole);
    expect(seconds).toBeCloseTo(1.49, 9);
    expect([picture.width, picture.height]).toEqual([192, 512]);
    const row = darkestRow(picture);
    expect(row).toBeGreaterThan((40 / 90) * 512);
    expect(row).toBeLessThan((49 / 90) * 512);
  });
});

/** A tone at 48 kHz. */
async function soundFile(frames: number): Promise<Uint8Array> {
  const channels = [sine(440, 48_000, Math.round(frames))];
  return (await writeAudio({ sampleRate: 48_000, channels }, 'wav')).bytes;
}

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
