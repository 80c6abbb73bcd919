/** How a clip comes to have a tempo: whole beats in each picture, and time stretched by the rest. */
import type { Rhythm } from '../diffusion/conditions.js';
import { hopLength } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { stretched } from '../spectrogram/stretched.js';

export interface ClipTempo {
  /** As it was asked for; the clip's own is within 0.3 % of it. */
  readonly bpm: number;
  /** Of each picture. */
  readonly rhythm: Rhythm;
  /** With which the pictures have that tempo. */
  readonly spectrogramParams: SpectrogramParams;
}

export interface TempoContext {
  /** The model's own. */
  readonly params: SpectrogramParams;
  /** Columns of each picture. */
  readonly pictureWidth: number;
  /** Beats come in threes where they can. */
  readonly isTriple: boolean;
}

/** Of the models' training music: 4 to 16 beats in 5.12 seconds. */
const BEATS_PER_SECOND_MIN = 4 / 5.12;
const BEATS_PER_SECOND_MAX = 16 / 5.12;

/** Of sums that are whole. */
const ROUNDING = 1e-9;

/** @param bpm beats per minute, BPM_MIN..BPM_MAX */
export function clipTempo(bpm: number, { params, pictureWidth, isTriple }: TempoContext): ClipTempo {
  const seconds = (pictureWidth * hopLength(params)) / params.sampleRate;
  const wanted = (bpm * seconds) / 60;
  const least = Math.ceil(BEATS_PER_SECOND_MIN * seconds - ROUNDING);
  const most = Math.floor(BEATS_PER_SECOND_MAX * seconds + ROUNDING);
  const beats = Math.max(1, least, Math.min(most, Math.round(wanted)));
  return {
    bpm,
    rhythm: { beats, beatsPerBar: beatsPerBar(beats, isTriple) },
    spectrogramParams: stretched(params, beats / wanted),
  };
}

/** The bars of the models' training music: whole ones fill the picture wherever the count allows it. */
export function beatsPerBar(beats: number, isTriple: boolean): number {
  if (isTriple && beats % 3 === 0) return 3;
  if (beats % 4 === 0) return 4;
  if (beats % 7 === 0) return 7;
  if (beats === 5 || beats === 15) return 5;
  if (beats % 2 === 0) return 2;
  return beats % 3 === 0 ? 3 : beats;
}
