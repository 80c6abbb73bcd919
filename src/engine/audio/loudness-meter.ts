/** Integrated loudness after ITU-R BS.1770-4: K-weighting, 400 ms blocks, absolute and relative gate. */
import type { AudioClip } from './audio-clip.js';
import { numberOfFrames } from './audio-clip.js';
import { KWeighting } from './k-weighting.js';

const STEP_SECONDS = 0.1;
/** Blocks of 400 ms, one every 100 ms. */
export const STEPS_PER_BLOCK = 4;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

/**
 * Loudness in LUFS; -Infinity for silence, and for clips that never come above -70 LUFS. A clip shorter than 400 ms
 * is one block.
 */
export function integratedLoudness(clip: AudioClip): number {
  return measureLoudness(clip).integrated();
}

/** The meter after all of the clip. */
export function measureLoudness(clip: AudioClip): LoudnessMeter {
  const meter = new LoudnessMeter(clip.sampleRate, clip.channels.length);
  meter.add(clip.channels, 0, numberOfFrames(clip));
  return meter;
}

/** Samples in the 100 ms that loudness is measured by. */
export function samplesPerStep(sampleRate: number): number {
  return Math.max(1, Math.round(STEP_SECONDS * sampleRate));
}

/** LUFS of a mean square of K-weighted samples, summed over the channels. */
export function powerToLufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

/**
 * Loudness of blocks whose powers are given, after both gates; -Infinity when all of them are below -70 LUFS.
 *
 * @param gain linear factor that the sound is heard with
 */
export function gatedLoudness(powers: readonly number[], gain = 1): number {
  const audible = powers.map((power) => power * gain * gain).filter(isAudible);
  if (audible.length === 0) return -Infinity;
  const gate = powerToLufs(mean(audible)) + RELATIVE_GATE_LU;
  return powerToLufs(mean(audible.filter((power) => powerToLufs(power) > gate)));
}

/** Measures sound that comes in pieces; keeps one number for each 100 ms of it. */
export class LoudnessMeter {
  readonly #step: number;
  readonly #filters: readonly KWeighting[];
  /** Energy of each whole step, all channels. */
  readonly #energies: number[] = [];
  /** Samples since the last whole step. */
  #pending = 0;

  constructor(sampleRate: number, numberOfChannels: number) {
    this.#step = samplesPerStep(sampleRate);
    this.#filters = Array.from({ length: numberOfChannels }, () => new KWeighting(sampleRate));
  }

  /** Samples `from` to `to - 1` of each channel. */
  add(channels: readonly Float32Array[], from: number, to: number): void {
    for (let start = from; start < to;) {
      const end = Math.min(to, start + this.#step - this.#pending);
      this.#filters.forEach((filter, index) => filter.add(channels[index]!, start, end));
      this.#pending += end - start;
      start = end;
      if (this.#pending === this.#step) this.#energies.push(this.#takeEnergy());
    }
  }

  /**
   * Loudness of all there was until now; ends the measurement.
   *
   * @param gain linear factor that the sound is heard with
   */
  integrated(gain = 1): number {
    return gatedLoudness(this.#blockPowers(), gain);
  }

  #blockPowers(): number[] {
    const energies = this.#energies;
    if (energies.length < STEPS_PER_BLOCK) return this.#onlyBlock();
    const samples = STEPS_PER_BLOCK * this.#step;
    return Array.from({ length: energies.length - STEPS_PER_BLOCK + 1 }, (_, i) => {
      let sum = 0;
      for (let step = i; step < i + STEPS_PER_BLOCK; step++) sum += energies[step]!;
      return sum / samples;
    });
  }

  #onlyBlock(): number[] {
    const samples = this.#energies.length * this.#step + this.#pending;
    if (this.#pending > 0) {
      this.#energies.push(this.#takeEnergy());
    }
    return samples > 0 ? [this.#energies.reduce((sum, energy) => sum + energy, 0) / samples] : [];
  }

  #takeEnergy(): number {
    this.#pending = 0;
    return this.#filters.reduce((sum, filter) => sum + filter.take(), 0);
  }
}

function isAudible(power: number): boolean {
  return powerToLufs(power) > ABSOLUTE_GATE_LUFS;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
