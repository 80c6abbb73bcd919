/** Settings of the models that come with Riffcord: flow matching, grey pictures, networks in .onnx files. */
import { z } from 'zod';

import type { ModelFolder } from '../runtime/model-folder.js';
import { CONDITIONS } from './conditions.js';
import type { Condition } from './conditions.js';
import type { ExportedConfig, ModelConfig } from './model-config.js';
import type { ModelDefaults } from './model-defaults.js';
import { modelUnsupported } from './model-unsupported.js';
import { flowMatchConfigSchema } from './schedulers/scheduler-config.js';
import { readSpectrogramConfig } from './spectrogram-config.js';

const positiveInt = z.int().min(1);

const unetConfigSchema = z.object({
  /** Rows and columns of the latents the model was trained on. */
  sample_size: z.tuple([positiveInt, positiveInt]).default([32, 16]),
  /** How often the denoiser halves the columns: other widths must halve evenly too. */
  column_halvings: z.int().min(0).max(16).default(2),
  /** What it is told besides noise, time and prompt. */
  conditions: z.array(z.string()).default([]),
});

const textEncoderConfigSchema = z.object({
  /** Rows of its answer, one for each word. Without it there is one for each token. */
  max_words: positiveInt.optional(),
  /** What its second answer tells the likelihood of. */
  understood: z.array(z.string()).default([]),
});
type TextEncoderConfig = z.output<typeof textEncoderConfigSchema>;

const vaeConfigSchema = z.object({
  latent_channels: positiveInt,
  scaling_factor: z.number().positive().default(1),
  /** Pixels per latent: rows, columns. */
  downsample: z.tuple([positiveInt, positiveInt]),
});

/** @throws EngineError `model_missing`, `model_corrupt`, or `model_unsupported` for a denoiser that is told unknown things */
export async function readRiffcordConfig(folder: ModelFolder, defaults: ModelDefaults): Promise<ModelConfig> {
  const unet = await folder.readJson('unet/config.json', unetConfigSchema);
  const vae = await folder.readJson('vae/config.json', vaeConfigSchema);
  const textEncoder = await readTextEncoderConfig(folder);
  const [rows, columns] = unet.sample_size;
  const [pixelRows, pixelColumns] = vae.downsample;
  return {
    latentShape: [vae.latent_channels, rows, columns],
    pixelsPerLatent: vae.downsample,
    scalingFactor: vae.scaling_factor,
    pictureChannels: 1,
    height: rows * pixelRows,
    width: columns * pixelColumns,
    widthMultiple: columnMultiple(columns, unet.column_halvings) * pixelColumns,
    networks: { kind: 'exported', ...exportedConfig(folder.name, unet.conditions, textEncoder) },
    scheduler: await folder.readJson('scheduler/scheduler_config.json', flowMatchConfigSchema),
    ...(await readSpectrogramConfig(folder)),
    defaults,
  };
}

/** The first models say nothing of their text encoders. */
async function readTextEncoderConfig(folder: ModelFolder): Promise<TextEncoderConfig> {
  const path = 'text_encoder/config.json';
  return folder.has(path) ? folder.readJson(path, textEncoderConfigSchema) : { understood: [] };
}

function exportedConfig(
  model: string,
  conditions: readonly string[],
  { max_words: maxWords, understood }: TextEncoderConfig,
): ExportedConfig {
  const unknown = conditions.find((name) => !isCondition(name));
  if (unknown !== undefined) throw modelUnsupported(model, `its denoiser has an input called ${unknown}`);
  return {
    conditions: conditions.filter(isCondition),
    understood,
    ...(maxWords !== undefined && { maxWords }),
  };
}

function isCondition(name: string): name is Condition {
  return (CONDITIONS as readonly string[]).includes(name);
}

/** A model whose own width halves less often has fewer levels. */
function columnMultiple(columns: number, halvings: number): number {
  let multiple = 1;
  for (let level = 0; level < halvings && columns % (2 * multiple) === 0; level++) multiple *= 2;
  return multiple;
}
