import { printTable } from '../markdown.js';
import type { NetworkCosts } from './full-size.js';

/** A clip by the calls that it takes: the two texts, the denoiser's steps, the picture. */
interface Clip {
  readonly name: string;
  readonly steps: number;
  readonly isGuided: boolean;
  /** Every n-th call is of the whole network. */
  readonly deepFeaturesEvery?: number;
  readonly hasTinyDecoder?: boolean;
}

const ORIGINAL: Clip = { name: '50 steps, guidance', steps: 50, isGuided: true };
const CLIPS: readonly Clip[] = [
  ORIGINAL,
  { name: '50 steps, guidance, tiny decoder', steps: 50, isGuided: true, hasTinyDecoder: true },
  { name: '50 steps, guidance, deep features at every 2nd', steps: 50, isGuided: true, deepFeaturesEvery: 2 },
  { name: '25 steps, guidance (full)', steps: 25, isGuided: true },
  { name: '19 steps, guidance (balanced)', steps: 19, isGuided: true },
  { name: '13 steps, guidance (fast)', steps: 13, isGuided: true },
  { name: '4 steps, no guidance (few-step)', steps: 4, isGuided: false },
  { name: '4 steps, no guidance, tiny decoder', steps: 4, isGuided: false, hasTinyDecoder: true },
];
/** The graph's default. */
const SHALLOW_LAYERS = 2;

export function printFullSize(costs: NetworkCosts): void {
  printTable(
    'Networks of a checkpoint of full size, 512 x 512 pixels, one thread',
    ['call', 'CPU s (least)', 'of one pass'],
    networkRows(costs),
  );
  const [original] = [clipCost(ORIGINAL, costs)];
  printTable(
    'Clips by the sum of their calls',
    ['clip', 'denoising, CPU s', 'times less', 'with text and picture, CPU s', 'times less'],
    CLIPS.map((clip) => {
      const { denoising, whole } = clipCost(clip, costs);
      return [
        clip.name,
        denoising.toFixed(1),
        (original.denoising / denoising).toFixed(1),
        whole.toFixed(1),
        (original.whole / whole).toFixed(1),
      ];
    }),
  );
}

function networkRows(costs: NetworkCosts): string[][] {
  const [pass] = costs.unet;
  const rows: [name: string, seconds: number][] = [
    ['denoiser, the prompt alone', pass],
    ['denoiser, both prompts', costs.unet[1]],
    ...costs.shallowUnet.map((seconds, index): [string, number] => [
      `its shallow part, layers: ${index + 1}, the prompt alone`,
      seconds,
    ]),
    ['text encoder', costs.textEncoder],
    ['decoder', costs.decoder],
    ['tiny decoder', costs.tinyDecoder],
  ];
  return rows.map(([name, seconds]) => [name, seconds.toFixed(2), (seconds / pass).toFixed(2)]);
}

function clipCost(clip: Clip, costs: NetworkCosts): { readonly denoising: number; readonly whole: number } {
  const { steps, isGuided, deepFeaturesEvery: every = 1, hasTinyDecoder = false } = clip;
  const pass = costs.unet[isGuided ? 1 : 0];
  const wholePasses = Math.ceil(steps / every);
  const shallow = ((costs.shallowUnet[SHALLOW_LAYERS - 1] ?? NaN) * pass) / costs.unet[0];
  const denoising = wholePasses * pass + (steps - wholePasses) * shallow;
  const texts = (isGuided ? 2 : 1) * costs.textEncoder;
  const picture = hasTinyDecoder ? costs.tinyDecoder : costs.decoder;
  return { denoising, whole: texts + denoising + picture };
}
