import { beforeAll, describe, expect, it } from 'vitest';

import {
  vaeConfigSchema,
  vaeDecoderGraph,
} from '../../../../src/engine/checkpoint/networks/autoencoder-kl.js';
import { vaeEncoderGraph } from '../../../../src/engine/checkpoint/networks/autoencoder-kl.js';
import type { VaeConfig } from '../../../../src/engine/checkpoint/networks/autoencoder-kl.js';
import {
  clipTextConfigSchema,
  clipTextGraph,
} from '../../../../src/engine/checkpoint/networks/clip-text-model.js';
import { parseNetworkConfig } from '../../../../src/engine/checkpoint/networks/config.js';
import type { GraphOptions, GraphTarget } from '../../../../src/engine/checkpoint/networks/graph-options.js';
import { unetGraph } from '../../../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import { unetConfigSchema } from '../../../../src/engine/checkpoint/networks/unet-config.js';
import type { UnetConfig } from '../../../../src/engine/checkpoint/networks/unet-config.js';
import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { SeededRandom } from '../../../../src/engine/math/random.js';
import { floatOutput } from '../../../../src/engine/runtime/inference-session.js';
import type { NamedTensors, Tensor } from '../../../../src/engine/runtime/inference-session.js';
import { checkpointFolder, configText, maxRelativeError } from '../sd1x-checkpoints.js';
import { ReferenceTensors, runGraph, WEIGHTS } from '../sd1x-checkpoints.js';
import type { CheckpointName } from '../sd1x-checkpoints.js';

describe.each(['sd1', 'sd2'] as const)('denoiser of %s', (name) => {
  let unet: Unet;
  let feeds: NamedTensors;
  let expected: Float32Array;

  beforeAll(async () => {
    unet = await openUnet(name);
    const reference = await ReferenceTensors.of(name);
    const tensor = (key: string): Promise<Tensor<Float32Array>> => reference.tensor(`unet/odd/${key}`);
    feeds = {
      sample: await tensor('sample'),
      timestep: await tensor('timestep'),
      encoder_hidden_states: await tensor('encoder_hidden_states'),
    };
    expected = (await tensor('out_sample')).data;
  });

  it.each(['gpu', 'portable'] as const)('gives the same with the operators of "%s"', async (target) => {
    const [output] = await runUnet(unet, { target }, feeds);
    expect(maxRelativeError(output!.data, expected)).toBeLessThan(1e-5);
  });

  it('asks for no operators of ONNX Runtime alone where it is to be portable', () => {
    const names = (target: GraphTarget): string[] =>
      contribOperators(unetGraph(unet.config, unet.weights, { target }));
    expect(names('cpu')).toEqual(['FusedMatMul', 'MultiHeadAttention']);
    expect(names('gpu')).toEqual(['MultiHeadAttention']);
    expect(names('portable')).toEqual([]);
  });

  it('gives nearly the same in half precision, and no more than that', async () => {
    const [output] = await runUnet(unet, { precision: 'float16', target: 'gpu' }, feeds);
    const error = maxRelativeError(output!.data, expected);
    expect(error).toBeLessThan(0.02);
    expect(error).toBeGreaterThan(1e-4);
  });

  it('points the same way with 8-bit sums', async () => {
    const [output] = await runUnet(unet, { precision: 'int8' }, feeds);
    expect(cosine(output!.data, expected)).toBeGreaterThan(0.995);
    expect(maxRelativeError(output!.data, expected)).toBeGreaterThan(1e-4);
  });
});

describe('text encoder', () => {
  it('gives the same with the operators of the ONNX standard alone, and nearly the same in half precision', async () => {
    const folder = checkpointFolder('sd1');
    const config = parseNetworkConfig(configText('sd1', 'text_encoder'), clipTextConfigSchema, 'config.json');
    const weights = await CheckpointWeights.open(folder, WEIGHTS.text_encoder);
    const reference = await ReferenceTensors.of('sd1');
    const feed = { input_ids: await reference.ids('text/input_ids') };
    const expected = (await reference.tensor('text/last_hidden_state')).data;
    const error = async (options: GraphOptions): Promise<number> => {
      const [outputs] = await runGraph(clipTextGraph(config, weights, options), folder, feed);
      return maxRelativeError(floatOutput(outputs!, 'last_hidden_state').data, expected);
    };
    expect(await error({ target: 'portable' })).toBeLessThan(1e-5);
    expect(await error({ target: 'portable', precision: 'float16' })).toBeLessThan(0.01);
  });
});

describe('circular denoiser', () => {
  /** One halving: it may turn by two columns. */
  it.each(['float32', 'int8'] as const)(
    'turns its output as its input is turned, in %s',
    async (precision) => {
      const unet = await openUnet('sd2');
      const sample = noise([1, 4, 6, 12]);
      const others = {
        timestep: { shape: [1], data: Float32Array.of(500) },
        encoder_hidden_states: noise([1, 77, 16]),
      };
      const feeds = [sample, turned(sample, 2)].map((picture) => ({ sample: picture, ...others }));
      const tolerance = precision === 'float32' ? 1e-5 : 1e-3;
      const [output, ofTurned] = await runUnet(unet, { circular: true, precision }, ...feeds);
      expect(maxRelativeError(ofTurned!.data, turned(output!, 2).data)).toBeLessThan(tolerance);
      const [bounded, ofTurnedBounded] = await runUnet(unet, { precision }, ...feeds);
      expect(maxRelativeError(ofTurnedBounded!.data, turned(bounded!, 2).data)).toBeGreaterThan(0.01);
    },
  );
});

describe('circular autoencoder', () => {
  let config: VaeConfig;
  let weights: CheckpointWeights;
  const folder = checkpointFolder('sd1');

  beforeAll(async () => {
    config = parseNetworkConfig(configText('sd1', 'vae'), vaeConfigSchema, 'config.json');
    weights = await CheckpointWeights.open(folder, WEIGHTS.vae);
  });

  /** Two halvings: a column of latents is four of pixels. */
  it('turns pictures as latents are turned, and the other way round', async () => {
    const latents = noise([1, 4, 4, 10]);
    const decoder = vaeDecoderGraph(config, weights, { circular: true });
    const feeds = [latents, turned(latents, 3)].map((latent_sample) => ({ latent_sample }));
    const [decoded, ofTurned] = (await runGraph(decoder, folder, ...feeds)).map(outputNamed('sample'));
    expect(maxRelativeError(ofTurned!.data, turned(decoded!, 12).data)).toBeLessThan(1e-5);

    const picture = noise([1, 3, 16, 40]);
    const encoder = vaeEncoderGraph(config, weights, { circular: true });
    const pictures = [picture, turned(picture, 12)].map((sample) => ({ sample }));
    const [mean, meanOfTurned] = (await runGraph(encoder, folder, ...pictures)).map(outputNamed('mean'));
    expect(maxRelativeError(meanOfTurned!.data, turned(mean!, 3).data)).toBeLessThan(1e-5);
  });

  it('decodes nearly the same in half precision and with 8-bit sums', async () => {
    const feed = { latent_sample: noise([1, 4, 8, 8]) };
    const decode = async (options: GraphOptions): Promise<Float32Array> => {
      const [outputs] = await runGraph(vaeDecoderGraph(config, weights, options), folder, feed);
      return floatOutput(outputs!, 'sample').data;
    };
    const exact = await decode({});
    expect(cosine(await decode({ precision: 'float16', target: 'gpu' }), exact)).toBeGreaterThan(0.9999);
    expect(cosine(await decode({ precision: 'int8' }), exact)).toBeGreaterThan(0.995);
  });
});

interface Unet {
  readonly folder: string;
  readonly config: UnetConfig;
  readonly weights: CheckpointWeights;
}

async function openUnet(name: CheckpointName): Promise<Unet> {
  const folder = checkpointFolder(name);
  const config = parseNetworkConfig(configText(name, 'unet'), unetConfigSchema, 'config.json');
  return { folder, config, weights: await CheckpointWeights.open(folder, WEIGHTS.unet) };
}

async function runUnet(
  { folder, config, weights }: Unet,
  options: GraphOptions,
  ...feeds: readonly NamedTensors[]
): Promise<Tensor<Float32Array>[]> {
  return (await runGraph(unetGraph(config, weights, options), folder, ...feeds)).map(
    outputNamed('out_sample'),
  );
}

/** Those of the domain `com.microsoft`, by their names in the bytes of a model. */
function contribOperators(model: Uint8Array): string[] {
  const text = Buffer.from(model).toString('latin1');
  return ['FusedMatMul', 'MultiHeadAttention', 'MatMulIntegerToFloat'].filter((name) => text.includes(name));
}

function outputNamed(name: string): (outputs: NamedTensors) => Tensor<Float32Array> {
  return (outputs) => floatOutput(outputs, name);
}

function noise(shape: readonly number[]): Tensor<Float32Array> {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  new SeededRandom(1).fillGaussian(data);
  return { shape, data };
}

/** Every row moved to the right; what leaves it comes back at its beginning. */
function turned({ shape, data }: Tensor<Float32Array>, columns: number): Tensor<Float32Array> {
  const width = shape.at(-1) ?? 1;
  const moved = data.map((_, index) => {
    const column = index % width;
    return data[index - column + ((column - columns + width) % width)] ?? NaN;
  });
  return { shape, data: moved };
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
