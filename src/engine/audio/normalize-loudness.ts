/** Brings clips to one loudness without clipping them. */
import type { AudioClip } from './audio-clip.js';
import { limitPeaks } from './limiter.js';
import { integratedLoudness } from './loudness-meter.js';

export interface NormalizeLoudnessOptions {
  /** Integrated loudness of the result; -14 is what streaming services play at. @defaultValue -14 */
  readonly targetLufs?: number;
  /** No sample of the result is above this, in decibels relative to full scale. @defaultValue -1 */
  readonly ceilingDbfs?: number;
  /** The clip is a loop: the limiter's gain runs on from its end into its start. @defaultValue false */
  readonly circular?: boolean;
}

// Limiting makes a clip quieter again, so the gain is raised until the loudness holds.
const ROUNDS = 8;
const CLOSE_ENOUGH_LU = 0.05;
/** A clip is never turned up so far that its peak would be this much above the ceiling: isolated clicks stay quiet. */
const MAX_LIMITING_DB = 18;

/**
 * The clip at the target loudness (ITU-R BS.1770-4, integrated), its peaks held under the ceiling by a look-ahead
 * limiter. Silence stays silence; sound made of isolated peaks may stay below the target (at most 18 dB of it is
 * taken off by limiting).
 */
export function normalizeLoudness(clip: AudioClip, options: NormalizeLoudnessOptions = {}): AudioClip {
  const { targetLufs = -14, ceilingDbfs = -1, circular = false } = options;
  const peak = largestSample(clip);
  if (peak === 0) return clip;
  const ceiling = 10 ** (ceilingDbfs / 20);
  const largestGain = (ceiling / peak) * 10 ** (MAX_LIMITING_DB / 20);
  let gain = ceiling / peak; // first at full scale, so that no quiet clip is taken for silence
  let result = amplify(clip, gain);
  for (let round = 0; round < ROUNDS; round++) {
    const loudness = integratedLoudness(result);
    const missing = targetLufs - loudness;
    if (!Number.isFinite(missing) || Math.abs(missing) < CLOSE_ENOUGH_LU) break;
    const wanted = Math.min(largestGain, gain * 10 ** (missing / 20));
    if (wanted === gain) break;
    gain = wanted;
    result = limitPeaks(amplify(clip, gain), { ceiling, circular });
  }
  return result;
}

function amplify(clip: AudioClip, gain: number): AudioClip {
  return {
    sampleRate: clip.sampleRate,
    channels: clip.channels.map((samples) => samples.map((sample) => sample * gain)),
  };
}

function largestSample(clip: AudioClip): number {
  return clip.channels.reduce((peak, samples) => samples.reduce((a, b) => Math.max(a, Math.abs(b)), peak), 0);
}
