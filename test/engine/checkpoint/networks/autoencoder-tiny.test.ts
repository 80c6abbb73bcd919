import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import {
  tinyDecoderGraph,
  tinyEncoderGraph,
  tinyVaeConfigSchema,
} from '../../../../src/engine/checkpoint/networks/autoencoder-tiny.js';
import type { TinyVaeConfig } from '../../../../src/engine/checkpoint/networks/autoencoder-tiny.js';
import { parseNetworkConfig } from '../../../../src/engine/checkpoint/networks/config.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { SafetensorsFile } from '../../../../src/engine/checkpoint/safetensors/safetensors-file.js';
import { floatOutput } from '../../../../src/engine/runtime/inference-session.js';
import type { Tensor } from '../../../../src/engine/runtime/inference-session.js';
import { expectClose, runGraph } from '../sd1x-checkpoints.js';

const FOLDER = fileURLToPath(new URL('../../../fixtures/tiny-autoencoder/', import.meta.url));

describe('tiny autoencoder', () => {
  let weights: CheckpointWeights;
  let config: TinyVaeConfig;
  let reference: SafetensorsFile;

  beforeAll(async () => {
    weights = await CheckpointWeights.open(FOLDER, 'diffusion_pytorch_model.safetensors');
    const text = readFileSync(join(FOLDER, 'config.json'), 'utf8');
    config = parseNetworkConfig(text, tinyVaeConfigSchema, 'config.json');
    reference = await SafetensorsFile.open(join(FOLDER, 'expected.safetensors'));
  });

  async function expected(name: string): Promise<Tensor<Float32Array>> {
    return { shape: reference.tensors.get(name)?.shape ?? [], data: await reference.readFloats(name) };
  }

  it('encodes a picture as the reference does', async () => {
    const feeds = { sample: await expected('sample') };
    const [outputs] = await runGraph(tinyEncoderGraph(config, weights), FOLDER, feeds);
    expectClose(outputs, 'latent_sample', await expected('latents'));
  });

  it('decodes latents as the reference does', async () => {
    const feeds = { latent_sample: await expected('latent_sample') };
    const [outputs] = await runGraph(tinyDecoderGraph(config, weights), FOLDER, feeds);
    expectClose(outputs, 'sample', await expected('decoded'));
  });

  it('takes latents beyond its bounds for those at the bounds', async () => {
    const latents = await expected('latent_sample');
    const signs = { shape: latents.shape, data: latents.data.map(Math.sign) };
    const [far, farther] = await runGraph(
      tinyDecoderGraph(config, weights),
      FOLDER,
      { latent_sample: { shape: signs.shape, data: signs.data.map((sign) => 100 * sign) } },
      { latent_sample: { shape: signs.shape, data: signs.data.map((sign) => 1e6 * sign) } },
    );
    expectClose(farther, 'sample', floatOutput(far ?? {}, 'sample'));
  });

  it('decodes around the edge when it is circular: what is turned stays the same, turned', async () => {
    const latents = await expected('latent_sample');
    const graph = tinyDecoderGraph(config, weights, { circular: true });
    const feeds = [latents, turned(latents, 2)].map((latent_sample) => ({ latent_sample }));
    const [straight, around] = await runGraph(graph, FOLDER, ...feeds);
    expectClose(around, 'sample', turned(floatOutput(straight ?? {}, 'sample'), 8));
    expect(() => expectClose(around, 'sample', floatOutput(straight ?? {}, 'sample'))).toThrow();
  });

  it('encodes around the edge when it is circular', async () => {
    const sample = await expected('sample');
    const graph = tinyEncoderGraph(config, weights, { circular: true });
    const [straight, around] = await runGraph(graph, FOLDER, { sample }, { sample: turned(sample, 8) });
    expectClose(around, 'latent_sample', turned(floatOutput(straight ?? {}, 'latent_sample'), 2));
  });

  it('says which tensor does not fit the configuration', () => {
    const wider = { ...config, latent_channels: 5 };
    expect(() => tinyDecoderGraph(wider, weights)).toThrow(
      '"decoder.layers.0.weight" is [12, 4, 3, 3], where',
    );
    expect(() => tinyEncoderGraph(wider, weights)).toThrow(
      '"encoder.layers.7.weight" is [4, 8, 3, 3], where',
    );
    const deeper = { ...config, num_encoder_blocks: [1, 2, 9] };
    expect(() => tinyEncoderGraph(deeper, weights)).toThrow('no tensor "encoder.layers.7.conv.0.weight"');
  });
});

/** The columns on the right come in again on the left. */
function turned({ shape, data }: Tensor<Float32Array>, columns: number): Tensor<Float32Array> {
  const width = shape.at(-1) ?? 0;
  const from = (index: number): number => {
    const column = index % width;
    return index - column + ((column - columns + width) % width);
  };
  return { shape, data: data.map((_, index) => data[from(index)] ?? NaN) };
}

describe('tiny autoencoder configuration', () => {
  it('has the defaults of the published one', () => {
    expect(parseNetworkConfig('{}', tinyVaeConfigSchema, 'config.json')).toMatchObject({
      num_decoder_blocks: [3, 3, 3, 1],
      decoder_block_out_channels: [64, 64, 64, 64],
      scaling_factor: 1,
    });
  });

  it.each([
    ['an activation that it does not know', { act_fn: 'gelu' }, 'act_fn'],
    [
      'stages of other widths',
      { encoder_block_out_channels: [64, 64, 64, 32] },
      'encoder_block_out_channels',
    ],
    ['depths of other stages than it has', { num_decoder_blocks: [3, 3, 1] }, 'num_decoder_blocks'],
    ['pictures that grow by three', { upsampling_scaling_factor: 3 }, 'upsampling_scaling_factor'],
  ])('is refused with %s', (_, settings, setting) => {
    const parse = () => parseNetworkConfig(JSON.stringify(settings), tinyVaeConfigSchema, 'vae/config.json');
    expect(parse).toThrow(`vae/config.json cannot be used: ${setting}`);
  });
});
