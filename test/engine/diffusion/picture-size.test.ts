import { describe, expect, it } from 'vitest';

import { checkWidth, fitToWidth, widthWithin } from '../../../src/engine/diffusion/picture-size.js';
import { aPicture } from './sd1x-models.js';

const SIZE = { height: 16, width: 64, widthMultiple: 8 };

describe('widths of a model', () => {
  it('are multiples of one number, and others are answered with the nearest', () => {
    expect([8, 64, 4096].map((width) => checkWidth(width, SIZE))).toEqual([8, 64, 4096]);
    expect(() => checkWidth(70, SIZE)).toThrow('a multiple of 8, not 70: try 64 or 72.');
    expect(() => checkWidth(3, SIZE)).toThrow('try 8 or 16.');
    for (const width of [0, -8, 8.5, NaN, Infinity]) {
      expect(() => checkWidth(width, SIZE)).toThrow(
        expect.objectContaining({ code: 'invalid_request' }) as Error,
      );
    }
  });

  it('within a picture are as much of it as fits, but never nothing', () => {
    expect([3, 8, 15, 16, 103].map((width) => widthWithin(aPicture(width, 16), SIZE))).toEqual([
      8, 8, 8, 16, 96,
    ]);
  });
});

describe('fitting a picture', () => {
  const pixel = (picture: { width: number; rgb: Uint8Array }, x: number, y: number): number[] => [
    ...picture.rgb.subarray(3 * (y * picture.width + x), 3 * (y * picture.width + x) + 3),
  ];

  it('leaves out its end', () => {
    const [whole, cut] = [aPicture(40, 16), fitToWidth(aPicture(40, 16), 24, SIZE)];
    expect([cut.width, cut.height, cut.rgb.length]).toEqual([24, 16, 24 * 16 * 3]);
    for (const [x, y] of [
      [0, 0],
      [23, 7],
      [5, 15],
    ] as const) {
      expect(pixel(cut, x, y)).toEqual(pixel(whole, x, y));
    }
  });

  it('follows it with silence, which is white', () => {
    const [whole, longer] = [aPicture(20, 16), fitToWidth(aPicture(20, 16), 32, SIZE)];
    expect(pixel(longer, 19, 15)).toEqual(pixel(whole, 19, 15));
    expect([pixel(longer, 20, 0), pixel(longer, 31, 15)]).toEqual([
      [255, 255, 255],
      [255, 255, 255],
    ]);
  });

  it('keeps one that fits as it is, and refuses one of other frequencies', () => {
    const picture = aPicture(24, 16);
    expect(fitToWidth(picture, 24, SIZE)).toBe(picture);
    expect(() => fitToWidth(aPicture(24, 17), 24, SIZE)).toThrow('16 pixels high; this one has 17.');
  });
});
