import { describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { pictureToSound } from '../../../src/engine/spectrogram/picture-to-sound.js';
import { soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import {
  DEFAULT_SPECTROGRAM_PARAMS,
  validateSpectrogramParams,
} from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { StereoLayout } from '../../../src/engine/limits.js';
import { goldenClip } from '../../helpers/golden-audio.js';

const stereo = { ...DEFAULT_SPECTROGRAM_PARAMS, stereo: true };
const midSide = { ...stereo, stereoLayout: 'mid-side' } as const;

/** A second of music, so loud on either side. */
function panned(name: string, left: number, right: number): AudioClip {
  const samples = goldenClip(name).channels[0]!.subarray(0, 44_100);
  return { sampleRate: 44_100, channels: [left, right].map((gain) => samples.map((x) => gain * x)) };
}

function plane(rgb: Uint8Array, index: number): Uint8Array {
  return rgb.filter((_, i) => i % 3 === index);
}

/** Left over right, in decibels of energy. */
function difference([left, right]: readonly Float32Array[]): number {
  const energy = (samples: Float32Array): number => samples.reduce((sum, x) => sum + x * x, 0);
  return 10 * Math.log10(energy(left!) / energy(right!));
}

describe('pictures of middle and side', () => {
  it('show the mean in green, half the difference in blue, and where each band lies in red', () => {
    const clip = panned('piano', 0.7, 0.3);
    const { rgb } = soundToPicture(clip, midSide).picture;
    // The middle is half of 0.7 + 0.3, the side half of 0.7 - 0.3: alone, each is like the other, and like the piano.
    const mono = soundToPicture(panned('piano', 0.5, 0.5), DEFAULT_SPECTROGRAM_PARAMS).picture.rgb;
    const off = plane(rgb, 1).reduce((most, level, i) => Math.max(most, Math.abs(level - mono[3 * i]!)), 0);
    expect(off).toBeLessThanOrEqual(1);
    const red = plane(rgb, 0);
    const heard = red.filter((_, i) => mono[3 * i]! < 128);
    expect(heard.length).toBeGreaterThan(1000);
    for (const level of heard) expect(Math.abs(level - (128 + 127 * 0.4))).toBeLessThanOrEqual(1);
  });

  it('of one channel are the middle alone, and sound in the very middle', () => {
    const mono = { sampleRate: 44_100, channels: [panned('piano', 1, 1).channels[0]!] };
    for (const clip of [mono, panned('piano', 1, 1)]) {
      const { picture } = soundToPicture(clip, midSide);
      expect(new Set(plane(picture.rgb, 0))).toEqual(new Set([128]));
      expect(new Set(plane(picture.rgb, 2))).toEqual(new Set([255]));
      const { channels } = pictureToSound(picture, midSide, { quality: 'fast' });
      expect(channels[0]!.some((x) => x !== 0)).toBe(true);
      expect(channels[0]).toEqual(channels[1]);
    }
  });

  it.each([
    { left: 1, right: 0.5, decibels: 6.02 },
    { left: 0.5, right: 1, decibels: -6.02 },
    { left: 1, right: 0.1, decibels: 20 },
  ])(
    'sound as far apart as the clip, $left to $right, within half a decibel',
    ({ left, right, decibels }) => {
      const { picture } = soundToPicture(panned('drums', left, right), midSide);
      for (const quality of ['fast', 'reference'] as const) {
        const { channels } = pictureToSound(picture, midSide, {
          quality,
          loudness: false,
          numGriffinLimIterations: 2,
        });
        expect(Math.abs(difference(channels) - decibels)).toBeLessThan(0.5);
      }
    },
  );

  it('keep silent what is silent on either side', () => {
    const left = pictureToSound(soundToPicture(panned('piano', 1, 0), midSide).picture, midSide);
    expect(difference(left.channels)).toBeGreaterThan(40);
    const right = pictureToSound(soundToPicture(panned('piano', 0, 1), midSide).picture, midSide);
    expect(difference(right.channels)).toBeLessThan(-40);
  });

  it('sound opposite channels, whose middle is silent, on both sides alike', () => {
    const { picture } = soundToPicture(panned('piano', 1, -1), midSide);
    expect(new Set(plane(picture.rgb, 1))).toEqual(new Set([255]));
    const { channels } = pictureToSound(picture, midSide, { quality: 'fast' });
    expect(Math.abs(difference(channels))).toBeLessThan(0.5);
  });

  it('may have any pixels', () => {
    const random = new SeededRandom(5);
    const rgb = Uint8Array.from({ length: 20 * 512 * 3 }, () => random.nextUint32() & 0xff);
    const { channels } = pictureToSound({ width: 20, height: 512, rgb }, midSide, { quality: 'fast' });
    for (const samples of channels) expect(samples.every(Number.isFinite)).toBe(true);
  });

  it('are none without a second channel', () => {
    const clip = panned('piano', 1, 0.5);
    const params = { ...midSide, stereo: false };
    expect(soundToPicture(clip, params)).toEqual(soundToPicture(clip, DEFAULT_SPECTROGRAM_PARAMS));
  });

  it('of another layout are refused', () => {
    const params = { ...stereo, stereoLayout: 'surround' as StereoLayout };
    expect(() => validateSpectrogramParams(params)).toThrow(
      'Expected stereoLayout to be left-right or mid-side, got surround.',
    );
  });
});
