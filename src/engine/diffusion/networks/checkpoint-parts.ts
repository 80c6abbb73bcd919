/** The weights of a checkpoint in diffusers' layout, by the folder that they are in. */
import { posix } from 'node:path';

import { CheckpointWeights } from '../../checkpoint/safetensors/checkpoint-weights.js';
import type { LocateOptions } from '../../checkpoint/safetensors/located-tensors.js';
import type { NamedWeights } from '../../checkpoint/weight-source.js';
import type { ModelFolder } from '../../runtime/model-folder.js';

export type CheckpointPart = 'text_encoder' | 'unet' | 'vae' | 'vae_tiny';
/** With a second, small autoencoder where there is one. */
export type CheckpointParts = Readonly<Record<Exclude<CheckpointPart, 'vae_tiny'>, NamedWeights>> & {
  readonly vae_tiny?: NamedWeights;
};

/** There is a small autoencoder when there is this file. */
export const TINY_VAE_CONFIG = 'vae_tiny/config.json';

/** As published: of the full checkpoint, and of the one at half precision. */
const WEIGHT_FILES: Readonly<Record<CheckpointPart, readonly [string, ...string[]]>> = {
  text_encoder: ['model.safetensors', 'model.fp16.safetensors'],
  unet: ['diffusion_pytorch_model.safetensors', 'diffusion_pytorch_model.fp16.safetensors'],
  vae: ['diffusion_pytorch_model.safetensors', 'diffusion_pytorch_model.fp16.safetensors'],
  vae_tiny: ['diffusion_pytorch_model.safetensors', 'diffusion_pytorch_model.fp16.safetensors'],
};

/**
 * Reads the headers of the weights, checked against the manifest.
 * @throws EngineError `model_missing` or `model_corrupt`
 */
export async function openCheckpointParts(
  folder: ModelFolder,
  options?: LocateOptions,
): Promise<CheckpointParts> {
  return {
    text_encoder: await openPart(folder, 'text_encoder', options),
    unet: await openPart(folder, 'unet', options),
    vae: await openPart(folder, 'vae', options),
    ...(folder.has(TINY_VAE_CONFIG) && { vae_tiny: await openPart(folder, 'vae_tiny', options) }),
  };
}

async function openPart(
  folder: ModelFolder,
  part: CheckpointPart,
  options?: LocateOptions,
): Promise<NamedWeights> {
  const candidates = WEIGHT_FILES[part].map((file) => `${part}/${file}`);
  const isThere = (file: string): boolean => folder.has(file) || folder.has(`${file}.index.json`);
  const file = candidates.find(isThere) ?? `${part}/${WEIGHT_FILES[part][0]}`;
  await folder.path(folder.has(`${file}.index.json`) ? `${file}.index.json` : file);
  const weights = await CheckpointWeights.open(folder.root, file, options);
  for (const name of new Set(
    weights.names.map((tensor) => posix.basename(weights.find(tensor)?.file ?? file)),
  )) {
    await folder.path(`${part}/${name}`);
  }
  return weights;
}
