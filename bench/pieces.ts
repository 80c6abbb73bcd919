/** Long clips and morphs: whether their borders show, whether the beat stays, and whether steps are even. */
import { measureSeams } from '../measures/index.js';
import type { Seam } from '../measures/index.js';
import type { DiffusionPipeline } from '../src/engine/diffusion/diffusion-pipeline.js';
import type { PromptPoint } from '../src/engine/diffusion/pipeline-request.js';
import { createMaskPicture } from '../src/engine/seed-pictures/mask-pictures.js';
import { hopLength } from '../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../src/engine/spectrogram/spectrogram-picture.js';
import { mean, printTable } from './markdown.js';
import { beatCorrelation, greyDistance, parted, sideBySide } from './pieces/grey-pictures.js';
import { openShippedPipeline, pictureOf, pointOf } from './pieces/shipped-pipeline.js';
import { DISCORD_RATE, soundOf } from './sound/engine.js';
import { median } from './stopwatch.js';

const CLIPS = 8;
const LONG_PICTURES = 4;
const MORPH_PICTURES = 6;
const CONTINUATION_STRENGTH = 0.9;
const KEYS: readonly (keyof Seam)[] = ['spectralFlux', 'levelStepDb', 'click', 'phaseJump'];

type Make = (index: number) => Promise<SpectrogramPicture>;

export async function benchPieces(): Promise<void> {
  const pipeline = await openShippedPipeline();
  const { samplePrompts } = pipeline.config.defaults;
  const start = (index: number) => pointOf(pipeline, samplePrompts[index]!, index);
  const end = (index: number) => pointOf(pipeline, samplePrompts[index + CLIPS]!, 100 + index);
  const long: Make = (index) =>
    pictureOf(pipeline, { start: start(index), pictures: LONG_PICTURES, loop: true });
  const clips: Make = (index) =>
    joined(LONG_PICTURES, (picture) =>
      pictureOf(pipeline, { start: { ...start(index), seed: 1000 * picture + index } }),
    );
  const longer: Make = async (index) => {
    const first = await pictureOf(pipeline, { start: start(index) });
    return continued(pipeline, first, { ...start(index), seed: 2000 + index });
  };
  const morph: Make = (index) =>
    pictureOf(pipeline, { start: start(index), end: end(index), pictures: MORPH_PICTURES });
  const points: Make = (index) =>
    joined(MORPH_PICTURES, (picture) => {
      const alpha = picture / (MORPH_PICTURES - 1);
      return pictureOf(pipeline, { start: start(index), end: end(index), alpha });
    });
  const rows: string[][] = [];
  rows.push(await rowOf(pipeline, 'one long clip', long));
  rows.push(await rowOf(pipeline, 'clips of one prompt, end to end', clips));
  rows.push(await rowOf(pipeline, 'a clip and its continuation', longer));
  rows.push(await rowOf(pipeline, 'one morph', morph));
  rows.push(await rowOf(pipeline, 'points of the way, end to end', points));
  await pipeline.dispose();
  printTable(
    `Pieces of ${LONG_PICTURES} and ${MORPH_PICTURES} pictures, ${CLIPS} of each: percentile of the borders among all moments, median (share above the 95th)`,
    [
      'piece',
      'change of spectrum',
      'step of level',
      'click',
      'jump of phase',
      'beat like the first picture’s',
      'step to the next picture, grey levels',
      'largest step / mean: median, most',
    ],
    rows,
  );
}

/** Twice as long: the first half stays. As the bot's button does it. */
function continued(
  pipeline: DiffusionPipeline,
  first: SpectrogramPicture,
  start: PromptPoint,
): Promise<SpectrogramPicture> {
  const init = sideBySide([first, first]);
  const mask = createMaskPicture('second-half', init.width, init.height, {});
  const whole = { width: init.width, pictures: 2, loop: true };
  return pictureOf(pipeline, { start: { ...start, strength: CONTINUATION_STRENGTH }, init, mask, ...whole });
}

async function joined(pictures: number, make: Make): Promise<SpectrogramPicture> {
  const made: SpectrogramPicture[] = [];
  for (let picture = 0; picture < pictures; picture++) made.push(await make(picture));
  return sideBySide(made);
}

async function rowOf({ config }: DiffusionPipeline, name: string, make: Make): Promise<string[]> {
  const seams: Seam[] = [];
  const beats: number[] = [];
  const steps: number[][] = [];
  for (let index = 0; index < CLIPS; index++) {
    const whole = await make(index);
    seams.push(...seamsOf(whole, config));
    const parts = parted(whole, config.width);
    beats.push(...parts.slice(1).map((part) => beatCorrelation(parts[0]!, part)));
    steps.push(parts.slice(1).map((part, before) => greyDistance(parts[before]!, part)));
  }
  const evenness = steps.map((distances) => Math.max(...distances) / mean(distances));
  return [
    name,
    ...KEYS.map((key) => percentiles(seams.map((seam) => seam[key].percentile))),
    mean(beats).toFixed(2),
    mean(steps.flat()).toFixed(1),
    `${median(evenness).toFixed(2)}, ${Math.max(...evenness).toFixed(2)}`,
  ];
}

function seamsOf(whole: SpectrogramPicture, config: DiffusionPipeline['config']): Seam[] {
  const params = config.spectrogramParams;
  const clip = soundOf(whole, params, 'fast');
  const samples = config.width * hopLength({ ...params, sampleRate: DISCORD_RATE });
  const borders = Array.from({ length: whole.width / config.width - 1 }, (_, index) => (index + 1) * samples);
  return measureSeams(clip, borders);
}

function percentiles(values: readonly number[]): string {
  const above = values.filter((value) => value > 95).length / values.length;
  return `${median(values).toFixed(0)} (${(100 * above).toFixed(0)} %)`;
}
