/** What a pipeline must know of its model besides the networks; the JSON files of a model folder say it. */
import { z } from 'zod';

import type { ModelFolder } from '../runtime/model-folder.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { Condition } from './conditions.js';
import type { LatentShape } from './guided-unet.js';
import { modelUnsupported } from './model-unsupported.js';
import { STABLE_DIFFUSION_DEFAULTS, modelDefaultsSchema } from './model-defaults.js';
import type { ModelDefaults } from './model-defaults.js';
import type { PictureSize } from './picture-size.js';
import { readRiffcordConfig } from './riffcord-config.js';
import type { SchedulerConfig } from './schedulers/scheduler-config.js';
import { readStableDiffusionConfig } from './stable-diffusion-config.js';
import type { CheckpointConfigs } from './stable-diffusion-config.js';

export interface ModelConfig extends PictureSize {
  /** Of the width that the model was trained on. */
  readonly latentShape: LatentShape;
  readonly pixelsPerLatent: readonly [rows: number, columns: number];
  /** The denoiser's latents are the autoencoder's times this. */
  readonly scalingFactor: number;
  /** Of the autoencoder's pictures: grey, or red, green and blue. */
  readonly pictureChannels: 1 | 3;
  readonly networks: NetworkConfigs;
  readonly scheduler: SchedulerConfig;
  readonly spectrogramParams: SpectrogramParams;
  /** True when the picture's right edge continues at its left: the clip loops. */
  readonly circular: boolean;
  readonly defaults: ModelDefaults;
}

/** Networks in .onnx files say themselves what they are. */
export type NetworkConfigs =
  ({ readonly kind: 'exported' } & ExportedConfig) | ({ readonly kind: 'checkpoint' } & CheckpointConfigs);

export interface ExportedConfig {
  /** What the denoiser can be told besides the prompt. */
  readonly conditions: readonly Condition[];
  /** What the text encoder tells that it understood, as `group:name`; none = it does not tell. */
  readonly understood: readonly string[];
  /** The text encoder gives a row for each word, so many; undefined = one for each token. */
  readonly maxWords?: number;
}

/** What a model's denoiser can be told besides the prompt. */
export function conditionsOf({ networks }: Pick<ModelConfig, 'networks'>): readonly Condition[] {
  return networks.kind === 'exported' ? networks.conditions : [];
}

type ModelFamily = 'riffcord' | 'stable-diffusion';

const FAMILY_OF_CLASS: Readonly<Record<string, ModelFamily>> = {
  RiffcordPipeline: 'riffcord',
  StableDiffusionPipeline: 'stable-diffusion',
  StableDiffusionImg2ImgPipeline: 'stable-diffusion',
  RiffusionPipeline: 'stable-diffusion',
};

const modelIndexSchema = z.object({
  _class_name: z.string(),
  /** Of the larger models, which have two. */
  text_encoder_2: z.unknown().optional(),
});

/**
 * @throws EngineError `model_missing`, `model_corrupt`, or `model_unsupported` for a model of another kind than those
 * that are run
 */
export async function readModelConfig(folder: ModelFolder): Promise<ModelConfig> {
  const family = await readFamily(folder);
  const defaults = await readDefaults(folder, family);
  return family === 'riffcord'
    ? readRiffcordConfig(folder, defaults)
    : readStableDiffusionConfig(folder, defaults);
}

/** The knobs' defaults and some prompts that the model does well. @throws EngineError as `readModelConfig` */
export async function readModelDefaults(folder: ModelFolder): Promise<ModelDefaults> {
  return readDefaults(folder, await readFamily(folder));
}

async function readFamily(folder: ModelFolder): Promise<ModelFamily> {
  const index = await folder.readJson('model_index.json', modelIndexSchema);
  const { _class_name: className } = index;
  const family = Object.hasOwn(FAMILY_OF_CLASS, className) ? FAMILY_OF_CLASS[className] : undefined;
  if (!family) throw modelUnsupported(folder.name, `its pipeline is a ${className}`);
  if (index.text_encoder_2) throw modelUnsupported(folder.name, 'it has a second text encoder');
  return family;
}

async function readDefaults(folder: ModelFolder, family: ModelFamily): Promise<ModelDefaults> {
  if (family === 'stable-diffusion' && !folder.has('defaults.json')) return STABLE_DIFFUSION_DEFAULTS;
  return folder.readJson('defaults.json', modelDefaultsSchema);
}
