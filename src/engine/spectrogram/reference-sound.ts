/** Sound by riffusion's own algorithm: plain Griffin-Lim from random phases, at the picture's own transform. */
import type { AudioClip } from '../audio/audio-clip.js';
import { SeededRandom } from '../math/random.js';
import { griffinLim, randomPhases } from './griffin-lim.js';
import type { MagnitudeFrames } from './griffin-lim.js';
import { createMelFilterbank } from './mel-filterbank.js';
import { MelInverse } from './mel-inverse.js';
import type { MelFrames } from './pixels.js';
import { INT16_SCALE, hopLength, nFft, winLength } from './spectrogram-params.js';
import type { SpectrogramParams } from './spectrogram-params.js';
import { Stft } from './stft.js';

export interface ReferenceSoundOptions {
  readonly params: SpectrogramParams;
  /** Draws the phases. */
  readonly seed: number;
  /** Make a loop. */
  readonly circular: boolean;
  /** @defaultValue 32, riffusion's */
  readonly iterations?: number | undefined;
  /** Of the acceleration. @defaultValue 0.99, torchaudio's */
  readonly momentum?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What riffusion would make of the same mel amplitudes, but for its mel inverse, in the place of whose gradient
 * descent stands the exact one.
 *
 * @throws CancelledError
 */
export function referenceSound(
  channels: readonly MelFrames[],
  { params, seed, circular, iterations, momentum, signal }: ReferenceSoundOptions,
): AudioClip {
  const inverse = new MelInverse(createMelFilterbank(params));
  const stft = new Stft({
    nFft: nFft(params),
    winLength: winLength(params),
    hopLength: hopLength(params),
    circular,
  });
  return {
    sampleRate: params.sampleRate,
    channels: channels.map((mel) => {
      const samples = griffinLim(invertMel(mel, inverse), stft, {
        start: randomPhases(new SeededRandom(seed)),
        ...(iterations !== undefined && { iterations }),
        ...(momentum !== undefined && { momentum }),
        ...(signal && { signal }),
      });
      return Float32Array.from(samples, (sample) => sample / INT16_SCALE);
    }),
  };
}

/** Linear magnitudes of every frame. */
export function invertMel(mel: MelFrames, inverse: MelInverse): MagnitudeFrames {
  const { bands, bins } = inverse;
  const frames = mel.length / bands;
  const values = new Float32Array(frames * bins);
  for (let t = 0; t < frames; t++) {
    inverse.solve(mel.subarray(t * bands, (t + 1) * bands), values.subarray(t * bins, (t + 1) * bins));
  }
  return { frames, bins, values };
}
