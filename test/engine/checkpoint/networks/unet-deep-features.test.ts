import { beforeAll, describe, expect, it } from 'vitest';

import { parseNetworkConfig } from '../../../../src/engine/checkpoint/networks/config.js';
import { unetGraph } from '../../../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import { unetConfigSchema } from '../../../../src/engine/checkpoint/networks/unet-config.js';
import type { UnetConfig } from '../../../../src/engine/checkpoint/networks/unet-config.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { floatOutput } from '../../../../src/engine/runtime/inference-session.js';
import type { NamedTensors } from '../../../../src/engine/runtime/inference-session.js';
import {
  checkpointFolder,
  configText,
  expectClose,
  maxRelativeError,
  ReferenceTensors,
} from '../sd1x-checkpoints.js';
import { runGraph, WEIGHTS } from '../sd1x-checkpoints.js';

/** Sizes that do not halve evenly; the default depth is in sd2, and the others in sd1. */
const CASES = [
  ['sd1', 1, 8],
  ['sd1', 3, 16],
  ['sd2', 2, 16],
] as const;

describe.each(CASES)('denoiser of %s in two parts, %i shallow layers', (name, shallowLayers, channels) => {
  const folder = checkpointFolder(name);
  let weights: CheckpointWeights;
  let config: UnetConfig;
  let feeds: NamedTensors;
  let reference: ReferenceTensors;
  let whole: NamedTensors | undefined;

  beforeAll(async () => {
    weights = await CheckpointWeights.open(folder, WEIGHTS.unet);
    config = parseNetworkConfig(configText(name, 'unet'), unetConfigSchema, 'config.json');
    reference = await ReferenceTensors.of(name);
    feeds = {
      sample: await reference.tensor('unet/odd/sample'),
      timestep: await reference.tensor('unet/odd/timestep'),
      encoder_hidden_states: await reference.tensor('unet/odd/encoder_hidden_states'),
    };
    const graph = unetGraph(config, weights, { part: 'whole-and-deep-features', shallowLayers });
    [whole] = await runGraph(graph, folder, feeds);
  });

  it('is the same network as whole, and shows its deep features', async () => {
    expectClose(whole, 'out_sample', await reference.tensor('unet/odd/out_sample'));
    const [batch, , rows, columns] = feeds['sample']?.shape ?? [];
    expect(floatOutput(whole ?? {}, 'deep_features').shape).toEqual([batch, channels, rows, columns]);
  });

  it('makes of the deep features of the same sample what the whole network makes, of others something else', async () => {
    const { shape, data } = floatOutput(whole ?? {}, 'deep_features');
    const others = { shape, data: data.map((value) => -value) };
    const [same, other] = await runGraph(
      unetGraph(config, weights, { part: 'shallow', shallowLayers }),
      folder,
      { ...feeds, deep_features: { shape, data } },
      { ...feeds, deep_features: others },
    );
    const expected = floatOutput(whole ?? {}, 'out_sample');
    expectClose(same, 'out_sample', expected);
    expect(maxRelativeError(floatOutput(other ?? {}, 'out_sample').data, expected.data)).toBeGreaterThan(
      0.01,
    );
  });
});

describe('shallow denoiser', () => {
  it('needs the weights of its own layers only', async () => {
    const weights = await CheckpointWeights.open(checkpointFolder('sd1'), WEIGHTS.unet);
    const config = parseNetworkConfig(configText('sd1', 'unet'), unetConfigSchema, 'config.json');
    const asked = new Set<string>();
    const listening = {
      find: (name: string) => {
        asked.add(name.split('.').slice(0, 2).join('.'));
        return weights.find(name);
      },
    };
    unetGraph(config, listening, { part: 'shallow' });
    const blocks = [...asked].filter((name) => name.includes('blocks'));
    expect(blocks.sort()).toEqual(['down_blocks.0', 'up_blocks.3']);
    expect([...asked].some((name) => name.startsWith('mid_block'))).toBe(false);
  });

  it.each([0, 4, 1.5])('is refused with %d layers where three are the most', async (shallowLayers) => {
    const weights = await CheckpointWeights.open(checkpointFolder('sd1'), WEIGHTS.unet);
    const config = parseNetworkConfig(configText('sd1', 'unet'), unetConfigSchema, 'config.json');
    expect(() => unetGraph(config, weights, { part: 'shallow', shallowLayers })).toThrow(RangeError);
  });
});
