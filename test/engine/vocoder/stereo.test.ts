import { describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { pictureToSound } from '../../../src/engine/spectrogram/picture-to-sound.js';
import { melSpectrogram, soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { StreamingSynthesis } from '../../../src/engine/vocoder/streaming-synthesis.js';
import { goldenClip, relativeError } from '../../helpers/golden-audio.js';

const params = { ...DEFAULT_SPECTROGRAM_PARAMS, stereo: true };

/** The piano left of the middle, the drums right of it, by loudness alone. */
function pannedMix(): AudioClip {
  const [piano, drums] = [goldenClip('piano'), goldenClip('drums')].map(({ channels }) => channels[0]!);
  const mix = (pianoGain: number, drumsGain: number): Float32Array =>
    Float32Array.from({ length: 88_200 }, (_, n) => pianoGain * piano![n]! + drumsGain * drums![n]!);
  return { sampleRate: 44_100, channels: [mix(0.6, 0.4), mix(0.4, 0.6)] };
}

/** 1 for channels of one shape, 0 for unrelated ones, -1 for opposite ones, which cancel each other. */
function coherence([left, right]: readonly Float32Array[]): number {
  const product = left!.reduce((sum, sample, n) => sum + sample * right![n]!, 0);
  const energies = [left!, right!].map((samples) => samples.reduce((sum, sample) => sum + sample ** 2, 0));
  return product / Math.sqrt(energies[0]! * energies[1]!);
}

function energyOf(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample ** 2, 0);
}

/** The channels' columns through a stream, in pieces of random lengths. */
function streamed(clip: AudioClip, blockColumns: number): Float32Array[] {
  const mel = clip.channels.map((samples) => melSpectrogram([samples], params));
  const synthesis = new StreamingSynthesis({ params, channels: 2, sampleRate: 44_100, blockColumns });
  const random = new SeededRandom(7);
  const pieces: Float32Array[][] = [];
  for (let at = 0; at < mel[0]!.length;) {
    const end = at + 512 * (1 + (random.nextUint32() % 40));
    pieces.push(synthesis.push(mel.map((values) => values.subarray(at, end))));
    at = end;
  }
  pieces.push(synthesis.end());
  synthesis.dispose();
  return [0, 1].map((c) => Float32Array.from(pieces.flatMap((piece) => [...piece[c]!])));
}

describe('stereo sound', () => {
  it.each(['fast', 'studio'] as const)(
    'has its channels as near to each other as those of the original, and each as near to its bands (%s)',
    (quality) => {
      const clip = pannedMix();
      const original = coherence(clip.channels);
      for (const circular of [false, true]) {
        const { picture } = soundToPicture(clip, params, { circular });
        const { channels } = pictureToSound(picture, params, { quality, circular, loudness: false });
        expect(Math.abs(coherence(channels) - original)).toBeLessThan(0.06);
        clip.channels.forEach((samples, c) => {
          const bands = melSpectrogram([samples], params, { circular });
          const made = melSpectrogram([channels[c]!], params, { circular });
          const gain = Math.hypot(...bandNorms(bands)) / Math.hypot(...bandNorms(made));
          expect(relativeError(bands, made, gain)).toBeLessThan(0.1);
        });
      }
    },
  );

  it.each([20, 64, 256])('keeps them so while it streams, %i columns at a time', (blockColumns) => {
    const clip = pannedMix();
    const channels = streamed(clip, blockColumns);
    expect(channels.map((samples) => samples.length)).toEqual([200 * 441, 200 * 441]);
    expect(Math.abs(coherence(channels) - coherence(clip.channels))).toBeLessThan(0.06);
  });

  it('streams what is equal in both channels to the very middle', () => {
    const [piano] = goldenClip('piano').channels;
    const part = piano!.subarray(0, 44_100);
    const [left, right] = streamed({ sampleRate: 44_100, channels: [part, part] }, 20);
    expect(left).toEqual(right);
  });

  it('leaves a silent channel silent', () => {
    const [piano] = goldenClip('piano').channels;
    const clip = { sampleRate: 44_100, channels: [piano!.subarray(0, 44_100), new Float32Array(44_100)] };
    const { picture } = soundToPicture(clip, params);
    const { channels } = pictureToSound(picture, params);
    expect(energyOf(channels[0]!)).toBeGreaterThan(1);
    expect(energyOf(channels[1]!)).toBe(0);
  });
});

/** Norms of a column each: a spread of all the values would be too many arguments. */
function bandNorms(mel: Float32Array): number[] {
  return Array.from({ length: mel.length / 512 }, (_, t) =>
    Math.sqrt(energyOf(mel.subarray(t * 512, (t + 1) * 512))),
  );
}
