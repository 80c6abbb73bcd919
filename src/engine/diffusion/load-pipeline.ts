import { EngineError } from '../errors.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import { DiffusionPipeline } from './diffusion-pipeline.js';
import { GuidedUnet } from './guided-unet.js';
import { readModelConfig } from './model-config.js';
import type { ModelConfig } from './model-config.js';
import { openAdaptedCheckpoint } from './networks/adapted-checkpoint.js';
import type { LoraChoice } from './networks/adapted-checkpoint.js';
import { CheckpointNetworks } from './networks/checkpoint-networks.js';
import { ExportedNetworks } from './networks/exported-networks.js';
import type { NetworkSource } from './networks/network-source.js';
import type { OpenSession } from './networks/open-session.js';
import { CHECKPOINT_MAX_CHUNKS, PromptEncoder } from './prompt-encoder.js';
import type { OpenNoiseSource } from './starting-point.js';
import { loadTokenizer } from './tokenizer.js';
import { VaeDecoder } from './vae-decoder.js';
import { VaeEncoder } from './vae-encoder.js';

export interface LoadPipelineOptions {
  /** Added to the weights of a checkpoint. @defaultValue none */
  readonly loras?: readonly LoraChoice[];
  /** See `PipelineParts`. */
  readonly openNoiseSource?: OpenNoiseSource;
}

/**
 * Reads a model's settings and loads its networks, but the one that pictures go in by: that is loaded with the first
 * picture.
 * @throws EngineError `model_missing`, `model_corrupt` or `model_unsupported`; `invalid_request` for LoRAs on a model that
 * is no checkpoint
 */
export async function loadPipeline(
  folder: ModelFolder,
  openSession: OpenSession,
  { loras = [], openNoiseSource }: LoadPipelineOptions = {},
): Promise<DiffusionPipeline> {
  const config = await readModelConfig(folder);
  const tokenizer = await loadTokenizer(folder);
  const networks = await networkSource(folder, config, { loras, openSession });
  const { scalingFactor, pictureChannels: channels } = config;
  // Only the networks of checkpoints listen to prompts of any length.
  const maxChunks = config.networks.kind === 'checkpoint' ? CHECKPOINT_MAX_CHUNKS : 1;
  return new DiffusionPipeline({
    config,
    promptEncoder: new PromptEncoder(tokenizer, await networks.open('text_encoder'), { maxChunks }),
    unet: new GuidedUnet(await networks.open('unet')),
    vaeDecoder: new VaeDecoder(await networks.open('vae_decoder'), scalingFactor),
    vaeEncoder: new VaeEncoder({ open: () => networks.open('vae_encoder'), channels, scalingFactor }),
    ...(openNoiseSource && { openNoiseSource }),
  });
}

async function networkSource(
  folder: ModelFolder,
  { networks: configs }: ModelConfig,
  { loras, openSession }: { readonly loras: readonly LoraChoice[]; readonly openSession: OpenSession },
): Promise<NetworkSource> {
  if (configs.kind === 'checkpoint') {
    return new CheckpointNetworks({ configs, openSession, ...(await openAdaptedCheckpoint(folder, loras)) });
  }
  if (loras.length === 0) return new ExportedNetworks(folder, openSession);
  const message = `The model "${folder.name}" takes no LoRAs: choose a Stable Diffusion checkpoint, or leave them out.`;
  throw new EngineError('invalid_request', message);
}
