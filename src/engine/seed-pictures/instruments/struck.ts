/** Struck and plucked instruments: decaying partials. */
import { Filter } from '../synthesis/filter.js';
import { addDecayingNoise, addDecayingSine } from '../synthesis/oscillators.js';
import { silence } from './instrument.js';
import type { Instrument, Note } from './instrument.js';

/** Frequency as a multiple of the note's, gain, and how long it sounds as a multiple of the first. */
type Partial = readonly [ratio: number, gain: number, length: number];

const MARIMBA: readonly Partial[] = [
  [1, 0.8, 1],
  [3.93, 0.28, 0.35],
  [9.24, 0.14, 0.12],
  [16.2, 0.06, 0.06],
];

const VIBRAPHONE: readonly Partial[] = [
  [1, 0.7, 1],
  [3.984, 0.22, 0.5],
  [10.668, 0.09, 0.2],
  [17.9, 0.04, 0.1],
];

/** Of a tubular bell; the note that is heard is none of them. */
const BELL: readonly Partial[] = [
  [0.5, 0.25, 1.1],
  [1, 0.45, 1],
  [1.19, 0.25, 0.8],
  [1.506, 0.2, 0.7],
  [2, 0.3, 0.6],
  [2.66, 0.16, 0.45],
  [3.76, 0.12, 0.35],
  [5.08, 0.07, 0.25],
  [6.6, 0.05, 0.18],
];

const ELECTRIC_PIANO: readonly Partial[] = [
  [1, 0.7, 1],
  [2, 0.22, 0.7],
  [3, 0.1, 0.5],
  [4, 0.07, 0.35],
  [6.27, 0.06, 0.12],
  [14.1, 0.05, 0.06],
];

export const marimba: Instrument = (note) => struck(note, MARIMBA, 0.9, 0.2);

export const vibraphone: Instrument = (note) => struck(note, VIBRAPHONE, 2.6, 0.1);

export const bell: Instrument = (note) => struck(note, BELL, 3.2, 0.12);

export const electricPiano: Instrument = (note) => struck(note, ELECTRIC_PIANO, 1.6, 0.08);

/** A steel string: overtones that are the quieter and the shorter, the higher they are. */
export const pluck: Instrument = (note) => {
  const partials = Array.from({ length: 18 }, (_, i): Partial => {
    const k = i + 1;
    // Plucked at a seventh of the string: every seventh overtone is missing.
    const gain = k % 7 === 0 ? 0 : 0.55 / (k * (1 + 0.06 * k));
    return [k * (1 + 0.0002 * k * k), gain, 1 / (1 + 0.22 * i)];
  });
  return struck(note, partials, 1.1, 0.25);
};

function struck(
  { frequency, sampleRate, random }: Note,
  partials: readonly Partial[],
  seconds: number,
  strike: number,
): Float32Array {
  const longest = Math.max(...partials.map(([, , length]) => length));
  const samples = silence(0.8 * seconds * longest, sampleRate);
  for (const [ratio, gain, length] of partials) {
    const part = samples.subarray(0, Math.ceil(1.2 * length * seconds * sampleRate));
    addDecayingSine(part, sampleRate, { frequency: ratio * frequency, gain, seconds: length * seconds });
  }
  const mallet = silence(0.03, sampleRate);
  addDecayingNoise(mallet, sampleRate, random, { gain: strike, seconds: 0.03 });
  new Filter('low-pass', sampleRate, 4000).apply(mallet).forEach((sample, n) => (samples[n]! += sample));
  return fadeOut(samples, sampleRate);
}

/** So that what is left at the end does not click. */
function fadeOut(samples: Float32Array, sampleRate: number): Float32Array {
  const length = Math.min(samples.length, Math.round(0.05 * sampleRate));
  for (let n = 1; n <= length; n++) samples[samples.length - n]! *= (n - 1) / length;
  return samples;
}
