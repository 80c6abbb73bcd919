import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { readAnyPicture } from '../../../src/engine/files/any-picture.js';
import { writePicture } from '../../../src/engine/files/write-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { failureOf } from './fixtures.js';

const ROWS = DEFAULT_SPECTROGRAM_PARAMS.numFrequencies;
const params = { ...DEFAULT_SPECTROGRAM_PARAMS, stepSizeMs: 20 };

describe('readAnyPicture', () => {
  it('takes a picture with spectrogram tags as it is', async () => {
    const picture = noise(40, ROWS);
    const read = await readAnyPicture(await writePicture(picture, params));
    expect(read).toEqual({ picture, params, assumptions: [] });
  });

  it('brings a tagged picture that was made smaller back to its height, and keeps its parameters', async () => {
    const small = await writePicture(noise(40, 100), params);
    const read = await readAnyPicture(small);
    expect(read).toMatchObject({ params, assumptions: ['scaled'] });
    expect(read.picture).toMatchObject({ width: 40, height: ROWS });
  });

  it("leaves the levels of a picture alone that may be riffusion's own but for its tags", async () => {
    const picture = noise(40, ROWS);
    const read = await readAnyPicture(await png(picture));
    expect(read).toEqual({ picture, params: DEFAULT_SPECTROGRAM_PARAMS, assumptions: ['standard-axes'] });
  });

  it('stretches a drawing to all rows, and not in time', async () => {
    const read = await readAnyPicture(await drawing({ paper: '#fff', ink: '#000' }));
    expect(read.picture).toMatchObject({ width: 120, height: ROWS });
    expect(read.assumptions).toEqual(['standard-axes', 'scaled']);
    expect(levelAt(read.picture, 60, 0.5)).toBeLessThan(10);
    expect(levelAt(read.picture, 60, 0.1)).toBe(255);
  });

  it('takes grey paper for silence and pale ink for loud, whatever its colour', async () => {
    const read = await readAnyPicture(await drawing({ paper: '#c8c4b8', ink: '#804030' }));
    expect(read.assumptions).toEqual(['standard-axes', 'scaled', 'grey', 'stretched']);
    expect(levelAt(read.picture, 60, 0.5)).toBeLessThan(30);
    expect(levelAt(read.picture, 60, 0.1)).toBe(255);
  });

  it('takes bright for loud where most is dark', async () => {
    const read = await readAnyPicture(await drawing({ paper: '#000', ink: '#fff' }));
    expect(read.assumptions).toEqual(['standard-axes', 'scaled', 'inverted']);
    expect(levelAt(read.picture, 60, 0.5)).toBeLessThan(10);
    expect(levelAt(read.picture, 60, 0.1)).toBe(255);
  });

  it('keeps a page on which there is nothing silent', async () => {
    const read = await readAnyPicture(await drawing({ paper: '#ddd', ink: '#dcdcdc' }));
    expect(read.assumptions).toEqual(['standard-axes', 'scaled']);
    expect(levelAt(read.picture, 60, 0.5)).toBeGreaterThan(200);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])(
    'turns a photograph of orientation %i as every viewer does',
    async (orientation) => {
      const jpeg = sharp(await drawing({ paper: '#fff', ink: '#000', corner: true })).jpeg({ quality: 100 });
      const photo = await jpeg.withMetadata({ orientation }).toBuffer();
      const turned = await sharp(photo).autoOrient().png().toBuffer();
      const [read, expected] = [await readAnyPicture(photo), await readAnyPicture(turned)];
      expect(read.assumptions).toContain('turned');
      expect(read.picture.width).toBe(expected.picture.width);
      const distance = read.picture.rgb.reduce(
        (sum, level, i) => sum + Math.abs(level - expected.picture.rgb[i]!),
        0,
      );
      expect(distance / read.picture.rgb.length).toBeLessThan(1);
    },
  );

  it('refuses a picture that would be a click, or longer than five minutes', async () => {
    expect(await failureOf(readAnyPicture(await png(noise(7, 20))))).toMatchObject({
      code: 'invalid_request',
    });
    expect(await failureOf(readAnyPicture(await png(noise(30_001, 8))))).toMatchObject({
      code: 'image_too_large',
    });
    expect(await failureOf(readAnyPicture(new Uint8Array([1, 2, 3])))).toMatchObject({
      code: 'image_unreadable',
    });
  });
});

function noise(width: number, height: number): SpectrogramPicture {
  const rgb = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) rgb.fill((i * 7919) % 251, 3 * i, 3 * i + 3);
  return { width, height, rgb };
}

async function png({ width, height, rgb }: SpectrogramPicture): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** A thick line across the middle, and a dot in the upper left corner. */
async function drawing({ paper = '', ink = '', corner = false }): Promise<Buffer> {
  const line = `<rect y="35" width="120" height="10" fill="${ink}"/>`;
  const dot = corner ? `<rect x="4" y="4" width="12" height="12" fill="${ink}"/>` : '';
  const page = `<rect width="100%" height="100%" fill="${paper}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80">${page}${line}${dot}</svg>`;
  return sharp(Buffer.from(svg)).flatten().png().toBuffer();
}

/** @param share - Of the height, from the top. */
function levelAt({ width, height, rgb }: SpectrogramPicture, x: number, share: number): number {
  return rgb[3 * (Math.round(share * height) * width + x)]!;
}
