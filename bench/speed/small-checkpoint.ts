/** The small checkpoints of the tests: their weights are random, so their runs say what a setting costs, not how it sounds. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { vaeConfigSchema, vaeDecoderGraph } from '../../src/engine/checkpoint/networks/autoencoder-kl.js';
import { parseNetworkConfig } from '../../src/engine/checkpoint/networks/config.js';
import { unetGraph } from '../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import type { UnetPart } from '../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import { unetConfigSchema } from '../../src/engine/checkpoint/networks/unet-config.js';
import { CheckpointWeights } from '../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { GuidedUnet } from '../../src/engine/diffusion/guided-unet.js';
import type { LatentShape } from '../../src/engine/diffusion/guided-unet.js';
import { parseSchedulerConfig } from '../../src/engine/diffusion/schedulers/scheduler-config.js';
import { SeededRandom } from '../../src/engine/math/random.js';
import type { Tensor } from '../../src/engine/runtime/inference-session.js';
import { OnnxSession } from '../../src/engine/runtime/onnx-session.js';
import type { TestModel } from './test-bench.js';

const ROOT = fileURLToPath(new URL('../../test/fixtures/sd1x/', import.meta.url));
const UNET_WEIGHTS = 'unet/diffusion_pytorch_model.safetensors';
const VAE_WEIGHTS = 'vae/diffusion_pytorch_model.safetensors';
const LATENT_SHAPE: LatentShape = [4, 16, 16];
const TOKENS = 77;
/** Stable Diffusion's. */
const SCHEDULE = {
  _class_name: 'DPMSolverMultistepScheduler',
  num_train_timesteps: 1000,
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  steps_offset: 1,
};

export async function openSmallCheckpoint(
  name: 'sd1' | 'sd2',
  numPrompts: number,
  shallowLayers: number,
): Promise<TestModel> {
  const folder = join(ROOT, name);
  const open = (graph: Uint8Array): Promise<OnnxSession> =>
    OnnxSession.create(graph, { externalDataFolder: folder, intraOpNumThreads: 1 });
  const weights = await CheckpointWeights.open(folder, UNET_WEIGHTS);
  const config = parseNetworkConfig(await configText(folder, 'unet'), unetConfigSchema, 'config.json');
  const part = (name: UnetPart): Promise<OnnxSession> =>
    open(unetGraph(config, weights, { part: name, shallowLayers }));
  const vaeConfig = parseNetworkConfig(await configText(folder, 'vae'), vaeConfigSchema, 'config.json');
  const decoder = await open(vaeDecoderGraph(vaeConfig, await CheckpointWeights.open(folder, VAE_WEIGHTS)));
  const random = new SeededRandom(1);
  const embeds = (): Tensor<Float32Array> => {
    const data = new Float32Array(TOKENS * config.cross_attention_dim);
    random.fillGaussian(data);
    return { shape: [1, TOKENS, config.cross_attention_dim], data };
  };
  return {
    unet: new GuidedUnet(await part('whole-and-deep-features'), { openShallowUnet: () => part('shallow') }),
    latentShape: LATENT_SHAPE,
    schedulerConfig: parseSchedulerConfig(SCHEDULE),
    negativePrompt: embeds(),
    prompts: Array.from({ length: numPrompts }, embeds),
    decoder,
  };
}

function configText(folder: string, network: string): Promise<string> {
  return readFile(join(folder, network, 'config.json'), 'utf8');
}
