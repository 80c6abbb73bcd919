/** The model that ships, on one thread. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { CONDITIONS } from '../../src/engine/diffusion/conditions.js';
import { GuidedUnet } from '../../src/engine/diffusion/guided-unet.js';
import type { LatentShape } from '../../src/engine/diffusion/guided-unet.js';
import { PromptEncoder } from '../../src/engine/diffusion/prompt-encoder.js';
import { parseSchedulerConfig } from '../../src/engine/diffusion/schedulers/scheduler-config.js';
import { loadTokenizer } from '../../src/engine/diffusion/tokenizer.js';
import { ModelFolder } from '../../src/engine/runtime/model-folder.js';
import { OnnxSession } from '../../src/engine/runtime/onnx-session.js';
import type { TestModel } from './test-bench.js';

const FOLDER = fileURLToPath(new URL('../../models/riffcord-small', import.meta.url));
const LATENT_SHAPE: LatentShape = [48, 32, 16];
const ONE_THREAD = { intraOpNumThreads: 1 };

export const EMBEDDED_UNET = join(FOLDER, 'unet/model.onnx');

/** The denoiser's files, whole or in two parts. */
export interface DenoiserFiles {
  readonly whole: string;
  readonly shallow?: string;
}

export async function openEmbeddedModel(
  numPrompts: number,
  files: DenoiserFiles = { whole: EMBEDDED_UNET },
): Promise<TestModel> {
  const folder = await ModelFolder.open(FOLDER);
  const { samplePrompts } = (await readJson('defaults.json')) as { samplePrompts: string[] };
  const schedulerConfig = parseSchedulerConfig(await readJson('scheduler/scheduler_config.json'));
  const open = (path: string): Promise<OnnxSession> => OnnxSession.create(path, ONE_THREAD);
  const textEncoder = await open(await folder.path('text_encoder/model.onnx'));
  const promptEncoder = new PromptEncoder(await loadTokenizer(folder), textEncoder);
  const prompts = [];
  for (const prompt of samplePrompts.slice(0, numPrompts)) {
    prompts.push((await promptEncoder.encode(prompt)).embeds);
  }
  const decoder = await open(await folder.path('vae_decoder/model.onnx'));
  const { shallow } = files;
  return {
    unet: new GuidedUnet(await open(files.whole), {
      conditions: CONDITIONS,
      openShallowUnet: shallow === undefined ? undefined : () => open(shallow),
    }),
    latentShape: LATENT_SHAPE,
    schedulerConfig,
    prompts,
    negativePrompt: (await promptEncoder.encode('')).embeds,
    decoder,
  };
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(FOLDER, path), 'utf8'));
}
