/** Brings clips to one loudness without clipping them. */
import type { AudioClip } from './audio-clip.js';
import { checkSamples } from './check-samples.js';
import { largestSample, limitPeaks } from './limiter.js';
import { integratedLoudness, measureLoudness } from './loudness-meter.js';
import type { LoudnessMeter } from './loudness-meter.js';

export interface NormalizeLoudnessOptions {
  /** Integrated loudness of the result; -14 is what streaming services play at. @defaultValue -14 */
  readonly targetLufs?: number;
  /** No sample of the result is above this, in decibels relative to full scale. @defaultValue -1 */
  readonly ceilingDbfs?: number;
  /** The clip is a loop: the limiter's gain runs on from its end into its start. @defaultValue false */
  readonly circular?: boolean;
}

// Limiting makes a clip quieter again, so the gain is raised until the loudness holds.
const ROUNDS = 6;
const CLOSE_ENOUGH_LU = 0.05;
/** Loudness gained for each decibel of gain while the limiter works: before there are two points to tell it by. */
const LIKELY_SLOPE = 0.7;
/** Less is not believed, so that no step goes too far. */
const LEAST_SLOPE = 0.25;
/** A clip is never turned up so far that its peak would be this much above the ceiling: isolated clicks stay quiet. */
const MAX_LIMITING_DB = 18;

/**
 * The clip at the target loudness (ITU-R BS.1770-4, integrated), its peaks held under the ceiling by a look-ahead
 * limiter. Silence stays silence; sound made of isolated peaks may stay below the target (at most 18 dB of it is
 * taken off by limiting).
 *
 * @throws EngineError `invalid_request` when samples are no finite numbers
 */
export function normalizeLoudness(clip: AudioClip, options: NormalizeLoudnessOptions = {}): AudioClip {
  const { targetLufs = -14, ceilingDbfs = -1, circular = false } = options;
  checkSamples(clip);
  const peak = largestSample(clip);
  if (peak === 0) return clip;
  const ceiling = 10 ** (ceilingDbfs / 20);
  const fullScaleDb = toDecibels(ceiling / peak);
  const largestDb = fullScaleDb + MAX_LIMITING_DB;
  let gainDb = Math.min(largestDb, gainWithoutLimiter(measureLoudness(clip), targetLufs, fullScaleDb));
  let result = limitPeaks(clip, { ceiling, gain: toFactor(gainDb), circular });
  if (gainDb <= fullScaleDb) return result;
  const into = result.channels;
  let slope = LIKELY_SLOPE;
  let loudness = integratedLoudness(result);
  for (let round = 0; round < ROUNDS && Math.abs(targetLufs - loudness) > CLOSE_ENOUGH_LU; round++) {
    const nextDb = Math.min(largestDb, gainDb + (targetLufs - loudness) / slope);
    if (nextDb === gainDb) break;
    result = limitPeaks(clip, { ceiling, gain: toFactor(nextDb), circular }, into);
    const nextLoudness = integratedLoudness(result);
    slope = Math.min(1, Math.max(LEAST_SLOPE, (nextLoudness - loudness) / (nextDb - gainDb)));
    gainDb = nextDb;
    loudness = nextLoudness;
  }
  return result;
}

/**
 * Decibels that bring the clip to the target if nothing has to be limited. Loudness follows the gain but for blocks
 * that it lifts over the absolute gate, hence more than one look.
 *
 * @param startDb a gain at which no quiet clip is taken for silence
 */
function gainWithoutLimiter(meter: LoudnessMeter, targetLufs: number, startDb: number): number {
  let gainDb = startDb;
  for (let round = 0; round < ROUNDS; round++) {
    const missing = targetLufs - meter.integrated(toFactor(gainDb));
    if (!Number.isFinite(missing)) break;
    gainDb += missing;
    if (Math.abs(missing) < 1e-6) break;
  }
  return gainDb;
}

function toDecibels(factor: number): number {
  return 20 * Math.log10(factor);
}

function toFactor(decibels: number): number {
  return 10 ** (decibels / 20);
}
