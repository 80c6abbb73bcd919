/** Remixes of clips that are longer than one picture: whether their borders show, and what stays of the clip. */
import { measureSeams } from '../measures/index.js';
import type { Seam } from '../measures/index.js';
import type { DiffusionPipeline } from '../src/engine/diffusion/diffusion-pipeline.js';
import { hopLength } from '../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../src/engine/spectrogram/spectrogram-picture.js';
import { mean, printTable } from './markdown.js';
import { beatCorrelation, greyDistance, parted, sideBySide } from './pieces/grey-pictures.js';
import { openShippedPipeline, pictureOf, pointOf } from './pieces/shipped-pipeline.js';
import { DISCORD_RATE, soundOf } from './sound/engine.js';
import { median } from './stopwatch.js';

const CLIPS = 4;
const PICTURES = 3;
const STRENGTHS = [0, 0.3, 0.55, 0.75];
const KEYS: readonly (keyof Seam)[] = ['spectralFlux', 'levelStepDb', 'click', 'phaseJump'];

/** What becomes of the first clip of that number. */
type Remix = (clip: SpectrogramPicture, index: number) => Promise<SpectrogramPicture>;

/** Clips of one prompt that do not loop, each remixed towards the prompt of the next but two. */
export async function benchRemix(): Promise<void> {
  const pipeline = await openShippedPipeline();
  const { samplePrompts } = pipeline.config.defaults;
  const clips: SpectrogramPicture[] = [];
  for (let index = 0; index < CLIPS; index++) {
    const start = pointOf(pipeline, samplePrompts[index]!, index);
    clips.push(await pictureOf(pipeline, { start, pictures: PICTURES }));
  }
  const towards = (index: number, strength: number) => ({
    ...pointOf(pipeline, samplePrompts[index + 3]!, 100 + index),
    strength,
  });
  const whole =
    (strength: number): Remix =>
    (init, index) => {
      const { width } = init;
      return pictureOf(pipeline, { start: towards(index, strength), init, width, pictures: PICTURES });
    };
  const oneByOne =
    (strength: number): Remix =>
    async (clip, index) => {
      const remixed: SpectrogramPicture[] = [];
      for (const init of parted(clip, pipeline.config.width)) {
        remixed.push(await pictureOf(pipeline, { start: towards(index, strength), init }));
      }
      return sideBySide(remixed);
    };
  const rows = [await rowOf(pipeline, 'the clips themselves', clips, (clip) => Promise.resolve(clip))];
  for (const strength of STRENGTHS) {
    rows.push(await rowOf(pipeline, `remixed as a whole, ${strength}`, clips, whole(strength)));
  }
  rows.push(await rowOf(pipeline, 'picture by picture, 0.55', clips, oneByOne(0.55)));
  await pipeline.dispose();
  print(rows);
}

async function rowOf(
  { config }: DiffusionPipeline,
  name: string,
  clips: readonly SpectrogramPicture[],
  remix: Remix,
): Promise<string[]> {
  const seams: Seam[] = [];
  const [beats, distances]: [number[], number[]] = [[], []];
  for (const [index, clip] of clips.entries()) {
    const remixed = await remix(clip, index);
    seams.push(...seamsOf(remixed, config));
    beats.push(beatCorrelation(clip, remixed));
    distances.push(greyDistance(clip, remixed));
  }
  return [
    name,
    ...KEYS.map((key) => percentiles(seams.map((seam) => seam[key].percentile))),
    mean(distances).toFixed(1),
    mean(beats).toFixed(2),
  ];
}

function seamsOf(whole: SpectrogramPicture, config: DiffusionPipeline['config']): Seam[] {
  const params = config.spectrogramParams;
  const samples = config.width * hopLength({ ...params, sampleRate: DISCORD_RATE });
  const borders = Array.from({ length: PICTURES - 1 }, (_, index) => (index + 1) * samples);
  return measureSeams(soundOf(whole, params, 'fast'), borders);
}

function percentiles(values: readonly number[]): string {
  const above = values.filter((value) => value > 95).length / values.length;
  return `${median(values).toFixed(0)} (${(100 * above).toFixed(0)} %)`;
}

function print(rows: readonly string[][]): void {
  printTable(
    `Remixes of ${CLIPS} clips of ${PICTURES} pictures: percentile of the borders among all moments, median (share above the 95th)`,
    [
      'what',
      'change of spectrum',
      'step of level',
      'click',
      'jump of phase',
      'from the clip, grey levels',
      'beat like the clip’s',
    ],
    rows,
  );
}
