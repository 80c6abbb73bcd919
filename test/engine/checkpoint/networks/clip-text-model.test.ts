import { beforeAll, describe, expect, it } from 'vitest';

import {
  clipTextConfigSchema,
  clipTextGraph,
} from '../../../../src/engine/checkpoint/networks/clip-text-model.js';
import type { ClipTextConfig } from '../../../../src/engine/checkpoint/networks/clip-text-model.js';
import { parseNetworkConfig } from '../../../../src/engine/checkpoint/networks/config.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import {
  CHECKPOINTS,
  checkpointFolder,
  configText,
  expectClose,
  ReferenceTensors,
} from '../sd1x-checkpoints.js';
import { runGraph, WEIGHTS } from '../sd1x-checkpoints.js';

describe.each(CHECKPOINTS)('text encoder of %s', (name) => {
  const folder = checkpointFolder(name);
  let weights: CheckpointWeights;
  let config: ClipTextConfig;
  let reference: ReferenceTensors;

  beforeAll(async () => {
    weights = await CheckpointWeights.open(folder, WEIGHTS.text_encoder);
    config = parseNetworkConfig(configText(name, 'text_encoder'), clipTextConfigSchema, 'config.json');
    reference = await ReferenceTensors.of(name);
  });

  it('makes of ids what the reference makes', async () => {
    const feeds = { input_ids: await reference.ids('text/input_ids') };
    const [outputs] = await runGraph(clipTextGraph(config, weights), folder, feeds);
    expectClose(outputs, 'last_hidden_state', await reference.tensor('text/last_hidden_state'));
  });

  it('listens to the last layer but one when told to skip one', async () => {
    const feeds = { input_ids: await reference.ids('text/input_ids') };
    const [outputs] = await runGraph(clipTextGraph(config, weights, { clipSkip: 1 }), folder, feeds);
    expectClose(outputs, 'last_hidden_state', await reference.tensor('text/clip_skip_1'));
  });

  it('has no more layers to skip than it has', () => {
    for (const clipSkip of [config.num_hidden_layers, -1, 0.5]) {
      expect(() => clipTextGraph(config, weights, { clipSkip })).toThrow('clipSkip must be from 0 to');
    }
  });

  it('says which tensor does not fit the configuration', () => {
    const wider = { ...config, intermediate_size: config.intermediate_size + 1 };
    expect(() => clipTextGraph(wider, weights)).toThrow(/layers\.0\.mlp\.fc1\.weight" is \[48, 16\]/);
    const deeper = { ...config, num_hidden_layers: config.num_hidden_layers + 1 };
    expect(() => clipTextGraph(deeper, weights)).toThrow(
      /no tensor "text_model\.encoder\.layers\.\d\.layer_norm1/,
    );
  });
});

describe('text encoder configuration', () => {
  it.each([
    ['no JSON', '{"hidden_size": 16', 'not well-formed JSON'],
    ['an unknown activation', '{"hidden_act": "relu"}', 'hidden_act is not as this version can run it'],
    [
      'heads that do not divide the width',
      '{"hidden_size": 16, "num_attention_heads": 3}',
      'num_attention_heads',
    ],
    ['a width of 0', '{"hidden_size": 0}', 'hidden_size'],
    ['a setting twice', '{"hidden_size": 8, "hidden_size": 16}', 'not well-formed JSON'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => parseNetworkConfig(text, clipTextConfigSchema, 'config.json')).toThrow(message);
  });
});
