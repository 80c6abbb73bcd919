/** Settings of the models that come with Riffcord: flow matching, grey pictures, networks in .onnx files. */
import { z } from 'zod';

import type { ModelFolder } from '../runtime/model-folder.js';
import type { ModelConfig } from './model-config.js';
import type { ModelDefaults } from './model-defaults.js';
import { flowMatchConfigSchema } from './schedulers/scheduler-config.js';
import { readSpectrogramConfig } from './spectrogram-config.js';

const positiveInt = z.int().min(1);

const unetConfigSchema = z.object({
  /** Rows and columns of the latents the model was trained on. */
  sample_size: z.tuple([positiveInt, positiveInt]).default([32, 16]),
  /** How often the denoiser halves the columns: other widths must halve evenly too. */
  column_halvings: z.int().min(0).max(16).default(2),
});

const vaeConfigSchema = z.object({
  latent_channels: positiveInt,
  scaling_factor: z.number().positive().default(1),
  /** Pixels per latent: rows, columns. */
  downsample: z.tuple([positiveInt, positiveInt]),
});

/** @throws EngineError `model_missing` or `model_corrupt` */
export async function readRiffcordConfig(folder: ModelFolder, defaults: ModelDefaults): Promise<ModelConfig> {
  const unet = await folder.readJson('unet/config.json', unetConfigSchema);
  const vae = await folder.readJson('vae/config.json', vaeConfigSchema);
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
    networks: { kind: 'exported' },
    scheduler: await folder.readJson('scheduler/scheduler_config.json', flowMatchConfigSchema),
    ...(await readSpectrogramConfig(folder)),
    defaults,
  };
}

/** A model whose own width halves less often has fewer levels. */
function columnMultiple(columns: number, halvings: number): number {
  let multiple = 1;
  for (let level = 0; level < halvings && columns % (2 * multiple) === 0; level++) multiple *= 2;
  return multiple;
}
