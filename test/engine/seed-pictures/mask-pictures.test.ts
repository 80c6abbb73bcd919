import { describe, expect, it } from 'vitest';

import { MASK_PICTURES, createMaskPicture } from '../../../src/engine/seed-pictures/mask-pictures.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';

const names = MASK_PICTURES.map(({ name }) => name);
const BLACK = 0;
const WHITE = 255;

describe('the masks', () => {
  it('are told apart by name, and each says what it does', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const { description } of MASK_PICTURES) expect(description).toMatch(/^[a-z][^.]{15,90}$/);
  });

  it.each(names)(
    '%s is grey, of the size asked for, and leaves something to paint and something to keep',
    (name) => {
      const mask = createMaskPicture(name, 160, 96);
      expect(mask).toMatchObject({ width: 160, height: 96 });
      expect(mask.rgb.length).toBe(160 * 96 * 3);
      expect(mask.rgb.every((level, i) => level === mask.rgb[i - (i % 3)])).toBe(true);
      expect(mask.rgb.includes(WHITE)).toBe(true);
      expect(mask.rgb.some((level) => level < 200)).toBe(true);
    },
  );
});

describe('createMaskPicture', () => {
  it('keeps one half to the pixel and paints the other', () => {
    const second = createMaskPicture('second-half', 512, 8);
    expect([level(second, 0, 0), level(second, 255, 7)]).toEqual([BLACK, BLACK]);
    expect([level(second, 256, 0), level(second, 511, 7)]).toEqual([WHITE, WHITE]);
    const first = createMaskPicture('first-half', 512, 8);
    expect(first.rgb).toEqual(second.rgb.map((value) => WHITE - value));
  });

  it('holds the top most, less and less down to the middle, as riffusion did', () => {
    const mask = createMaskPicture('gradient-top', 4, 512);
    const column = Array.from({ length: 512 }, (_, row) => level(mask, 0, row));
    expect(column[0]).toBe(32);
    expect(column.slice(256).every((value) => value === WHITE)).toBe(true);
    expect(column.slice(1).every((value, row) => value >= column[row]!)).toBe(true);
  });

  it('holds the upper third a little', () => {
    const mask = createMaskPicture('top-third', 1, 300);
    const column = Array.from({ length: 300 }, (_, row) => level(mask, 0, row));
    expect(column).toEqual([...Array<number>(100).fill(191), ...Array<number>(200).fill(WHITE)]);
  });

  it('keeps the bass', () => {
    const mask = createMaskPicture('bass-kept', 1, 512);
    expect([level(mask, 0, 511), level(mask, 0, 480), level(mask, 0, 400)]).toEqual([BLACK, BLACK, WHITE]);
  });

  it.each([
    [512, 8],
    [512, 16],
    [512, 10],
    [1024, 16],
  ])('of %i columns holds each of %i beats, where a latent asks, and wraps around', (width, beats) => {
    const mask = createMaskPicture('beat-lines', width, 64, { beats });
    const isHeld = (x: number): boolean => level(mask, x, 0) < WHITE;
    for (let beat = 0; beat < beats; beat++) {
      const x = Math.round((beat * width) / beats) % width;
      expect(isHeld(x)).toBe(true);
      // Of the two latents on either side of the beat, one at least has its middle in the line.
      const latents = [-1, 0].map((i) => (8 * Math.round(x / 8) + 8 * i + 4 + width) % width);
      expect(latents.some(isHeld)).toBe(true);
      expect(isHeld(Math.round(((beat + 0.5) * width) / beats))).toBe(false);
    }
    expect(isHeld(width - 1)).toBe(true);
    expect(level(mask, 0, 60)).toBe(WHITE);
  });

  it('has middle and edges turn soft', () => {
    const middle = createMaskPicture('middle', 512, 1);
    expect([level(middle, 0, 0), level(middle, 128, 0), level(middle, 256, 0)]).toEqual([BLACK, 131, WHITE]);
    const edges = createMaskPicture('edges', 512, 1);
    expect([level(edges, 0, 0), level(edges, 256, 0), level(edges, 511, 0)]).toEqual([WHITE, BLACK, WHITE]);
  });

  it('says which there are when there is none of a name', () => {
    expect(() => createMaskPicture('all', 8, 8)).toThrow(
      `There is no mask "all". There are: ${names.join(', ')}.`,
    );
  });

  it.each([
    [0, 8, 8],
    [8, 1.5, 8],
    [Number.NaN, 8, 8],
    [10_000, 10_000, 8],
    [8, 8, 0],
    [8, 8, 2.5],
  ])('refuses %d x %d pixels with %d beats', (width, height, beats) => {
    const make = (): unknown => createMaskPicture('edges', width, height, { beats });
    expect(make).toThrow(expect.objectContaining({ code: 'invalid_request' }) as Error);
  });
});

function level({ width, rgb }: SpectrogramPicture, x: number, row: number): number {
  return rgb[3 * (row * width + x)]!;
}
