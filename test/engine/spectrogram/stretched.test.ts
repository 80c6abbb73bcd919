import { describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { pictureToSound } from '../../../src/engine/spectrogram/picture-to-sound.js';
import { soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS, hopLength } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { stretched } from '../../../src/engine/spectrogram/stretched.js';

const PARAMS = DEFAULT_SPECTROGRAM_PARAMS;
const RATE = PARAMS.sampleRate;
const COLUMNS = 256;
const BEATS = 4;
const FREQUENCY = 1000;

/** A tone that begins anew on each beat and dies away. */
function tones(): AudioClip {
  const length = COLUMNS * hopLength(PARAMS);
  const samples = Float32Array.from({ length }, (_, index) => {
    const beat = (index * BEATS) / length;
    return 0.5 * Math.exp(-6 * (beat % 1)) * Math.sin((2 * Math.PI * FREQUENCY * index) / RATE);
  });
  return { sampleRate: RATE, channels: [samples] };
}

const { picture } = soundToPicture(tones(), PARAMS, { circular: true });

function soundAt(factor: number): AudioClip {
  const params = stretched(PARAMS, factor);
  return pictureToSound(picture, params, { circular: true, sampleRate: 48_000, quality: 'fast' });
}

describe('a stretched picture', () => {
  it.each([0.85, 0.94, 0.977, 1.003, 1.05, 1.17])(
    'lasts %d times as long, to the sample of its loop',
    (factor) => {
      const params = stretched(PARAMS, factor);
      const { sampleRate, channels } = soundAt(factor);
      expect(channels[0]).toHaveLength((COLUMNS * hopLength(params) * sampleRate) / params.sampleRate);
      expect(channels[0]!.length / sampleRate / (COLUMNS * 0.01)).toBeCloseTo(factor, 2);
    },
  );

  it('keeps its pitch', () => {
    for (const factor of [0.9, 1.1]) {
      const { sampleRate, channels } = soundAt(factor);
      expect(Math.abs(strongestFrequency(channels[0]!, sampleRate) - FREQUENCY)).toBeLessThanOrEqual(5);
    }
  });

  it('has its beats where they belong', () => {
    for (const factor of [0.9, 1.1]) {
      const samples = soundAt(factor).channels[0]!;
      const beat = samples.length / BEATS;
      for (let index = 0; index < BEATS; index++) {
        const at = (share: number): Float32Array => {
          const from = Math.round((index + share) * beat);
          return samples.subarray(from, from + Math.round(beat / 8));
        };
        expect(loudness(at(0.05))).toBeGreaterThan(4 * loudness(at(0.8)));
      }
    }
  });

  it('is the same picture where there is nothing to stretch', () => {
    expect(stretched(PARAMS, 1)).toBe(PARAMS);
    expect(stretched(PARAMS, 1.001)).toBe(PARAMS);
    expect(stretched(PARAMS, 1.01)).not.toBe(PARAMS);
  });
});

function loudness(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

/** Of those near a kilohertz, in steps of 5 Hz. */
function strongestFrequency(samples: Float32Array, sampleRate: number): number {
  let best = { frequency: 0, power: 0 };
  for (let frequency = 850; frequency <= 1150; frequency += 5) {
    let [real, imaginary] = [0, 0];
    for (let index = 0; index < 8000; index++) {
      const angle = (2 * Math.PI * frequency * index) / sampleRate;
      real += samples[index]! * Math.cos(angle);
      imaginary += samples[index]! * Math.sin(angle);
    }
    const power = real * real + imaginary * imaginary;
    if (power > best.power) best = { frequency, power };
  }
  return best.frequency;
}
