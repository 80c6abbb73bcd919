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

/** All but the last of their layers. */
const LAYERS_TO_SKIP = { sd1: [1, 2], sd2: [1] } as const;

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

  it.each(LAYERS_TO_SKIP[name])('listens to an earlier layer when told to skip %i', async (clipSkip) => {
    const feeds = { input_ids: await reference.ids('text/input_ids') };
    const [outputs] = await runGraph(clipTextGraph(config, weights, { clipSkip }), folder, feeds);
    expectClose(outputs, 'last_hidden_state', await reference.tensor(`text/clip_skip_${clipSkip}`));
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
    [
      'Stable Diffusion 1.5',
      {
        _name_or_path: 'openai/clip-vit-large-patch14',
        architectures: ['CLIPTextModel'],
        attention_dropout: 0.0,
        bos_token_id: 0,
        dropout: 0.0,
        eos_token_id: 2,
        hidden_act: 'quick_gelu',
        hidden_size: 768,
        initializer_factor: 1.0,
        initializer_range: 0.02,
        intermediate_size: 3072,
        layer_norm_eps: 1e-5,
        max_position_embeddings: 77,
        model_type: 'clip_text_model',
        num_attention_heads: 12,
        num_hidden_layers: 12,
        pad_token_id: 1,
        projection_dim: 768,
        torch_dtype: 'float32',
        transformers_version: '4.22.0.dev0',
        vocab_size: 49408,
      },
      { hidden_size: 768, num_hidden_layers: 12, num_attention_heads: 12, hidden_act: 'quick_gelu' },
    ],
    [
      'Stable Diffusion 2.1, whose last layer is left out already',
      {
        architectures: ['CLIPTextModel'],
        attention_dropout: 0.0,
        bos_token_id: 0,
        dropout: 0.0,
        eos_token_id: 2,
        hidden_act: 'gelu',
        hidden_size: 1024,
        initializer_factor: 1.0,
        initializer_range: 0.02,
        intermediate_size: 4096,
        layer_norm_eps: 1e-5,
        max_position_embeddings: 77,
        model_type: 'clip_text_model',
        num_attention_heads: 16,
        num_hidden_layers: 23,
        pad_token_id: 1,
        projection_dim: 512,
        torch_dtype: 'float32',
        transformers_version: '4.25.0.dev0',
        vocab_size: 49408,
      },
      { hidden_size: 1024, num_hidden_layers: 23, num_attention_heads: 16, hidden_act: 'gelu' },
    ],
  ])('is understood as published with %s', (_, file, expected) => {
    const config = parseNetworkConfig(JSON.stringify(file), clipTextConfigSchema, 'config.json');
    expect(config).toMatchObject({ ...expected, vocab_size: 49408, max_position_embeddings: 77 });
  });

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
