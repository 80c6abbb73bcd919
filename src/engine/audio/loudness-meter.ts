/** Integrated loudness after ITU-R BS.1770-4: K-weighting, 400 ms blocks, absolute and relative gate. */
import type { AudioClip } from './audio-clip.js';
import { numberOfFrames } from './audio-clip.js';

const BLOCK_SECONDS = 0.4;
const STEP_SECONDS = 0.1;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

/**
 * Loudness in LUFS; -Infinity for silence, and for clips that never come above -70 LUFS. A clip shorter than 400 ms
 * is one block.
 */
export function integratedLoudness(clip: AudioClip): number {
  const power = weightedPower(clip);
  const blocks = blockPowers(power, clip.sampleRate);
  const audible = blocks.filter((block) => toLufs(block) > ABSOLUTE_GATE_LUFS);
  if (audible.length === 0) return -Infinity;
  const gate = toLufs(mean(audible)) + RELATIVE_GATE_LU;
  return toLufs(mean(audible.filter((block) => toLufs(block) > gate)));
}

/** Squares of the K-weighted samples, summed over the channels. */
function weightedPower(clip: AudioClip): Float64Array {
  const length = numberOfFrames(clip);
  const power = new Float64Array(length);
  for (const channel of clip.channels) {
    const filters = [highShelf(clip.sampleRate), highPass(clip.sampleRate)];
    for (let n = 0; n < length; n++) power[n]! += runFilters(filters, channel[n]!) ** 2;
  }
  return power;
}

/** Mean power of each block, from running sums. */
function blockPowers(power: Float64Array, sampleRate: number): number[] {
  const length = power.length;
  if (length === 0) return [];
  const block = Math.min(length, Math.round(BLOCK_SECONDS * sampleRate));
  const step = Math.max(1, Math.round(STEP_SECONDS * sampleRate));
  const sums = new Float64Array(length + 1);
  for (let n = 0; n < length; n++) sums[n + 1] = sums[n]! + power[n]!;
  const blocks: number[] = [];
  for (let start = 0; start + block <= length; start += step) {
    blocks.push((sums[start + block]! - sums[start]!) / block);
  }
  return blocks;
}

function toLufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Second-order recursive filter, direct form II transposed. */
interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
  state1: number;
  state2: number;
}

function runFilters(filters: readonly Biquad[], sample: number): number {
  let x = sample;
  for (const filter of filters) {
    const { b, a } = filter;
    const y = b[0] * x + filter.state1;
    filter.state1 = b[1] * x - a[0] * y + filter.state2;
    filter.state2 = b[2] * x - a[1] * y;
    x = y;
  }
  return x;
}

/** First stage of the K-weighting: +4 dB above about 1.7 kHz, the head's effect; BS.1770's table at 48 kHz. */
function highShelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
    state1: 0,
    state2: 0,
  };
}

/** Second stage: a high-pass at about 38 Hz. */
function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return {
    b: [1, -2, 1],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
    state1: 0,
    state2: 0,
  };
}
