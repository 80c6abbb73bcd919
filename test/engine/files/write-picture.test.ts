import { describe, expect, it } from 'vitest';

import { readJpegExif } from '../../../src/engine/files/jpeg-segments.js';
import { readExif } from '../../../src/engine/files/exif.js';
import { readPngChunks } from '../../../src/engine/files/png-chunks.js';
import { readPicture } from '../../../src/engine/files/read-picture.js';
import { readWebpExif } from '../../../src/engine/files/webp-chunks.js';
import { writePicture } from '../../../src/engine/files/write-picture.js';
import type { SpectrogramParams } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { fixture, noiseBytes, RECIPE } from './fixtures.js';

const FORMATS = ['png', 'jpeg', 'webp'] as const;
const PICTURE = { width: 33, height: 512, rgb: noiseBytes(33 * 512 * 3) };
const ODD_PARAMS: SpectrogramParams = {
  sampleRate: 96000,
  stereo: true,
  stepSizeMs: 7.5,
  windowDurationMs: 70,
  paddedDurationMs: 333,
  numFrequencies: 512,
  minFrequency: 20,
  maxFrequency: 16000,
  powerForImage: 1,
};

describe.each(FORMATS)('writing %s', (format) => {
  it('keeps every parameter, the greatest value and the recipe', async () => {
    const bytes = await writePicture(PICTURE, ODD_PARAMS, { format, maxValue: 1234.5, recipe: RECIPE });
    const { params, paramsFromTags, maxValue, recipe } = await readPicture(bytes);
    expect({ params, paramsFromTags, maxValue, recipe }).toEqual({
      params: ODD_PARAMS,
      paramsFromTags: true,
      maxValue: 1234.5,
      recipe: RECIPE,
    });
  });

  it('keeps the stereo layout', async () => {
    const params = { ...ODD_PARAMS, stereoLayout: 'mid-side' } as const;
    expect((await readPicture(await writePicture(PICTURE, params, { format }))).params).toEqual(params);
    const plain = { ...ODD_PARAMS, stereoLayout: 'left-right' } as const;
    expect((await readPicture(await writePicture(PICTURE, plain, { format }))).params).toEqual(ODD_PARAMS);
  });

  it('leaves out what there is not', async () => {
    const file = await readPicture(await writePicture(PICTURE, DEFAULT_SPECTROGRAM_PARAMS, { format }));
    expect(file.params).toEqual(DEFAULT_SPECTROGRAM_PARAMS);
    expect(file).not.toHaveProperty('maxValue');
    expect(file).not.toHaveProperty('recipe');
  });

  it('gives the same bytes each time', async () => {
    const write = (): Promise<Uint8Array> => writePicture(PICTURE, ODD_PARAMS, { format, recipe: RECIPE });
    expect(Buffer.compare(await write(), await write())).toBe(0);
  });
});

describe('pixels', () => {
  it.each(['png', 'webp'] as const)('come back from %s as they were', async (format) => {
    const { picture } = await readPicture(
      await writePicture(PICTURE, DEFAULT_SPECTROGRAM_PARAMS, { format }),
    );
    expect(picture.width).toBe(33);
    expect(Buffer.compare(picture.rgb, PICTURE.rgb)).toBe(0);
  });

  it('of the two channels stay apart in JPEG', async () => {
    const rgb = new Uint8Array(16 * 512 * 3);
    // Left is all loud, right has single silent columns: halved colour resolution would smear them.
    for (let pixel = 0; pixel < 16 * 512; pixel++) rgb[pixel * 3 + 2] = pixel % 2 === 0 ? 255 : 0;
    const bytes = await writePicture({ width: 16, height: 512, rgb }, DEFAULT_SPECTROGRAM_PARAMS, {
      format: 'jpeg',
    });
    const read = (await readPicture(bytes)).picture.rgb;
    const worst = Math.max(...rgb.map((level, i) => (i % 3 === 2 ? Math.abs(level - (read[i] ?? 0)) : 0)));
    expect(worst).toBeLessThan(64);
  });

  it('take less room at a lower quality', async () => {
    for (const format of ['jpeg', 'webp'] as const) {
      const size = async (quality: number): Promise<number> =>
        (await writePicture(PICTURE, DEFAULT_SPECTROGRAM_PARAMS, { format, quality })).length;
      expect(await size(20)).toBeLessThan((await size(95)) / 2);
    }
  });
});

describe('tags', () => {
  it('have the types and values of those that Pillow writes', async () => {
    const params = { ...DEFAULT_SPECTROGRAM_PARAMS, stereo: true, numFrequencies: 64 };
    const picture = { width: 16, height: 64, rgb: new Uint8Array(16 * 64 * 3) };
    const ours = exifOfPng(await writePicture(picture, params, { maxValue: 25695122 }));
    const pillows = exifOfPng(await fixture('tagged.png'));
    expect(typesAndValues(ours)).toEqual(typesAndValues(pillows));
  });

  it('lie where other programs look for them', async () => {
    const bytes = async (format: (typeof FORMATS)[number]): Promise<Uint8Array> =>
      writePicture(PICTURE, ODD_PARAMS, { format, recipe: RECIPE });
    const png = readPngChunks(await bytes('png')).map(({ type }) => type);
    expect(png.slice(0, 3)).toEqual(['IHDR', 'eXIf', 'iTXt']);
    const jpeg = readJpegExif(await bytes('jpeg')) ?? new Uint8Array();
    const webp = readWebpExif(await bytes('webp')) ?? new Uint8Array();
    for (const exif of [jpeg, webp]) {
      expect(readExif(exif).get(11000)).toBe(96000);
      expect(readExif(exif).get(270)).toContain('riffcord-recipe');
    }
  });
});

function exifOfPng(png: Uint8Array): Uint8Array {
  return readPngChunks(png).find(({ type }) => type === 'eXIf')?.data ?? new Uint8Array();
}

/** [tag, type, count, value], by tag. */
function typesAndValues(exif: Uint8Array): readonly (readonly unknown[])[] {
  const little = exif[0] === 0x49;
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  const directory = view.getUint32(4, little);
  const values = readExif(exif);
  return Array.from({ length: view.getUint16(directory, little) }, (_, index) => {
    const entry = directory + 2 + index * 12;
    const tag = view.getUint16(entry, little);
    return [
      tag,
      view.getUint16(entry + 2, little),
      view.getUint32(entry + 4, little),
      values.get(tag),
    ] as const;
  }).sort((a, b) => a[0] - b[0]);
}
