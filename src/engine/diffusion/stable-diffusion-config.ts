/** Settings of Stable Diffusion 1.x and 2.x checkpoints in diffusers' layout. */
import { z } from 'zod';

import { tinyVaeConfigSchema } from '../checkpoint/networks/autoencoder-tiny.js';
import type { TinyVaeConfig } from '../checkpoint/networks/autoencoder-tiny.js';
import { vaeConfigSchema } from '../checkpoint/networks/autoencoder-kl.js';
import type { VaeConfig } from '../checkpoint/networks/autoencoder-kl.js';
import { clipTextConfigSchema } from '../checkpoint/networks/clip-text-model.js';
import type { ClipTextConfig } from '../checkpoint/networks/clip-text-model.js';
import { parseNetworkConfig } from '../checkpoint/networks/config.js';
import { unetConfigSchema } from '../checkpoint/networks/unet-config.js';
import type { UnetConfig } from '../checkpoint/networks/unet-config.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import type { ModelConfig } from './model-config.js';
import type { ModelDefaults } from './model-defaults.js';
import { modelUnsupported } from './model-unsupported.js';
import { TINY_VAE_CONFIG } from './networks/checkpoint-parts.js';
import { parseSchedulerConfig } from './schedulers/scheduler-config.js';
import { spectrogramConfigOr } from './spectrogram-config.js';

/** Of the networks whose graphs are written from their settings. */
export interface CheckpointConfigs {
  readonly textEncoder: ClipTextConfig;
  readonly unet: UnetConfig;
  readonly vae: AutoencoderConfig;
  /** Of the second, small autoencoder that some people put beside the other for its quick decoder. */
  readonly tinyVae?: TinyVaeConfig;
}

export type AutoencoderConfig =
  | { readonly kind: 'AutoencoderKL'; readonly config: VaeConfig }
  | { readonly kind: 'AutoencoderTiny'; readonly config: TinyVaeConfig };

const positiveInt = z.int().min(1);

/** What tells the families apart, before the rest is looked at. */
const unetKindSchema = z.object({
  _class_name: z.string().default('UNet2DConditionModel'),
  in_channels: positiveInt.default(4),
  /** Of the latents the model was trained on: rows and columns, or one number for both. */
  sample_size: z
    .union([positiveInt.transform((size) => [size, size] as const), z.tuple([positiveInt, positiveInt])])
    .default([64, 64]),
  addition_embed_type: z.string().nullish(),
  time_cond_proj_dim: z.number().nullish(),
});

const vaeKindSchema = z.object({ _class_name: z.string().default('AutoencoderKL') });

/** @throws EngineError `model_missing`, `model_corrupt` or `model_unsupported` */
export async function readStableDiffusionConfig(
  folder: ModelFolder,
  defaults: ModelDefaults,
): Promise<ModelConfig> {
  const [rows, columns] = await readLatentSize(folder);
  const networks: CheckpointConfigs = {
    textEncoder: await readNetworkConfig(folder, 'text_encoder/config.json', clipTextConfigSchema),
    unet: await readNetworkConfig(folder, 'unet/config.json', unetConfigSchema),
    vae: await readAutoencoderConfig(folder),
    ...(folder.has(TINY_VAE_CONFIG) && {
      tinyVae: await readNetworkConfig(folder, TINY_VAE_CONFIG, tinyVaeConfigSchema),
    }),
  };
  checkFit(folder.name, networks);
  checkTinyFit(folder.name, networks);
  const { config: vae } = networks.vae;
  const factor = pixelsPerLatent(networks.vae);
  const height = rows * factor;
  return {
    latentShape: [vae.latent_channels, rows, columns],
    pixelsPerLatent: [factor, factor],
    scalingFactor: vae.scaling_factor,
    pictureChannels: vae.out_channels === 1 ? 1 : 3,
    height,
    width: columns * factor,
    // The denoiser and the autoencoder take any number of latents.
    widthMultiple: factor,
    networks: { kind: 'checkpoint', ...networks },
    scheduler: parseSchedulerConfig(await folder.readJson('scheduler/scheduler_config.json', z.unknown())),
    ...(await spectrogramConfigOr(folder, height)),
    defaults,
  };
}

async function readLatentSize(folder: ModelFolder): Promise<readonly [rows: number, columns: number]> {
  const kind = await folder.readJson('unet/config.json', unetKindSchema);
  const { _class_name: className, in_channels: channels } = kind;
  if (className !== 'UNet2DConditionModel') {
    throw modelUnsupported(folder.name, `its denoiser is a ${className}`);
  }
  if (kind.addition_embed_type) {
    throw modelUnsupported(folder.name, 'its denoiser listens to more than a prompt, as that of SDXL does');
  }
  if (kind.time_cond_proj_dim) {
    throw modelUnsupported(
      folder.name,
      'its denoiser has guidance built in, as latent consistency models do',
    );
  }
  if (channels === 9) throw modelUnsupported(folder.name, 'it was made for inpainting');
  return kind.sample_size;
}

async function readAutoencoderConfig(folder: ModelFolder): Promise<AutoencoderConfig> {
  const path = 'vae/config.json';
  const { _class_name: kind } = await folder.readJson(path, vaeKindSchema);
  switch (kind) {
    case 'AutoencoderKL':
      return { kind, config: await readNetworkConfig(folder, path, vaeConfigSchema) };
    case 'AutoencoderTiny':
      return { kind, config: await readNetworkConfig(folder, path, tinyVaeConfigSchema) };
    default:
      throw modelUnsupported(folder.name, `its autoencoder is a ${kind}`);
  }
}

async function readNetworkConfig<Schema extends z.ZodType>(
  folder: ModelFolder,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseNetworkConfig(await folder.readText(path), schema, path);
}

/** Networks that are sound each by itself, but are not parts of one model that is run here. */
function checkFit(name: string, { textEncoder, unet, vae: { config: vae } }: CheckpointConfigs): void {
  const channels = `its denoiser turns ${unet.in_channels} channels into ${unet.out_channels}`;
  if (unet.in_channels !== vae.latent_channels || unet.out_channels !== vae.latent_channels) {
    throw modelUnsupported(name, `${channels}, and its autoencoder has ${vae.latent_channels}`);
  }
  if (unet.cross_attention_dim !== textEncoder.hidden_size) {
    throw modelUnsupported(name, 'its denoiser does not listen to its text encoder, but to something wider');
  }
  if (vae.in_channels !== vae.out_channels || ![1, 3].includes(vae.out_channels)) {
    throw modelUnsupported(name, 'its pictures are neither grey nor of three colours');
  }
}

/** Both autoencoders must speak of the same latents and pictures. */
function checkTinyFit(name: string, { vae, tinyVae }: CheckpointConfigs): void {
  if (!tinyVae) return;
  const sizes = [vae, { kind: 'AutoencoderTiny', config: tinyVae } as const].map((autoencoder) => [
    autoencoder.config.latent_channels,
    autoencoder.config.out_channels,
    pixelsPerLatent(autoencoder),
  ]);
  if (new Set(sizes.map((size) => size.join())).size === 1) return;
  throw modelUnsupported(name, 'its two autoencoders, vae and vae_tiny, do not share their latents');
}

function pixelsPerLatent(vae: AutoencoderConfig): number {
  const levels =
    vae.kind === 'AutoencoderKL'
      ? vae.config.block_out_channels.length
      : vae.config.encoder_block_out_channels.length;
  return 2 ** (levels - 1);
}
