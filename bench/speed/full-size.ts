/**
 * CPU seconds of the networks of a checkpoint as large as Stable Diffusion 1.5, on one thread, at 512 x 512 pixels. Its
 * weights may be random: what they are makes no difference to the time.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  tinyDecoderGraph,
  tinyVaeConfigSchema,
} from '../../src/engine/checkpoint/networks/autoencoder-tiny.js';
import { vaeConfigSchema, vaeDecoderGraph } from '../../src/engine/checkpoint/networks/autoencoder-kl.js';
import { clipTextConfigSchema, clipTextGraph } from '../../src/engine/checkpoint/networks/clip-text-model.js';
import { parseNetworkConfig } from '../../src/engine/checkpoint/networks/config.js';
import { unetGraph } from '../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import { unetConfigSchema } from '../../src/engine/checkpoint/networks/unet-config.js';
import { CheckpointWeights } from '../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import type { NamedTensors, Tensor } from '../../src/engine/runtime/inference-session.js';
import { OnnxSession } from '../../src/engine/runtime/onnx-session.js';
import { tensorsBytes } from '../../test/engine/checkpoint/safetensors-bytes.js';
import { Stopwatch } from '../stopwatch.js';
import { tinyDecoderTensors } from './tiny-decoder-tensors.js';

/** CPU seconds of one call, the least of a few. */
export interface NetworkCosts {
  readonly textEncoder: number;
  /** The prompt alone, and both prompts at once. */
  readonly unet: readonly [number, number];
  /** By the number of shallow layers, from 1; the prompt alone. */
  readonly shallowUnet: readonly number[];
  readonly decoder: number;
  readonly tinyDecoder: number;
}

const RUNS = 2;
const SHALLOW_LAYERS = [1, 2, 3];
const LATENTS = [4, 64, 64];
const TOKENS = 77;

/** @param folder in diffusers layout, such as bench/checkpoint/random-checkpoint.ts writes */
export async function measureFullSize(folder: string): Promise<NetworkCosts> {
  const text = await textOf(folder);
  const unet = await unetOf(folder);
  const vae = await vaeOf(folder);
  const unetCosts = await costs(unet.graph('whole'), folder, [unet.feeds(1), unet.feeds(2)]);
  const shallowCosts = [];
  for (const shallowLayers of SHALLOW_LAYERS) {
    const feeds = { ...unet.feeds(1), deep_features: filled([1, unet.deepChannels(shallowLayers), 64, 64]) };
    shallowCosts.push(...(await costs(unet.graph('shallow', shallowLayers), folder, [feeds])));
  }
  const [textEncoder = NaN] = await costs(text.graph, folder, [text.feeds]);
  const [decoder = NaN] = await costs(vae.graph, folder, [vae.feeds]);
  return {
    textEncoder,
    unet: [unetCosts[0] ?? NaN, unetCosts[1] ?? NaN],
    shallowUnet: shallowCosts,
    decoder,
    tinyDecoder: await tinyDecoderCost(vae.feeds),
  };
}

async function textOf(folder: string): Promise<{ graph: Uint8Array; feeds: NamedTensors }> {
  const weights = await CheckpointWeights.open(folder, 'text_encoder/model.safetensors');
  const config = parseNetworkConfig(
    await configText(folder, 'text_encoder'),
    clipTextConfigSchema,
    'config.json',
  );
  const ids = { shape: [1, TOKENS], data: new BigInt64Array(TOKENS) };
  return { graph: clipTextGraph(config, weights), feeds: { input_ids: ids } };
}

async function unetOf(folder: string) {
  const weights = await CheckpointWeights.open(folder, 'unet/diffusion_pytorch_model.safetensors');
  const config = parseNetworkConfig(await configText(folder, 'unet'), unetConfigSchema, 'config.json');
  const [finest = 0, next = 0] = config.block_out_channels;
  return {
    graph: (part: 'whole' | 'shallow', shallowLayers = 1) =>
      unetGraph(config, weights, { part, shallowLayers }),
    deepChannels: (shallowLayers: number) => (shallowLayers > config.layers_per_block ? next : finest),
    feeds: (batch: number): NamedTensors => ({
      sample: filled([batch, ...LATENTS]),
      timestep: { shape: [batch], data: new Float32Array(batch).fill(500) },
      encoder_hidden_states: filled([batch, TOKENS, config.cross_attention_dim]),
    }),
  };
}

async function vaeOf(folder: string): Promise<{ graph: Uint8Array; feeds: NamedTensors }> {
  const weights = await CheckpointWeights.open(folder, 'vae/diffusion_pytorch_model.safetensors');
  const config = parseNetworkConfig(await configText(folder, 'vae'), vaeConfigSchema, 'config.json');
  return { graph: vaeDecoderGraph(config, weights), feeds: { latent_sample: filled([1, ...LATENTS]) } };
}

/** Of the published size, with weights of its own. */
async function tinyDecoderCost(feeds: NamedTensors): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'tiny-decoder-'));
  try {
    await writeFile(join(folder, 'tiny.safetensors'), tensorsBytes(tinyDecoderTensors()));
    const weights = await CheckpointWeights.open(folder, 'tiny.safetensors');
    const [cost = NaN] = await costs(tinyDecoderGraph(tinyVaeConfigSchema.parse({}), weights), folder, [
      feeds,
    ]);
    return cost;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function costs(graph: Uint8Array, folder: string, feeds: readonly NamedTensors[]): Promise<number[]> {
  const options = { externalDataFolder: folder, intraOpNumThreads: 1 };
  const session = await OnnxSession.create(graph, options);
  const least = [];
  for (const feed of feeds) {
    await session.run(feed);
    const seconds = [];
    for (let run = 0; run < RUNS; run++) {
      const stopwatch = new Stopwatch();
      await session.run(feed);
      seconds.push(stopwatch.lap().cpuSeconds);
    }
    least.push(Math.min(...seconds));
  }
  await session.dispose();
  return least;
}

function filled(shape: readonly number[]): Tensor<Float32Array> {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length }, (_, index) => Math.sin(index)) };
}

function configText(folder: string, network: string): Promise<string> {
  return readFile(join(folder, network, 'config.json'), 'utf8');
}
