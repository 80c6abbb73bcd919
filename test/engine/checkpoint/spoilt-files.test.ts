/**
 * Files of a checkpoint that strangers wrote, wrong in thousands of ways: all are read soundly or refused clearly, and
 * no file outside the folder is opened.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { vaeConfigSchema, vaeDecoderGraph } from '../../../src/engine/checkpoint/networks/autoencoder-kl.js';
import { tinyVaeConfigSchema } from '../../../src/engine/checkpoint/networks/autoencoder-tiny.js';
import {
  clipTextConfigSchema,
  clipTextGraph,
} from '../../../src/engine/checkpoint/networks/clip-text-model.js';
import { parseNetworkConfig } from '../../../src/engine/checkpoint/networks/config.js';
import { unetConfigSchema } from '../../../src/engine/checkpoint/networks/unet-config.js';
import { CheckpointWeights } from '../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { readModelConfig } from '../../../src/engine/diffusion/model-config.js';
import { createScheduler } from '../../../src/engine/diffusion/schedulers/create-scheduler.js';
import {
  isFlowMatch,
  parseSchedulerConfig,
  schedulerNameOf,
} from '../../../src/engine/diffusion/schedulers/scheduler-config.js';
import { EngineError } from '../../../src/engine/errors.js';
import type { EngineErrorCode } from '../../../src/engine/errors.js';
import { SeededRandom } from '../../../src/engine/math/random.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { recordOpenedFiles } from './opened-files.js';
import { floatBytes, safetensorsBytes, tensorsBytes } from './safetensors-bytes.js';
import { checkpointFolder, configText, WEIGHTS } from './sd1x-checkpoints.js';
import { pick, spoiltBytes, spoiltJson } from './spoiling.js';
import { withTemporaryFolder } from './temporary-folder.js';

const CONFIGURATIONS = 1400;
const WEIGHT_FILES = 600;
const MODELS = 150;

const CLEAR_CODES: readonly EngineErrorCode[] = ['model_corrupt', 'model_missing', 'model_unsupported'];

const SCHEDULER = JSON.stringify({
  _class_name: 'PNDMScheduler',
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  beta_start: 0.00085,
  num_train_timesteps: 1000,
  set_alpha_to_one: false,
  skip_prk_steps: true,
  steps_offset: 1,
  trained_betas: null,
  clip_sample: false,
});
const TINY_VAE = JSON.stringify({
  latent_channels: 4,
  encoder_block_out_channels: [64, 64, 64, 64],
  decoder_block_out_channels: [64, 64, 64, 64],
  num_encoder_blocks: [1, 3, 3, 3],
  num_decoder_blocks: [3, 3, 3, 1],
  scaling_factor: 1,
});

describe('spoilt configurations', () => {
  it.each<[string, string, (text: string, weights: CheckpointWeights) => void]>([
    ['the text encoder', configText('sd2', 'text_encoder'), useTextEncoder],
    ['the autoencoder', configText('sd2', 'vae'), useAutoencoder],
    ['the denoiser', configText('sd2', 'unet'), parsed(unetConfigSchema)],
    ['the tiny autoencoder', TINY_VAE, parsed(tinyVaeConfigSchema)],
    ['the scheduler', SCHEDULER, useScheduler],
  ])(`are used or refused clearly: ${CONFIGURATIONS} of %s`, async (what, text, use) => {
    const file = what === 'the text encoder' ? WEIGHTS.text_encoder : WEIGHTS.vae;
    const weights = await CheckpointWeights.open(checkpointFolder('sd2'), file);
    const random = new SeededRandom(what.length);
    const errors: unknown[] = [];
    for (let round = 0; round < CONFIGURATIONS; round++) {
      const spoilt = spoiltJson(text, random);
      errors.push(await errorOf(Promise.resolve().then(() => use(spoilt, weights))));
    }
    expectClear(errors);
  });
});

describe('spoilt weights', () => {
  it(`are used or refused clearly, and nothing outside is opened: ${WEIGHT_FILES} files`, async () => {
    await withTemporaryFolder(async (root) => {
      const [folder, outside, random] = [join(root, 'model'), join(root, 'outside'), new SeededRandom(8)];
      writeFileSync(outside, PART);
      const opened = new Set<string>();
      const errors: unknown[] = [];
      await recordOpenedFiles(opened, async () => {
        for (let round = 0; round < WEIGHT_FILES; round++) {
          writeSpoiltWeights(folder, outside, random);
          errors.push(await errorOf(CheckpointWeights.open(folder, FILE)));
          rmSync(folder, { recursive: true });
        }
      });
      expectClear(errors);
      const places = [FILE, INDEX, 'unet/part-1.safetensors', 'unet/part-2.safetensors'];
      expect(opened).toEqual(new Set(places.map((path) => join(folder, path))));
    });
  });

  it('would be seen to open what is outside', async () => {
    const opened = new Set<string>();
    await recordOpenedFiles(opened, async () => void (await readFile(fileURLToPath(import.meta.url))));
    expect([...opened]).toEqual([fileURLToPath(import.meta.url)]);
  });
});

const FILE = 'unet/model.safetensors';
const INDEX = `${FILE}.index.json`;
const PART = tensorsBytes({
  a: { shape: [2, 2], data: floatBytes([1, 2, 3, 4]) },
  b: { dtype: 'F16', shape: [3] },
  'down_blocks.0.c': { dtype: 'I64', shape: [] },
});
const INDEX_TEXT = JSON.stringify({
  metadata: { total_size: 30 },
  weight_map: { a: 'part-1.safetensors', b: 'part-2.safetensors', 'down_blocks.0.c': 'part-2.safetensors' },
});

/** One file of weights, or an index and its parts, of which one is spoilt or a link out of the folder. */
function writeSpoiltWeights(folder: string, outside: string, random: SeededRandom): void {
  mkdirSync(dirname(join(folder, FILE)), { recursive: true });
  const files: Readonly<Record<string, Buffer>> = pick(random, [
    { [FILE]: PART },
    { [INDEX]: Buffer.from(INDEX_TEXT), 'unet/part-1.safetensors': PART, 'unet/part-2.safetensors': PART },
  ]);
  const chosen = pick(random, Object.keys(files));
  const isLink = random.nextUniform() < 0.05;
  for (const [path, bytes] of Object.entries(files)) {
    const content = path === INDEX ? spoiltJson(INDEX_TEXT, random) : spoiltPart(random);
    if (path === chosen && isLink) symlinkSync(outside, join(folder, path));
    else writeFileSync(join(folder, path), path === chosen ? content : bytes);
  }
}

/** Spoilt anywhere, in its length alone, or in its header alone. */
function spoiltPart(random: SeededRandom): Buffer {
  const end = 8 + Number(PART.readBigUInt64LE());
  const [header, data] = [PART.subarray(8, end), PART.subarray(end)];
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(pick(random, [0n, 2n, BigInt(end), 2n ** 24n, 2n ** 53n, 2n ** 64n - 1n]));
  return pick(random, [
    () => spoiltBytes(PART, random),
    () => Buffer.concat([length, header, data]),
    () => safetensorsBytes(spoiltJson(header.toString(), random), data),
  ])();
}

const SD2 = {
  'model_index.json': JSON.stringify({
    _class_name: 'StableDiffusionPipeline',
    _diffusers_version: '0.21.4',
    scheduler: ['diffusers', 'PNDMScheduler'],
    text_encoder: ['transformers', 'CLIPTextModel'],
    unet: ['diffusers', 'UNet2DConditionModel'],
    vae: ['diffusers', 'AutoencoderKL'],
  }),
  'scheduler/scheduler_config.json': SCHEDULER,
  'text_encoder/config.json': configText('sd2', 'text_encoder'),
  'unet/config.json': configText('sd2', 'unet'),
  'vae/config.json': configText('sd2', 'vae'),
};

describe('spoilt models', () => {
  it(`are used or refused clearly, and nothing outside is opened: ${MODELS} whole ones`, async () => {
    await withTemporaryFolder(async (root) => {
      const random = new SeededRandom(9);
      const opened = new Set<string>();
      const errors: unknown[] = [];
      await recordOpenedFiles(opened, async () => {
        for (let round = 0; round < MODELS; round++) {
          const folder = join(root, `model-${round}`);
          writeSpoiltModel(folder, random);
          errors.push(await errorOf(ModelFolder.open(folder).then(readModelConfig)));
        }
      });
      expectClear(errors);
      expect([...opened].filter((path) => !/^model-\d+./.test(relative(root, path)))).toEqual([]);
      expect(opened.size).toBeGreaterThan(2 * MODELS);
    });
  });
});

/** A manifest, and what it names; one of them is spoilt, and the manifest true to it or spoilt itself. */
function writeSpoiltModel(folder: string, random: SeededRandom): void {
  const chosen = pick(random, ['manifest.json', ...Object.keys(SD2)]);
  const files = Object.entries(SD2).map(([path, text]) => {
    const bytes = Buffer.from(path === chosen ? spoiltJson(text, random) : text);
    return { path, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const named = files.map(({ path, bytes, sha256 }) => ({ path, bytes: bytes.length, sha256 }));
  const manifest = JSON.stringify({ name: 'model', version: '1', files: named });
  writeFileSync(
    join(folder, 'manifest.json'),
    chosen === 'manifest.json' ? spoiltJson(manifest, random) : manifest,
  );
}

function useTextEncoder(text: string, weights: CheckpointWeights): void {
  clipTextGraph(parseNetworkConfig(text, clipTextConfigSchema, 'config.json'), weights);
}

function useAutoencoder(text: string, weights: CheckpointWeights): void {
  vaeDecoderGraph(parseNetworkConfig(text, vaeConfigSchema, 'config.json'), weights);
}

function parsed(schema: z.ZodType): (text: string) => void {
  return (text) => void parseNetworkConfig(text, schema, 'config.json');
}

function useScheduler(text: string): void {
  const config = parseSchedulerConfig(parseJson(text));
  if (isFlowMatch(config)) return;
  const name = schedulerNameOf(config);
  createScheduler({ name, numInferenceSteps: 4, config, noiseSource: new SeededRandom(1) });
}

/** What is no JSON is refused before it comes to the scheduler. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function errorOf(outcome: Promise<unknown>): Promise<unknown> {
  return outcome.then(
    () => undefined,
    (error: unknown) => error ?? 'nothing',
  );
}

/** All errors are the engine's, and say that it is the model's fault; a good part of the files is refused, and one is not. */
function expectClear(outcomes: readonly unknown[]): void {
  const errors = outcomes.filter((outcome) => outcome !== undefined);
  expect(errors.filter((error) => !isClear(error))).toEqual([]);
  expect(errors.length).toBeGreaterThan(outcomes.length / 10);
  expect(errors.length).toBeLessThan(outcomes.length);
}

function isClear(error: unknown): boolean {
  return error instanceof EngineError && CLEAR_CODES.includes(error.code) && !error.message.includes('\n');
}
