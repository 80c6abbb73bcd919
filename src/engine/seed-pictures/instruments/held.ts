/** Instruments that sound as long as a note is held: basses, organ, strings, synthesiser, sea. */
import { shape } from '../synthesis/envelope.js';
import { decayPerSample } from '../synthesis/exact-math.js';
import { Filter } from '../synthesis/filter.js';
import { addDecayingNoise, addDecayingSine, addSawtooth } from '../synthesis/oscillators.js';
import { silence } from './instrument.js';
import type { Instrument, Note } from './instrument.js';

/** As good as for ever: a sine that does not decay within a clip. */
const STEADY_SECONDS = 1e6;
/** Samples between two moves of a filter. */
const CONTROL_INTERVAL = 32;

/** A bass string or synthesiser: a sawtooth behind a filter that closes. */
export const bass: Instrument = (note) => {
  const { frequency, sampleRate, seconds } = note;
  const samples = silence(seconds + 0.05, sampleRate);
  addSawtooth(samples, sampleRate, { frequency, gain: 0.5 });
  closing(samples, sampleRate, { open: 1400, closed: 220, seconds: 0.35, quality: 1.1 });
  addDecayingSine(samples, sampleRate, { frequency, gain: 0.4, seconds: STEADY_SECONDS });
  return shape(samples, sampleRate, { attack: 0.004, release: 0.05 });
};

/** Hardly more than its fundamental. */
export const subBass: Instrument = ({ frequency, sampleRate, seconds }) => {
  const samples = silence(seconds + 0.08, sampleRate);
  addDecayingSine(samples, sampleRate, { frequency, gain: 0.8, seconds: STEADY_SECONDS });
  addDecayingSine(samples, sampleRate, { frequency: 2 * frequency, gain: 0.15, seconds: STEADY_SECONDS });
  addDecayingSine(samples, sampleRate, { frequency: 3 * frequency, gain: 0.06, seconds: STEADY_SECONDS });
  return shape(samples, sampleRate, { attack: 0.012, release: 0.08 });
};

/** Drawbars 8 8 6 4 2, as multiples of the note's frequency. */
export const organ: Instrument = ({ frequency, sampleRate, seconds }) => {
  const samples = silence(seconds + 0.03, sampleRate);
  const drawbars = [
    [0.5, 0.3],
    [1, 0.35],
    [1.5, 0.2],
    [2, 0.2],
    [3, 0.12],
    [4, 0.1],
    [6, 0.05],
    [8, 0.05],
  ] as const;
  for (const [ratio, gain] of drawbars) {
    addDecayingSine(samples, sampleRate, { frequency: ratio * frequency, gain, seconds: STEADY_SECONDS });
  }
  return shape(samples, sampleRate, { attack: 0.012, release: 0.03 });
};

/** Three players, a little out of tune with each other. */
export const strings: Instrument = ({ frequency, sampleRate, seconds }) => {
  const samples = silence(seconds + 0.5, sampleRate);
  for (const [detune, phase] of [
    [0.9965, 0.1],
    [1, 0.45],
    [1.0042, 0.8],
  ] as const) {
    addSawtooth(samples, sampleRate, { frequency: detune * frequency, gain: 0.3, phase });
  }
  new Filter('low-pass', sampleRate, 2800, 0.6).apply(samples);
  return shape(samples, sampleRate, { attack: 0.25, release: 0.55 });
};

/** Two sawtooths, short and bright: for chords between the beats. */
export const stab: Instrument = (note) => plucked(note, { open: 5200, closed: 500, seconds: 0.3 });

/** As `stab`, rounder: for runs. */
export const synthPluck: Instrument = (note) => plucked(note, { open: 4200, closed: 350, seconds: 0.22 });

/** A wave that comes in and goes out again within the note. */
export const sea: Instrument = ({ seconds, sampleRate, random }) => {
  const samples = silence(1.25 * seconds, sampleRate);
  addDecayingNoise(samples, sampleRate, random, { gain: 0.8, seconds: STEADY_SECONDS });
  const filter = new Filter('low-pass', sampleRate, 300, 0.6);
  for (let n = 0; n < samples.length; n++) {
    const height = 1 - Math.abs((2 * n) / samples.length - 1);
    if (n % CONTROL_INTERVAL === 0) filter.tune(150 + 7000 * height * height * height);
    samples[n] = filter.next(samples[n]!);
  }
  return shape(samples, sampleRate, { attack: 0.7 * seconds, release: 0.7 * seconds });
};

function plucked(
  { frequency, sampleRate, seconds }: Note,
  sweep: { readonly open: number; readonly closed: number; readonly seconds: number },
): Float32Array {
  const samples = silence(Math.max(seconds, 0.08) + 0.12, sampleRate);
  addSawtooth(samples, sampleRate, { frequency: 0.9985 * frequency, gain: 0.35 });
  addSawtooth(samples, sampleRate, { frequency: 1.0015 * frequency, gain: 0.35, phase: 0.3 });
  closing(samples, sampleRate, { ...sweep, quality: 1.4 });
  return shape(samples, sampleRate, { attack: 0.003, release: 0.12 });
}

/** A low-pass filter that closes, by 60 dB of the way in `seconds`. */
function closing(
  samples: Float32Array,
  sampleRate: number,
  sweep: {
    readonly open: number;
    readonly closed: number;
    readonly seconds: number;
    readonly quality: number;
  },
): void {
  const filter = new Filter('low-pass', sampleRate, sweep.open, sweep.quality);
  const decay = decayPerSample(sweep.seconds, sampleRate / CONTROL_INTERVAL);
  let above = sweep.open - sweep.closed;
  for (let n = 0; n < samples.length; n++) {
    if (n % CONTROL_INTERVAL === 0) {
      filter.tune(sweep.closed + above);
      above *= decay;
    }
    samples[n] = filter.next(samples[n]!);
  }
}
