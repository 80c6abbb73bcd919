import { beforeAll, describe, expect, it } from 'vitest';

import {
  vaeConfigSchema,
  vaeDecoderGraph,
  vaeEncoderGraph,
} from '../../../../src/engine/checkpoint/networks/autoencoder-kl.js';
import type { VaeConfig } from '../../../../src/engine/checkpoint/networks/autoencoder-kl.js';
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

describe.each(CHECKPOINTS)('autoencoder of %s', (name) => {
  const folder = checkpointFolder(name);
  let weights: CheckpointWeights;
  let config: VaeConfig;
  let reference: ReferenceTensors;

  beforeAll(async () => {
    weights = await CheckpointWeights.open(folder, WEIGHTS.vae);
    config = parseNetworkConfig(configText(name, 'vae'), vaeConfigSchema, 'config.json');
    reference = await ReferenceTensors.of(name);
  });

  it('encodes a picture as the reference does', async () => {
    const feeds = { sample: await reference.tensor('vae/sample') };
    const [outputs] = await runGraph(vaeEncoderGraph(config, weights), folder, feeds);
    expectClose(outputs, 'mean', await reference.tensor('vae/mean'));
    expectClose(outputs, 'logvar', await reference.tensor('vae/logvar'));
  });

  it('decodes latents as the reference does', async () => {
    const feeds = { latent_sample: await reference.tensor('vae/latent_sample') };
    const [outputs] = await runGraph(vaeDecoderGraph(config, weights), folder, feeds);
    expectClose(outputs, 'sample', await reference.tensor('vae/decoded'));
  });

  it('bounds the logarithm of the variance', async () => {
    const loud = await reference.tensor('vae/sample');
    const feeds = { sample: { shape: loud.shape, data: loud.data.map((value) => value * 1e6) } };
    const quietEnd = { ...config, use_quant_conv: false };
    const [outputs] = await runGraph(vaeEncoderGraph(quietEnd, weights), folder, feeds);
    const logvar = outputs?.['logvar']?.data as Float32Array;
    expect(logvar.every((value) => value >= -30 && value <= 20)).toBe(true);
  });

  it('says which tensor does not fit the configuration', () => {
    const other = { ...config, latent_channels: 5 };
    expect(() => vaeDecoderGraph(other, weights)).toThrow('"post_quant_conv.weight" is [4, 4, 1, 1], where');
    expect(() => vaeEncoderGraph({ ...config, layers_per_block: 9 }, weights)).toThrow(
      'no tensor "encoder.down',
    );
  });
});

describe('autoencoder configuration', () => {
  it.each([
    [
      'blocks of a kind that it does not know',
      { down_block_types: ['AttnDownEncoderBlock2D'] },
      'down_block_types',
    ],
    ['channels that do not divide into groups', { block_out_channels: [48] }, 'block_out_channels'],
    ['a middle without attention', { mid_block_add_attention: false }, 'mid_block_add_attention'],
  ])('is refused with %s', (_, settings, setting) => {
    const parse = () => parseNetworkConfig(JSON.stringify(settings), vaeConfigSchema, 'vae/config.json');
    expect(parse).toThrow(`vae/config.json cannot be used: ${setting}`);
  });
});
