import { beforeAll, describe, expect, it } from 'vitest';

import { EngineError } from '../../../../src/engine/errors.js';
import { parseNetworkConfig } from '../../../../src/engine/checkpoint/networks/config.js';
import { unetGraph } from '../../../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import { unetConfigSchema } from '../../../../src/engine/checkpoint/networks/unet-config.js';
import type { UnetConfig } from '../../../../src/engine/checkpoint/networks/unet-config.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { SeededRandom } from '../../../../src/engine/math/random.js';
import type { NamedTensors } from '../../../../src/engine/runtime/inference-session.js';
import { checkpointFolder, configText, expectClose, ReferenceTensors } from '../sd1x-checkpoints.js';
import { runGraph, WEIGHTS } from '../sd1x-checkpoints.js';
import type { CheckpointName } from '../sd1x-checkpoints.js';

/** Two at once, a fractional time, and sizes that do not halve evenly. */
const CASES = { sd1: ['t981', 't333.3', 'uneven', 'odd'], sd2: ['t500', 'odd'] } as const;

describe.each(['sd1', 'sd2'] as const)('denoiser of %s', (name) => {
  const folder = checkpointFolder(name);
  const cases = CASES[name];
  let weights: CheckpointWeights;
  let config: UnetConfig;
  let reference: ReferenceTensors;
  let outputs: readonly NamedTensors[];

  beforeAll(async () => {
    weights = await CheckpointWeights.open(folder, WEIGHTS.unet);
    config = parseNetworkConfig(configText(name, 'unet'), unetConfigSchema, 'config.json');
    reference = await ReferenceTensors.of(name);
    const feeds = await Promise.all(cases.map((testCase) => feedsOf(reference, testCase)));
    outputs = await runGraph(unetGraph(config, weights), folder, ...feeds);
  });

  it.each(cases.map((testCase, index) => [testCase, index] as const))(
    'makes of the sample "%s" what the reference makes',
    async (testCase, index) => {
      expectClose(outputs[index], 'out_sample', await reference.tensor(`unet/${testCase}/out_sample`));
    },
  );

  it('is another network with another number of heads', async () => {
    const [testCase] = cases;
    const expected = await reference.tensor(`unet/${testCase}/out_sample`);
    const oneHead = unetGraph({ ...config, attention_head_dim: 1 }, weights);
    const [other] = await runGraph(oneHead, folder, await feedsOf(reference, testCase));
    expect(() => expectClose(other, 'out_sample', expected)).toThrow();
  });
});

describe('denoiser configuration', () => {
  it.each([
    ['blocks of a kind that it does not know', { down_block_types: ['AttnDownBlock2D'] }, 'down_block_types'],
    ['class embeddings', { class_embed_type: 'projection' }, 'class_embed_type'],
    ['text and time embeddings of SDXL', { addition_embed_type: 'text_time' }, 'addition_embed_type'],
    ['heads for other blocks than it has', { attention_head_dim: [5, 10] }, 'attention_head_dim'],
    [
      'channels that do not divide into groups',
      { block_out_channels: [320, 640, 1280, 1281] },
      'block_out_channels',
    ],
    ['a width that is no number', { cross_attention_dim: 'wide' }, 'cross_attention_dim'],
  ])('is refused with %s', (_, settings, setting) => {
    const parse = () => parseNetworkConfig(JSON.stringify(settings), unetConfigSchema, 'unet/config.json');
    expect(parse).toThrow(`unet/config.json cannot be used: ${setting}`);
  });

  it('reads that of Stable Diffusion 2.1, whose heads differ from block to block', () => {
    const settings = {
      attention_head_dim: [5, 10, 20, 20],
      cross_attention_dim: 1024,
      use_linear_projection: true,
    };
    const config = parseNetworkConfig(JSON.stringify(settings), unetConfigSchema, 'config.json');
    expect(config).toMatchObject(settings);
  });

  it('leads to a graph or a clear error, however it is spoilt', async () => {
    const weights = await CheckpointWeights.open(checkpointFolder('sd2'), WEIGHTS.unet);
    const random = new SeededRandom(5);
    const refusals = Array.from({ length: 500 }, () => refusal(spoilt('sd2', random), weights));
    expect(refusals.filter((error) => error !== undefined && !isClear(error))).toEqual([]);
    expect(refusals.filter((error) => error !== undefined).length).toBeGreaterThan(50);
  });
});

async function feedsOf(reference: ReferenceTensors, testCase: string) {
  return {
    sample: await reference.tensor(`unet/${testCase}/sample`),
    timestep: await reference.tensor(`unet/${testCase}/timestep`),
    encoder_hidden_states: await reference.tensor(`unet/${testCase}/encoder_hidden_states`),
  };
}

function refusal(text: string, weights: CheckpointWeights): unknown {
  try {
    unetGraph(parseNetworkConfig(text, unetConfigSchema, 'config.json'), weights);
    return undefined;
  } catch (error) {
    return error;
  }
}

function isClear(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'model_corrupt';
}

const STRANGE_VALUES = [null, -1, 0, 1, 2.5, 3, 65_536, 1e300, 'x', [], [1], [4, 8], {}, true];

/** One setting with a value from elsewhere, or a character lost. */
function spoilt(name: CheckpointName, random: SeededRandom): string {
  const text = configText(name, 'unet');
  const pick = (count: number): number => Math.floor(random.nextUniform() * count);
  if (random.nextUniform() < 0.2) {
    const at = pick(text.length);
    return text.slice(0, at) + text.slice(at + 1);
  }
  const config = JSON.parse(text) as Record<string, unknown>;
  const keys = Object.keys(config);
  config[keys[pick(keys.length)] ?? ''] = STRANGE_VALUES[pick(STRANGE_VALUES.length)];
  return JSON.stringify(config);
}
