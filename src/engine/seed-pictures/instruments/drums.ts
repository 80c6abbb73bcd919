/** Drums and cymbals: glides for the skins, filtered noise for the rest. */
import { Filter } from '../synthesis/filter.js';
import { addDecayingNoise, addDecayingSine, addGlide } from '../synthesis/oscillators.js';
import { silence } from './instrument.js';
import type { Instrument, Note } from './instrument.js';

export const kick: Instrument = ({ sampleRate, random }) => {
  const samples = silence(0.45, sampleRate);
  addGlide(samples, sampleRate, { from: 190, to: 47, glideSeconds: 0.12, gain: 1, seconds: 0.42 });
  return mixed(samples, click(sampleRate, random, { frequency: 3200, gain: 0.25, seconds: 0.02 }));
};

export const snare: Instrument = ({ sampleRate, random }) => {
  const samples = silence(0.3, sampleRate);
  addGlide(samples, sampleRate, { from: 260, to: 182, glideSeconds: 0.06, gain: 0.5, seconds: 0.16 });
  const rattle = silence(0.3, sampleRate);
  addDecayingNoise(rattle, sampleRate, random, { gain: 0.9, seconds: 0.28 });
  return mixed(samples, new Filter('high-pass', sampleRate, 1400).apply(rattle));
};

export const rim: Instrument = ({ sampleRate, random }) => {
  const samples = silence(0.12, sampleRate);
  addDecayingSine(samples, sampleRate, { frequency: 1720, gain: 0.7, seconds: 0.06 });
  addDecayingSine(samples, sampleRate, { frequency: 810, gain: 0.4, seconds: 0.08 });
  return mixed(samples, click(sampleRate, random, { frequency: 5000, gain: 0.4, seconds: 0.02 }));
};

/** Three hands that are not quite together, and the room after them. */
export const clap: Instrument = ({ sampleRate, random }) => {
  const samples = silence(0.32, sampleRate);
  const strokes = [
    { at: 0, gain: 0.8, seconds: 0.03 },
    { at: 0.011, gain: 0.8, seconds: 0.03 },
    { at: 0.023, gain: 1, seconds: 0.25 },
  ];
  for (const { at, gain, seconds } of strokes) {
    const rest = samples.subarray(Math.round(at * sampleRate));
    addDecayingNoise(rest, sampleRate, random, { gain, seconds });
  }
  const body = new Filter('band-pass', sampleRate, 1300, 0.8).apply(samples.slice());
  return mixed(body, scaled(new Filter('high-pass', sampleRate, 3500).apply(samples), 0.25));
};

export const closedHat: Instrument = (note) => hat(note, 0.07);

export const openHat: Instrument = (note) => hat(note, 0.38);

/** Softer at its beginning than a hat. */
export const shaker: Instrument = ({ sampleRate, random }) => {
  const samples = silence(0.11, sampleRate);
  addDecayingNoise(samples, sampleRate, random, { gain: 1, seconds: 0.12 });
  const rise = Math.round(0.018 * sampleRate);
  for (let n = 0; n < rise; n++) samples[n]! *= n / rise;
  return new Filter('band-pass', sampleRate, 6200, 0.9).apply(samples);
};

/** Its pitch is the note's. */
export const tom: Instrument = ({ frequency, sampleRate, random }) => {
  const samples = silence(0.5, sampleRate);
  const glide = { from: 1.5 * frequency, to: frequency, glideSeconds: 0.16, gain: 0.9, seconds: 0.45 };
  addGlide(samples, sampleRate, glide);
  addDecayingSine(samples, sampleRate, { frequency: 1.59 * frequency, gain: 0.25, seconds: 0.2 });
  return mixed(samples, click(sampleRate, random, { frequency: 2400, gain: 0.3, seconds: 0.05 }));
};

/** A hand drum; its pitch is the note's. */
export const conga: Instrument = ({ frequency, sampleRate, random }) => {
  const samples = silence(0.3, sampleRate);
  const glide = { from: 1.12 * frequency, to: frequency, glideSeconds: 0.05, gain: 0.8, seconds: 0.26 };
  addGlide(samples, sampleRate, glide);
  addDecayingSine(samples, sampleRate, { frequency: 2.3 * frequency, gain: 0.2, seconds: 0.1 });
  return mixed(samples, click(sampleRate, random, { frequency: 3600, gain: 0.35, seconds: 0.03 }));
};

function hat({ sampleRate, random }: Note, seconds: number): Float32Array {
  const samples = silence(1.1 * seconds, sampleRate);
  addDecayingNoise(samples, sampleRate, random, { gain: 0.9, seconds });
  // Partials of a cymbal bear no ratio to each other.
  for (const frequency of [5333, 6841, 7907, 9137, 11_130]) {
    addDecayingSine(samples, sampleRate, { frequency, gain: 0.12, seconds });
  }
  return new Filter('high-pass', sampleRate, 6500).apply(
    new Filter('high-pass', sampleRate, 5200).apply(samples),
  );
}

/** The stick. */
function click(
  sampleRate: number,
  random: Note['random'],
  {
    frequency,
    gain,
    seconds,
  }: { readonly frequency: number; readonly gain: number; readonly seconds: number },
): Float32Array {
  const samples = silence(seconds, sampleRate);
  addDecayingNoise(samples, sampleRate, random, { gain: 2 * gain, seconds });
  return new Filter('band-pass', sampleRate, frequency, 0.6).apply(samples);
}

function mixed(samples: Float32Array, other: Float32Array): Float32Array {
  const shared = Math.min(samples.length, other.length);
  for (let n = 0; n < shared; n++) samples[n]! += other[n]!;
  return samples;
}

function scaled(samples: Float32Array, gain: number): Float32Array {
  return samples.map((sample) => gain * sample);
}
