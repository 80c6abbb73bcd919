/**
 * What the accelerations of a run cost in quality and save in time: on the model that ships, whose weights are trained;
 * on the small checkpoints of the tests, whose weights are random; and by the cost of each network at full size.
 *
 * Environment: `RIFFCORD_BENCH_CHECKPOINT`, folder of a checkpoint of full size, as
 * `node --import tsx bench/checkpoint/random-checkpoint.ts <folder>` writes; `RIFFCORD_BENCH_PYTHON`, Pythons to try
 * for one with onnx, separated by colons, for cutting the shipped denoiser in two. What needs one that is not set is left out.
 */
import { printTable } from './markdown.js';
import { cutDenoiser } from './speed/cut-denoiser.js';
import type { CutDenoiser } from './speed/cut-denoiser.js';
import { EMBEDDED_UNET, openEmbeddedModel } from './speed/embedded-model.js';
import { measureFullSize } from './speed/full-size.js';
import { printFullSize } from './speed/full-size-table.js';
import { openSmallCheckpoint } from './speed/small-checkpoint.js';
import { closeTestModel, differenceOf, measureRuns } from './speed/test-bench.js';
import type { Measured, RunSettings, TestModel } from './speed/test-bench.js';

const PROMPTS = 16;
const EMBEDDED: RunSettings = { numInferenceSteps: 16, scheduler: 'euler', guidanceScale: 5 };
/** As many as riffusion takes of its model: more that may be left out. */
const MANY_STEPS: RunSettings = { ...EMBEDDED, numInferenceSteps: 48 };
const CHECKPOINT: RunSettings = { numInferenceSteps: 25, scheduler: 'dpmpp-2m', guidanceScale: 7 };

type Setting = readonly [name: string, changes: Partial<RunSettings>];

const GUIDANCE: readonly Setting[] = [
  ['guidance at times above 1/3', { acceleration: { guidanceInterval: [1 / 3, 1] } }],
  ['guidance at times above 1/2', { acceleration: { guidanceInterval: [1 / 2, 1] } }],
  ['guidance at every 2nd call', { acceleration: { guidanceEvery: 2 } }],
  ['guidance at every 3rd call', { acceleration: { guidanceEvery: 3 } }],
  ['no guidance', { guidanceScale: 1 }],
];

export async function benchSpeed(): Promise<void> {
  await benchEmbedded();
  await benchManySteps();
  for (const name of ['sd1', 'sd2'] as const) await benchSmallCheckpoint(name);
  const folder = process.env['RIFFCORD_BENCH_CHECKPOINT'];
  if (folder === undefined) console.log('\nNo RIFFCORD_BENCH_CHECKPOINT: nothing of full size.');
  else printFullSize(await measureFullSize(folder));
}

async function benchEmbedded(): Promise<void> {
  const model = await openEmbeddedModel(PROMPTS, { whole: EMBEDDED_UNET });
  const original = await measureRuns(model, EMBEDDED);
  const settings: Setting[] = [
    ['another seed', { otherSeed: PROMPTS }],
    ['12 steps (balanced)', { numInferenceSteps: 12 }],
    ['8 steps (fast)', { numInferenceSteps: 8 }],
    ['4 steps', { numInferenceSteps: 4 }],
    ...GUIDANCE,
  ];
  const rows = [rowOf('full: 16 Euler steps, guidance 5', original, original)];
  rows.push(...(await rowsOf(model, EMBEDDED, settings, original)));
  await closeTestModel(model);
  for (const cut of ['finest level', 'two finest levels'] as const) {
    const files = await cutDenoiser(EMBEDDED_UNET, cut);
    if (files) rows.push(...(await cutRows(files, cut, original)));
  }
  printRows(`riffcord-small, ${PROMPTS} prompts, one seed each`, rows);
}

async function benchManySteps(): Promise<void> {
  const files = await cutDenoiser(EMBEDDED_UNET, 'finest level');
  if (!files) return;
  const model = await openEmbeddedModel(PROMPTS, files);
  const original = await measureRuns(model, MANY_STEPS);
  const settings: Setting[] = [
    ['24 steps', { numInferenceSteps: 24 }],
    ['guidance at every 2nd call', { acceleration: { guidanceEvery: 2 } }],
    ['deep features at every 2nd call, shallow: finest level', { acceleration: { deepFeaturesEvery: 2 } }],
  ];
  const rows = [rowOf('48 Euler steps, guidance 5', original, original)];
  rows.push(...(await rowsOf(model, MANY_STEPS, settings, original)));
  await closeTestModel(model);
  await files.remove();
  printRows(`The same with three times as many steps`, rows);
}

async function cutRows(files: CutDenoiser, shallow: string, original: Measured): Promise<string[][]> {
  const model = await openEmbeddedModel(PROMPTS, files);
  const everyNth = (every: number): Setting => [
    `deep features at every ${every === 2 ? '2nd' : '3rd'} call, shallow: ${shallow}`,
    { acceleration: { deepFeaturesEvery: every } },
  ];
  const rows = await rowsOf(model, EMBEDDED, [everyNth(2), everyNth(3)], original);
  await closeTestModel(model);
  await files.remove();
  return rows;
}

async function benchSmallCheckpoint(name: 'sd1' | 'sd2'): Promise<void> {
  const rows: string[][] = [];
  let original: Measured | undefined;
  for (const shallowLayers of [2, 1]) {
    const model = await openSmallCheckpoint(name, PROMPTS, shallowLayers);
    original ??= await measureRuns(model, CHECKPOINT);
    const deep = `deep features at every 2nd call, shallow layers: ${shallowLayers}`;
    const settings: Setting[] = [[deep, { acceleration: { deepFeaturesEvery: 2 } }]];
    if (shallowLayers === 2) {
      rows.push(rowOf('full: 25 steps of DPM-Solver++ 2M, guidance 7', original, original));
      settings.unshift(
        ['19 steps (balanced)', { numInferenceSteps: 19 }],
        ['13 steps (fast)', { numInferenceSteps: 13 }],
        ...GUIDANCE,
      );
    }
    rows.push(...(await rowsOf(model, CHECKPOINT, settings, original)));
    await closeTestModel(model);
  }
  printRows(`test/fixtures/sd1x/${name}, random weights, ${PROMPTS} prompts, one seed each`, rows);
}

async function rowsOf(
  model: TestModel,
  base: RunSettings,
  settings: readonly Setting[],
  original: Measured,
): Promise<string[][]> {
  const rows = [];
  for (const [name, changes] of settings) {
    rows.push(rowOf(name, await measureRuns(model, { ...base, ...changes }), original));
  }
  return rows;
}

function rowOf(name: string, measured: Measured, original: Measured): string[] {
  const { cosine, greyLevels } = differenceOf(measured.runs, original.runs);
  return [
    name,
    measured.cpuSeconds.toFixed(3),
    (original.cpuSeconds / measured.cpuSeconds).toFixed(2),
    `${cosine.mean.toFixed(4)} / ${cosine.min.toFixed(4)}`,
    greyLevels.toFixed(2),
  ];
}

function printRows(title: string, rows: readonly string[][]): void {
  const columns = [
    'setting',
    'CPU s (least)',
    'times less',
    'cosine of the latents: mean / worst',
    'picture, RMS grey levels of 255',
  ];
  printTable(title, columns, rows);
}
