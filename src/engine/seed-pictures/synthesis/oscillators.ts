/** What sounds are made of; all of it is added to samples that are there already. */
import type { SeededRandom } from '../../math/random.js';
import { cosine, decayPerSample, sine } from './exact-math.js';

export interface DecayingSine {
  /** Hertz; above half the sample rate it is left out. */
  readonly frequency: number;
  readonly gain: number;
  /** Until it has fallen by 60 dB. */
  readonly seconds: number;
}

/** Adds a sine that decays from the first sample on: a resonator of second order, struck once. */
export function addDecayingSine(
  samples: Float32Array,
  sampleRate: number,
  { frequency, gain, seconds }: DecayingSine,
): void {
  if (frequency >= sampleRate / 2) return;
  const decay = decayPerSample(seconds, sampleRate);
  const turns = frequency / sampleRate;
  const feedback = 2 * decay * cosine(turns);
  const square = decay * decay;
  let [current, last] = [0, (-gain * sine(turns)) / decay];
  for (let n = 0; n < samples.length; n++) {
    samples[n]! += current;
    [current, last] = [feedback * current - square * last, current];
  }
}

/** Adds a sawtooth without the overtones that would fold back (PolyBLEP; Valimaki and Huovilainen 2007). */
export function addSawtooth(
  samples: Float32Array,
  sampleRate: number,
  {
    frequency,
    gain,
    phase = 0,
  }: { readonly frequency: number; readonly gain: number; readonly phase?: number },
): void {
  const step = frequency / sampleRate;
  let turn = phase;
  for (let n = 0; n < samples.length; n++) {
    let value = 2 * turn - 1;
    if (turn < step) value += corner(turn / step);
    else if (turn > 1 - step) value -= corner((1 - turn) / step);
    samples[n]! += gain * value;
    turn += step;
    if (turn >= 1) turn -= 1;
  }
}

/** Adds white noise that decays from the first sample on. */
export function addDecayingNoise(
  samples: Float32Array,
  sampleRate: number,
  random: SeededRandom,
  { gain, seconds }: { readonly gain: number; readonly seconds: number },
): void {
  const decay = decayPerSample(seconds, sampleRate);
  let level = gain;
  for (let n = 0; n < samples.length; n++) {
    samples[n]! += level * (2 * random.nextUniform() - 1);
    level *= decay;
  }
}

/** Adds a sine that glides from `from` to `to` hertz, and decays; both by 60 dB in the given seconds. */
export function addGlide(
  samples: Float32Array,
  sampleRate: number,
  glide: {
    readonly from: number;
    readonly to: number;
    readonly glideSeconds: number;
    readonly gain: number;
    readonly seconds: number;
  },
): void {
  const settle = decayPerSample(glide.glideSeconds, sampleRate);
  const decay = decayPerSample(glide.seconds, sampleRate);
  let [level, above, turns] = [glide.gain, glide.from - glide.to, 0];
  for (let n = 0; n < samples.length; n++) {
    samples[n]! += level * sine(turns);
    turns += (glide.to + above) / sampleRate;
    above *= settle;
    level *= decay;
  }
}

/** How far a band-limited step from 1 to -1 is from a plain one at so many samples, below 1, from it. */
function corner(distance: number): number {
  return (1 - distance) * (1 - distance);
}
