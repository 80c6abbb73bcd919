/** A pattern played as a loop: what sounds on beyond its end is heard at its beginning. */
import { SeededRandom } from '../math/random.js';
import { INSTRUMENTS } from './instruments/instruments.js';
import { readNotes } from './pattern.js';
import type { Part, Pattern } from './pattern.js';
import { semitones } from './synthesis/exact-math.js';
import { Filter } from './synthesis/filter.js';
import { reverberate } from './synthesis/reverb.js';

export interface LoopShape {
  /** Hertz. */
  readonly sampleRate: number;
  /** Samples of the loop. */
  readonly length: number;
  /** How many of them fill it. */
  readonly measures: number;
  /** 1, or 2 = left and right, whose mean is the one channel. */
  readonly numberOfChannels: 1 | 2;
}

const A4 = { note: 69, frequency: 440 };
/** Of the loudest sample: -1 dBFS. */
const PEAK = 0.891;
/** Of what is never quite silent, as in any recording; peaks, against those of the music. */
const FLOOR_GAIN = 0.0035;
/** Hertz above which the floor is quieter. */
const FLOOR_FREQUENCY = 1500;

/** Samples of each channel; their peak is at -1 dBFS. */
export function playLoop(pattern: Pattern, shape: LoopShape): Float32Array[] {
  const channels = Array.from({ length: shape.numberOfChannels }, () => new Float32Array(shape.length));
  const send = new Float32Array(shape.length);
  pattern.parts.forEach((part, index) => {
    const line = playPart(part, index, shape);
    const { gain, pan = 0, room = 0.1 } = part;
    channels.forEach((samples, channel) => {
      add(samples, line, gain * (channels.length === 1 ? 1 : channel === 0 ? 1 - pan : 1 + pan));
    });
    add(send, line, gain * room);
  });
  addRoom(channels, reverberate(send, shape.sampleRate, { seconds: pattern.roomSeconds ?? 1.2 }));
  const peak = largest(channels);
  channels.forEach((samples, channel) => add(samples, floor(shape, channel), peak * FLOOR_GAIN));
  const gain = PEAK / largest(channels);
  return channels.map((samples) => samples.map((sample) => gain * sample));
}

function playPart(part: Part, index: number, { sampleRate, length, measures }: LoopShape): Float32Array {
  const line = new Float32Array(length);
  const written = readNotes(part);
  const measureSamples = length / measures;
  const played = new Map<string, Float32Array>();
  const play = (pitch: number, samples: number): Float32Array => {
    const key = `${pitch} ${samples}`;
    const known = played.get(key);
    if (known) return known;
    const frequency = A4.frequency * semitones(pitch - A4.note);
    const random = new SeededRandom(1000 * index + pitch);
    const sound = INSTRUMENTS[part.instrument]({
      frequency,
      seconds: samples / sampleRate,
      sampleRate,
      random,
    });
    played.set(key, sound);
    return sound;
  };
  for (let measure = 0; measure < measures; measure++) {
    for (const { at, length: share, pitches, velocity } of written[measure % written.length]!) {
      const start = Math.round((measure + at) * measureSamples);
      const samples = Math.round(share * measureSamples);
      for (const pitch of pitches) addCircular(line, play(pitch, samples), start, velocity);
    }
  }
  return line;
}

function addCircular(loop: Float32Array, sound: Float32Array, start: number, gain: number): void {
  let place = start % loop.length;
  for (let n = 0; n < sound.length; n++) {
    loop[place]! += gain * sound[n]!;
    place = place + 1 === loop.length ? 0 : place + 1;
  }
}

function addRoom(
  channels: readonly Float32Array[],
  [left, right]: readonly [Float32Array, Float32Array],
): void {
  if (channels.length === 2) {
    add(channels[0]!, left, 1);
    add(channels[1]!, right, 1);
  } else {
    add(channels[0]!, left, 0.5);
    add(channels[0]!, right, 0.5);
  }
}

/** Noise that has no beginning: its filter has run through its end first. */
function floor({ sampleRate, length }: LoopShape, channel: number): Float32Array {
  const random = new SeededRandom(channel);
  const samples = Float32Array.from({ length }, () => 2 * random.nextUniform() - 1);
  const filter = new Filter('low-pass', sampleRate, FLOOR_FREQUENCY, 0.4);
  samples.slice(-sampleRate / 10).forEach((sample) => filter.next(sample));
  return samples.map((sample) => filter.next(sample) + 0.1 * sample);
}

function add(samples: Float32Array, other: Float32Array, gain: number): void {
  for (let n = 0; n < samples.length; n++) samples[n]! += gain * other[n]!;
}

function largest(channels: readonly Float32Array[]): number {
  let peak = 0;
  for (const samples of channels) for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}
