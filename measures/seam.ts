/** Whether a join of two pieces of sound can be told from what happens inside them. */
import type { AudioClip } from '../src/engine/audio/audio-clip.js';
import { numberOfFrames } from '../src/engine/audio/audio-clip.js';
import { ContinuityMeter } from './continuity.js';
import type { Continuity } from './continuity.js';

/** A number at the join, and which percent of the moments inside the pieces have a smaller one. */
export interface Ranked {
  readonly value: number;
  /** 0..100. Above 95 the join stands out. */
  readonly percentile: number;
}

export type Seam = { readonly [K in keyof Continuity]: Ranked };

/** Seconds between the moments that a join is compared with; no multiple of a usual hop. */
const STEP_SECONDS = 0.0171;
/** With fewer, a percentile says little. */
const LEAST_MOMENTS = 50;

/**
 * One result per join. Of several channels the worst counts, at the joins as at the moments inside.
 *
 * @param clip the pieces one after the other
 * @param joins the first sample of each piece but the first
 * @throws RangeError when a join lies too near to an end of the clip, or the clip is too short to compare with
 */
export function measureSeams(clip: AudioClip, joins: readonly number[]): Seam[] {
  const meters = clip.channels.map((samples) => new ContinuityMeter(samples, clip.sampleRate));
  const reach = Math.max(0, ...meters.map((meter) => meter.reach));
  const length = numberOfFrames(clip);
  const outside = joins.find((join) => join < reach || join > length - reach);
  if (outside !== undefined) throw new RangeError(`The join at sample ${outside} is too near to an end.`);
  const inside = momentsInside(length, Math.round(STEP_SECONDS * clip.sampleRate), joins, reach);
  if (inside.length < LEAST_MOMENTS) throw new RangeError('The clip is too short to compare its joins with.');
  const usual = inside.map((n) => worst(meters, n));
  return joins.map((join) => {
    const found = worst(meters, join);
    const ranked = (key: keyof Continuity): Ranked => ({
      value: found[key],
      percentile: percentileOf(
        found[key],
        usual.map((moment) => moment[key]),
      ),
    });
    return {
      spectralFlux: ranked('spectralFlux'),
      levelStepDb: ranked('levelStepDb'),
      click: ranked('click'),
      phaseJump: ranked('phaseJump'),
    };
  });
}

/** Which percent of the values are below; equal ones count half. NaN of none. */
export function percentileOf(value: number, values: readonly number[]): number {
  const below = values.filter((other) => other < value).length;
  const equal = values.filter((other) => other === value).length;
  return (100 * (below + equal / 2)) / values.length;
}

function momentsInside(length: number, step: number, joins: readonly number[], reach: number): number[] {
  const moments: number[] = [];
  for (let n = reach; n <= length - reach; n += step) {
    if (joins.every((join) => Math.abs(join - n) >= reach)) moments.push(n);
  }
  return moments;
}

function worst(meters: readonly ContinuityMeter[], n: number): Continuity {
  const all = meters.map((meter) => meter.at(n));
  const largest = (key: keyof Continuity): number => Math.max(...all.map((one) => one[key]));
  return {
    spectralFlux: largest('spectralFlux'),
    levelStepDb: largest('levelStepDb'),
    click: largest('click'),
    phaseJump: largest('phaseJump'),
  };
}
