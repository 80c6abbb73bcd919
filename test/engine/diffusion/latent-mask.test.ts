import { describe, expect, it } from 'vitest';

import { keptShares, mixByShare } from '../../../src/engine/diffusion/latent-mask.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';

/** One grey level for each pixel. */
function grey(width: number, levels: readonly number[]): SpectrogramPicture {
  const rgb = Uint8Array.from(levels.flatMap((level) => [level, level, level]));
  return { width, height: levels.length / width, rgb };
}

describe('the mask of a run', () => {
  it('keeps black, paints white anew, and does either in part with grey', () => {
    const mask = grey(3, [0, 255, 51]);
    const shares = keptShares({ mask, width: 3, runWidth: 3 }, [1, 1, 3]);
    expect([...shares].map((share) => Math.round(share * 1000) / 1000)).toEqual([1, 0, 0.8]);
  });

  it('is the same for all channels', () => {
    const shares = keptShares({ mask: grey(2, [0, 255]), width: 2, runWidth: 2 }, [3, 1, 2]);
    expect([...shares]).toEqual([1, 0, 1, 0, 1, 0]);
  });

  it('asks the pixel in the middle of each latent', () => {
    const mask = grey(8, [255, 255, 0, 255, 255, 255, 0, 255]);
    expect([...keptShares({ mask, width: 8, runWidth: 8 }, [1, 1, 2])]).toEqual([1, 1]);
  });

  it('is stretched to the picture, and what lies beyond the picture is painted anew', () => {
    const mask = grey(2, [0, 255]);
    expect([...keptShares({ mask, width: 4, runWidth: 8 }, [1, 1, 8])]).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
    const black = grey(1, [0]);
    expect([...keptShares({ mask: black, width: 4, runWidth: 8 }, [1, 2, 4])]).toEqual([
      1, 1, 0, 0, 1, 1, 0, 0,
    ]);
  });

  it('takes colours by their luminance', () => {
    const rgb = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255]);
    const shares = keptShares({ mask: { width: 3, height: 1, rgb }, width: 3, runWidth: 3 }, [1, 1, 3]);
    expect([...shares].map((share) => Math.round(255 * (1 - share)))).toEqual([76, 150, 29]);
  });

  it('mixes by share', () => {
    const of = (...values: number[]): Float32Array => Float32Array.from(values);
    expect([...mixByShare(of(1, 0, 0.25), of(8, 8, 8), of(4, 4, 4))]).toEqual([8, 4, 5]);
  });
});
