import { deflateSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { insertPngChunks } from '../../../src/engine/files/png-chunks.js';
import { readPicture } from '../../../src/engine/files/read-picture.js';
import { writePicture } from '../../../src/engine/files/write-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { bigEndian, failureOf, fixture, joined, littleEndian, noiseBytes } from './fixtures.js';

const TAGGED_PARAMS = { ...DEFAULT_SPECTROGRAM_PARAMS, stereo: true, numFrequencies: 64 };

describe('reading pictures that Pillow wrote', () => {
  it.each([
    { name: 'tagged.png', tolerance: 0 },
    { name: 'tagged.webp', tolerance: 0 },
    { name: 'tagged.jpg', tolerance: 8 },
  ])('takes the parameters and the pixels of $name', async ({ name, tolerance }) => {
    const { params, paramsFromTags, maxValue, picture, recipe } = await readPicture(await fixture(name));
    expect(params).toEqual(TAGGED_PARAMS);
    expect(paramsFromTags).toBe(true);
    expect(maxValue).toBe(25695122);
    expect(recipe).toBeUndefined();
    // Upright although the JPEG's EXIF asks for a quarter turn.
    expect([picture.width, picture.height]).toEqual([16, 64]);
    const pixel = (x: number, y: number): number[] => [
      ...picture.rgb.subarray((y * 16 + x) * 3, (y * 16 + x) * 3 + 3),
    ];
    for (const [x, y] of [
      [0, 0],
      [15, 0],
      [3, 40],
      [15, 63],
    ] as const) {
      const expected = [255 - 3 * y, 7 * x, 128];
      pixel(x, y).forEach((level, plane) => {
        expect(Math.abs(level - (expected[plane] ?? 0))).toBeLessThanOrEqual(tolerance);
      });
    }
  });

  it('takes the defaults for a picture without tags, such as a JPEG of the original', async () => {
    const { params, paramsFromTags, maxValue, picture } = await readPicture(await fixture('untagged.jpg'));
    expect(params).toEqual(DEFAULT_SPECTROGRAM_PARAMS);
    expect(paramsFromTags).toBe(false);
    expect(maxValue).toBeUndefined();
    expect([picture.width, picture.height, picture.rgb.length]).toEqual([4, 512, 4 * 512 * 3]);
  });

  it('takes the defaults, all of them, when one of nine tags is missing', async () => {
    // Its height of 64 then contradicts the default of 512.
    const { code, message } = await failureOf(readPicture(await fixture('tag-missing.png')));
    expect(code).toBe('image_not_spectrogram');
    expect(message).toContain('512');
  });

  it('turns grey, 16-bit grey and palettes into 8-bit RGB', async () => {
    const grey = (await readPicture(await fixture('grey.png'))).picture.rgb;
    expect(grey.length).toBe(4 * 512 * 3);
    expect(new Set(grey.subarray(0, 3)).size).toBe(1);
    const wide = (await readPicture(await fixture('grey-16bit.png'))).picture.rgb;
    for (const y of [0, 1, 100, 255, 256, 511]) {
      expect([...wide.subarray(y * 12, y * 12 + 3)]).toEqual(new Array(3).fill(y % 256));
    }
    const palette = (await readPicture(await fixture('palette.png'))).picture.rgb;
    expect(palette.length).toBe(4 * 512 * 3);
    expect(Math.abs((palette[2] ?? 0) - 128)).toBeLessThan(24);
  });

  it('takes what is transparent for white, which is silence', async () => {
    const { rgb } = (await readPicture(await fixture('transparent.png'))).picture;
    expect([...rgb.subarray(0, 12)]).toEqual([10, 20, 30, 10, 20, 30, 255, 255, 255, 255, 255, 255]);
  });
});

describe('pictures that are none', () => {
  it.each([
    { what: 'no bytes', bytes: new Uint8Array() },
    { what: 'a text file that is called .png', bytes: joined('Dear reader,\n'.repeat(100)) },
    { what: 'noise', bytes: noiseBytes(10_000) },
    { what: 'an SVG', bytes: joined('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="512"/>') },
    { what: 'a GIF', bytes: joined('GIF89a', new Uint8Array(100)) },
    { what: 'the signature of PNG alone', bytes: joined('\x89PNG\r\n\x1a\n') },
    { what: 'the signature of JPEG alone', bytes: joined([0xff, 0xd8, 0xff, 0xe0]) },
    { what: 'the signature of WebP alone', bytes: joined('RIFF', [0, 0, 0, 0], 'WEBP') },
    { what: 'a PNG of noise', bytes: joined('\x89PNG\r\n\x1a\n', noiseBytes(5000)) },
    {
      what: 'a PNG chunk of 4 GB',
      bytes: joined('\x89PNG\r\n\x1a\n', [255, 255, 255, 255], 'IHDR', new Uint8Array(50)),
    },
  ])('such as $what say so', async ({ bytes }) => {
    const { code, message } = await failureOf(readPicture(bytes));
    expect(code).toBe('image_unreadable');
    expect(message).toMatch(/PNG/);
  });

  it.each(['png', 'jpeg', 'webp'] as const)('such as half a %s say so', async (format) => {
    const rgb = noiseBytes(64 * 512 * 3);
    const whole = await writePicture({ width: 64, height: 512, rgb }, DEFAULT_SPECTROGRAM_PARAMS, { format });
    const { code } = await failureOf(readPicture(whole.subarray(0, whole.length / 2)));
    expect(code).toBe('image_unreadable');
  });

  it('of 100 megapixels are refused by their header', async () => {
    const bomb = png(10_000, 10_000, deflateSync(new Uint8Array(10_000 * 100), { level: 9 }));
    expect(bomb.length).toBeLessThan(10_000);
    const { code, message } = await failureOf(readPicture(bomb));
    expect(code).toBe('image_too_large');
    expect(message).toContain('100.0 megapixels (10000 x 10000)');
  });

  it('of more than 64 MB are refused by their size', async () => {
    const { code } = await failureOf(readPicture(new Uint8Array(64 * 1024 * 1024 + 1)));
    expect(code).toBe('image_too_large');
  });

  it('of another height say which is expected and what to do', async () => {
    const { code, message } = await failureOf(readPicture(png(3, 300, deflateSync(new Uint8Array(4 * 300)))));
    expect(code).toBe('image_not_spectrogram');
    expect(message).toMatch(/300 pixels high.*512 pixels high.*scale it/);
  });

  it('whose stereo layout is of another kind say so', async () => {
    const picture = { width: 4, height: 512, rgb: new Uint8Array(4 * 512 * 3) };
    const bytes = await writePicture(picture, {
      ...TAGGED_PARAMS,
      numFrequencies: 512,
      stereoLayout: 'mid-side',
    });
    const tag = Buffer.from(bytes).indexOf(Buffer.from(littleEndian(11090, 2)));
    bytes[tag + 8] = 7;
    const { code, message } = await failureOf(readPicture(bytes));
    expect(code).toBe('image_not_spectrogram');
    expect(message).toMatch(/stereoLayout to be left-right or mid-side, got 7/);
  });

  it('whose tags contradict each other say so', async () => {
    const picture = { width: 4, height: 512, rgb: new Uint8Array(4 * 512 * 3) };
    const bytes = await writePicture(picture, { ...DEFAULT_SPECTROGRAM_PARAMS, sampleRate: 0 });
    const { code, message } = await failureOf(readPicture(bytes));
    expect(code).toBe('image_not_spectrogram');
    expect(message).toMatch(/sampleRate.*Remove its EXIF data/);
  });
});

describe('hostile metadata', () => {
  const picture = { width: 4, height: 512, rgb: new Uint8Array(4 * 512 * 3) };

  it('in a PNG does not keep the picture from being read', async () => {
    const plain = png(4, 512, deflateSync(new Uint8Array((4 + 1) * 512)));
    const hostile = insertPngChunks(plain, [
      { type: 'eXIf', data: joined('II*\0', littleEndian(8, 4), littleEndian(0xffff, 2)) },
      {
        type: 'iTXt',
        data: joined('riffcord-recipe\0', [1, 0, 0, 0], deflateSync(new Uint8Array(50_000_000))),
      },
      { type: 'tEXt', data: new Uint8Array() },
    ]);
    const { paramsFromTags, recipe } = await readPicture(hostile);
    expect(paramsFromTags).toBe(false);
    expect(recipe).toBeUndefined();
  });

  it('of a million empty chunks ends', async () => {
    const chunk = joined(bigEndian(0, 4), 'tEXt', bigEndian(0x7f9a2b1c, 4));
    const start = await writePicture(picture, DEFAULT_SPECTROGRAM_PARAMS);
    const many = joined(
      start.subarray(0, 33),
      Buffer.concat(new Array<Uint8Array>(1_000_000).fill(chunk)),
      start.subarray(33),
    );
    const { picture: read, paramsFromTags } = await readPicture(many);
    expect(Buffer.compare(read.rgb, picture.rgb)).toBe(0);
    expect(paramsFromTags).toBe(false); // beyond the first thousands nothing is looked at
  });

  it('of a million empty comments in a JPEG ends', async () => {
    const start = await writePicture(picture, DEFAULT_SPECTROGRAM_PARAMS, { format: 'jpeg' });
    const comments = Buffer.alloc(4_000_000, Buffer.from([0xff, 0xfe, 0, 2]));
    const { params, picture: read } = await readPicture(
      joined(start.subarray(0, 2), comments, start.subarray(2)),
    );
    expect(params).toEqual(DEFAULT_SPECTROGRAM_PARAMS);
    expect(Buffer.compare(read.rgb, picture.rgb)).toBe(0);
  });

  it('in a JPEG with segment lengths that lie is left out', async () => {
    const start = await writePicture(picture, DEFAULT_SPECTROGRAM_PARAMS, { format: 'jpeg' });
    const at = Buffer.from(start).indexOf('Exif') - 2;
    start.set([0, 1], at);
    const outcome = await readPicture(start).then(
      ({ paramsFromTags }) => paramsFromTags,
      (error: unknown) => (error instanceof Error ? error.name : 'raw'),
    );
    expect([false, 'EngineError']).toContain(outcome);
  });
});

/** A grey 8-bit PNG of the given compressed rows. */
function png(width: number, height: number, data: Uint8Array): Uint8Array {
  const header = joined(bigEndian(width, 4), bigEndian(height, 4), [8, 0, 0, 0, 0]);
  const bare = joined('\x89PNG\r\n\x1a\n', new Uint8Array(25));
  const chunks = insertPngChunks(bare, [
    { type: 'IHDR', data: header },
    { type: 'IDAT', data },
    { type: 'IEND', data: new Uint8Array() },
  ]);
  return joined(bare.subarray(0, 8), chunks.subarray(33));
}
