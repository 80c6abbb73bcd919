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
  /** Columns that the model was trained on. */
  readonly trainedWidth: number;
  /** Beats come in threes where they can. */
  readonly isTriple: boolean;
}

/** Beats that the models' pictures had in training. */
const BEATS_MIN = 4;
const BEATS_MAX = 16;

/** @param bpm beats per minute, BPM_MIN..BPM_MAX */
export function clipTempo(
  bpm: number,
  { params, pictureWidth, trainedWidth, isTriple }: TempoContext,
): ClipTempo {
  const seconds = (pictureWidth * hopLength(params)) / params.sampleRate;
  const wanted = (bpm * seconds) / 60;
  const share = pictureWidth / trainedWidth;
  const least = Math.max(1, Math.ceil(BEATS_MIN * share));
  const beats = Math.max(least, Math.min(Math.floor(BEATS_MAX * share), Math.round(wanted)));
  return {
    bpm,
    rhythm: { beats, beatsPerBar: beatsPerBar(beats, isTriple) },
    spectrogramParams: stretched(params, beats / wanted),
  };
}

/** The bars of the models' training music: whole ones fill the picture wherever the count allows it. */
function beatsPerBar(beats: number, isTriple: boolean): number {
  if (isTriple && beats % 3 === 0) return 3;
  if (beats % 4 === 0) return 4;
  if (beats % 7 === 0) return 7;
  if (beats === 5 || beats === 15) return 5;
  if (beats % 2 === 0) return 2;
  return beats % 3 === 0 ? 3 : beats;
}
