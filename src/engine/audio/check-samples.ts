import { EngineError } from '../errors.js';
import type { AudioClip } from './audio-clip.js';

/** Amplitudes beyond this, 400 dB above full scale, would overflow on their way through a spectrogram. */
export const LARGEST_SAMPLE = 1e20;

/** @throws EngineError `invalid_request` for samples that are no numbers or absurdly large, or unequal channels */
export function checkSamples({ channels }: AudioClip): void {
  const length = channels[0]?.length ?? 0;
  for (const samples of channels) {
    if (samples.length !== length) {
      throw new EngineError(
        'invalid_request',
        `All channels of a clip must be equally long, got ${length} and ${samples.length} samples.`,
      );
    }
    const index = firstUnusable(samples);
    if (index === undefined) continue;
    throw new EngineError(
      'invalid_request',
      `Sample ${index} of the clip is ${samples[index]}: samples must be numbers, nominally from -1 to 1.`,
    );
  }
}

function firstUnusable(samples: Float32Array): number | undefined {
  for (let n = 0; n < samples.length; n++) {
    if (!(Math.abs(samples[n]!) <= LARGEST_SAMPLE)) return n; // written so that NaN fails it too
  }
  return undefined;
}
