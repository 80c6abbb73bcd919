/**
 * Loads and runs networks in a process of its own and prints a `NetworkReport`. Arguments: a `NetworkJob` as JSON, and
 * `wait` to go on living, with everything loaded, until the standard input ends.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  vaeConfigSchema,
  vaeDecoderGraph,
  vaeEncoderGraph,
} from '../../src/engine/checkpoint/networks/autoencoder-kl.js';
import { clipTextConfigSchema, clipTextGraph } from '../../src/engine/checkpoint/networks/clip-text-model.js';
import { parseNetworkConfig } from '../../src/engine/checkpoint/networks/config.js';
import { unetGraph } from '../../src/engine/checkpoint/networks/unet-2d-condition-model.js';
import { unetConfigSchema } from '../../src/engine/checkpoint/networks/unet-config.js';
import { CheckpointWeights } from '../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { SeededRandom } from '../../src/engine/math/random.js';
import type { NamedTensors, Tensor } from '../../src/engine/runtime/inference-session.js';
import { OnnxSession } from '../../src/engine/runtime/onnx-session.js';
import { Stopwatch } from '../stopwatch.js';
import type { Lap } from '../stopwatch.js';
import type { NetworkJob, NetworkName, NetworkReport, ProcessMemory } from './network-job.js';

const job = JSON.parse(process.argv[2] ?? '') as NetworkJob;
const { batch = 1, runs = 3 } = job;
const random = new SeededRandom(1);

const GRAPHS: Record<NetworkName, () => Promise<Uint8Array>> = {
  text_encoder: async () => {
    const config = parseNetworkConfig(configText('text_encoder'), clipTextConfigSchema, 'text_encoder');
    return clipTextGraph(config, await CheckpointWeights.open(job.folder, 'text_encoder/model.safetensors'));
  },
  unet: async () => {
    const config = parseNetworkConfig(configText('unet'), unetConfigSchema, 'unet');
    return unetGraph(config, await diffusersWeights('unet'), job.graph);
  },
  vae_encoder: async () => vaeEncoderGraph(vaeConfig(), await diffusersWeights('vae'), job.graph),
  vae_decoder: async () => vaeDecoderGraph(vaeConfig(), await diffusersWeights('vae'), job.graph),
};

/** Of a picture of 512 x 512. */
const FEEDS: Record<NetworkName, () => NamedTensors> = {
  text_encoder: () => ({ input_ids: { shape: [batch, 77], data: new BigInt64Array(batch * 77).fill(300n) } }),
  unet: () => ({
    sample: noise([batch, 4, 64, 64]),
    timestep: { shape: [batch], data: new Float32Array(batch).fill(500) },
    encoder_hidden_states: noise([batch, 77, 768]),
  }),
  vae_encoder: () => ({ sample: noise([batch, 3, 512, 512]) }),
  vae_decoder: () => ({ latent_sample: noise([batch, 4, 64, 64]) }),
};

const stopwatch = new Stopwatch();
const sessions = [];
for (const network of job.networks) sessions.push({ network, session: await load(network) });
const loading = stopwatch.lap();

let fastest: Lap = { cpuSeconds: Infinity, wallSeconds: Infinity };
for (const { network, session } of sessions) fastest = await fastestRun(network, session);
const report: NetworkReport = {
  loadCpuSeconds: loading.cpuSeconds,
  loadWallSeconds: loading.wallSeconds,
  ...fastest,
  memory: memoryNow(),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
if (process.argv[3] === 'wait') for await (const chunk of process.stdin) void chunk;

async function load(network: NetworkName): Promise<OnnxSession> {
  if (job.exported !== undefined) return OnnxSession.create(job.exported, job.session);
  const graph = await GRAPHS[network]();
  // As the engine has it.
  const keepRunMemory = !network.startsWith('vae_');
  return OnnxSession.create(graph, { externalDataFolder: job.folder, keepRunMemory, ...job.session });
}

async function fastestRun(network: NetworkName, session: OnnxSession): Promise<Lap> {
  const feeds = FEEDS[network]();
  const laps: Lap[] = [];
  for (let index = 0; index < runs; index++) {
    const watch = new Stopwatch();
    const outputs = await session.run(feeds);
    laps.push(watch.lap());
    if (job.output !== undefined) writeFileSync(job.output, valuesOf(outputs));
  }
  return laps.reduce((best, lap) => (lap.cpuSeconds < best.cpuSeconds ? lap : best));
}

function valuesOf(outputs: NamedTensors): Uint8Array {
  const { data } = Object.values(outputs)[0]!;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function configText(network: string): string {
  return readFileSync(join(job.folder, network, 'config.json'), 'utf8');
}

function vaeConfig() {
  return parseNetworkConfig(configText('vae'), vaeConfigSchema, 'vae');
}

function diffusersWeights(network: string): Promise<CheckpointWeights> {
  return CheckpointWeights.open(job.folder, `${network}/diffusion_pytorch_model.safetensors`);
}

function noise(shape: readonly number[]): Tensor<Float32Array> {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  random.fillGaussian(data);
  return { shape, data };
}

function memoryNow(): ProcessMemory {
  const rollup = readFileSync('/proc/self/smaps_rollup', 'utf8');
  const status = readFileSync('/proc/self/status', 'utf8');
  const kilobytes = (text: string, name: string): number =>
    1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? NaN);
  const anonymous = kilobytes(rollup, 'Anonymous');
  return {
    anonymous,
    fileBacked: kilobytes(rollup, 'Rss') - anonymous,
    private: kilobytes(rollup, 'Private_Clean') + kilobytes(rollup, 'Private_Dirty'),
    peak: kilobytes(status, 'VmHWM'),
  };
}
