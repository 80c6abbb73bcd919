import { clap, closedHat, conga, kick, openHat, rim, shaker, snare, tom } from './drums.js';
import { bass, organ, sea, stab, strings, subBass, synthPluck } from './held.js';
import type { Instrument } from './instrument.js';
import { bell, electricPiano, marimba, pluck, vibraphone } from './struck.js';

/** Everything that a pattern may ask for, by name. */
export const INSTRUMENTS = {
  kick,
  snare,
  rim,
  clap,
  'closed-hat': closedHat,
  'open-hat': openHat,
  shaker,
  tom,
  conga,
  marimba,
  vibraphone,
  bell,
  'electric-piano': electricPiano,
  pluck,
  bass,
  'sub-bass': subBass,
  organ,
  strings,
  stab,
  'synth-pluck': synthPluck,
  sea,
} as const satisfies Record<string, Instrument>;

export type InstrumentName = keyof typeof INSTRUMENTS;
