/** Whether the join of two streamed pieces can be told from what happens inside them. */
import { measureSeams } from '../../measures/index.js';
import type { Seam } from '../../measures/index.js';
import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import { pictureToMel } from '../../src/engine/spectrogram/pixels.js';
import { hopLength } from '../../src/engine/spectrogram/spectrogram-params.js';
import { printTable } from '../markdown.js';
import { median } from '../stopwatch.js';
import { loadBenchClips } from './bench-clips.js';
import type { BenchClip } from './bench-clips.js';
import { DISCORD_RATE, soundOf, streamedSound } from './engine.js';

const KEYS: readonly (keyof Seam)[] = ['spectralFlux', 'levelStepDb', 'click', 'phaseJump'];

/** Columns between the first beat of a loop, where notes begin, and the other place where it is cut. */
const OFF_THE_BEAT = 37;

/** Each row is one join per clip: that of the clip with itself, or with the next one. */
export async function benchSeams(): Promise<void> {
  const between = await loadMono(OFF_THE_BEAT);
  const onBeat = await loadMono(0);
  const rows = [
    ...rowsOf('a loop twice, cut between beats', twice(between)),
    ...rowsOf('a loop twice, cut on its first beat', twice(onBeat)),
    ...rowsOf('one loop then another, cut on the first beat', oneThenAnother(onBeat)),
  ];
  printTable(
    `Joins of two pieces of 5.12 s (fast): percentile of the join among the moments inside, median of ${onBeat.length} joins / how many are above the 95th`,
    ['pieces', 'sound', 'change of spectrum', 'step of level', 'click', 'jump of phase'],
    rows,
  );
}

type Pair = readonly [BenchClip, BenchClip];

async function loadMono(rotation: number): Promise<BenchClip[]> {
  const clips = await loadBenchClips({ circular: true, rotation });
  return clips.filter(({ params }) => !params.stereo);
}

function twice(loops: readonly BenchClip[]): Pair[] {
  return loops.map((loop) => [loop, loop]);
}

function oneThenAnother(loops: readonly BenchClip[]): Pair[] {
  return loops.map((loop, i) => [loop, loops[(i + 1) % loops.length]!]);
}

function rowsOf(pieces: string, pairs: readonly Pair[]): string[][] {
  return [
    [pieces, 'the originals', ...cells(pairs.map(originals))],
    [pieces, 'streamed', ...cells(pairs.map(streamed))],
    [pieces, 'two files end to end', ...cells(pairs.map(endToEnd))],
  ];
}

function originals(pair: Pair): Seam {
  const sounds = pair.map(({ original }) => original.channels[0]!);
  return seamOf(sounds, sounds[0]!.length, pair[0].original.sampleRate);
}

function streamed(pair: Pair): Seam {
  const { params } = pair[0];
  const pieces = pair.map(({ picture }) => pictureToMel(picture, params));
  const sound = [...streamedSound(pieces, params, 'fast')].map(([samples]) => samples!);
  const join = pair[0].picture.width * hopLength({ ...params, sampleRate: DISCORD_RATE });
  return seamOf(sound, join, DISCORD_RATE);
}

/** As files played one after the other. */
function endToEnd(pair: Pair): Seam {
  const sounds = pair.map(({ picture, params }) => soundOf(picture, params, 'fast').channels[0]!);
  return seamOf(sounds, sounds[0]!.length, DISCORD_RATE);
}

/** @param pieces of any length, one after the other */
function seamOf(pieces: readonly Float32Array[], join: number, sampleRate: number): Seam {
  const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    samples.set(piece, position);
    position += piece.length;
  }
  const clip: AudioClip = { sampleRate, channels: [samples] };
  return measureSeams(clip, [join])[0]!;
}

function cells(seams: readonly Seam[]): string[] {
  return KEYS.map((key) => {
    const percentiles = seams.map((seam) => seam[key].percentile);
    const above = percentiles.filter((percentile) => percentile > 95).length;
    return `${median(percentiles).toFixed(0)} / ${above}`;
  });
}
