/** The JSON files of a model folder, in diffusers' layout where diffusers has one, and their shapes. */
import { z } from 'zod';

import { SCHEDULERS } from '../limits.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import { flowMatchConfigSchema } from './schedulers/scheduler-config.js';
import type { FlowMatchConfig } from './schedulers/scheduler-config.js';

const positiveInt = z.int().min(1);

const modelIndexSchema = z.object({ _class_name: z.literal('RiffcordPipeline') });

const unetConfigSchema = z.object({
  /** Rows and columns of the latents the model was trained on. */
  sample_size: z.tuple([positiveInt, positiveInt]).default([32, 16]),
});

const vaeConfigSchema = z.object({
  latent_channels: positiveInt,
  /** The denoiser's latents are the autoencoder's times this. */
  scaling_factor: z.number().positive().default(1),
  /** Pixels per latent: rows, columns. */
  downsample: z.tuple([positiveInt, positiveInt]),
});

const spectrogramSchema = z.object({
  sampleRate: z.number(),
  stereo: z.boolean(),
  stepSizeMs: z.number(),
  windowDurationMs: z.number(),
  paddedDurationMs: z.number(),
  numMels: positiveInt,
  minFrequency: z.number(),
  maxFrequency: z.number(),
  powerForImage: z.number(),
  /** True when the picture's right edge continues at its left: the clip loops. */
  circular: z.boolean().default(false),
});

const defaultsSchema = z.object({
  numInferenceSteps: positiveInt,
  guidanceScale: z.number().min(1),
  scheduler: z.enum(SCHEDULERS),
  samplePrompts: z.array(z.string()).default([]),
});

export type ModelDefaults = z.infer<typeof defaultsSchema>;

/** What a pipeline must know of its model besides the networks. */
export interface ModelConfig {
  /** Channels, rows and columns of the latents. */
  readonly latentShape: readonly [number, number, number];
  readonly scalingFactor: number;
  /** Columns of the picture. */
  readonly width: number;
  readonly scheduler: FlowMatchConfig;
  readonly spectrogramParams: SpectrogramParams;
  readonly circular: boolean;
  readonly defaults: ModelDefaults;
}

/** @throws EngineError `model_missing` or `model_corrupt` */
export async function readModelConfig(folder: ModelFolder): Promise<ModelConfig> {
  await folder.readJson('model_index.json', modelIndexSchema);
  const unet = await folder.readJson('unet/config.json', unetConfigSchema);
  const vae = await folder.readJson('vae/config.json', vaeConfigSchema);
  const { circular, numMels, ...spectrogram } = await folder.readJson('spectrogram.json', spectrogramSchema);
  const [rows, columns] = unet.sample_size;
  return {
    latentShape: [vae.latent_channels, rows, columns],
    scalingFactor: vae.scaling_factor,
    width: columns * vae.downsample[1],
    scheduler: await folder.readJson('scheduler/scheduler_config.json', flowMatchConfigSchema),
    spectrogramParams: { ...spectrogram, numFrequencies: numMels },
    circular,
    defaults: await readModelDefaults(folder),
  };
}

/** The knobs' defaults and some prompts that the model does well. @throws EngineError as `readModelConfig` */
export function readModelDefaults(folder: ModelFolder): Promise<ModelDefaults> {
  return folder.readJson('defaults.json', defaultsSchema);
}
