import { EngineError } from '../errors.js';
import type { Precision } from '../limits.js';
import type { InferenceSession } from '../runtime/inference-session.js';
import type { ModelFolder } from '../runtime/model-folder.js';
import { DiffusionPipeline } from './diffusion-pipeline.js';
import { GuidedUnet } from './guided-unet.js';
import { conditionsOf, readModelConfig } from './model-config.js';
import type { ModelConfig } from './model-config.js';
import { openAdaptedCheckpoint } from './networks/adapted-checkpoint.js';
import type { LoraChoice } from './networks/adapted-checkpoint.js';
import { CheckpointNetworks } from './networks/checkpoint-networks.js';
import { ExportedNetworks } from './networks/exported-networks.js';
import type { NetworkName, NetworkSource } from './networks/network-source.js';
import type { OpenSession } from './networks/open-session.js';
import { CHECKPOINT_MAX_CHUNKS, PromptEncoder } from './prompt-encoder.js';
import type { PromptEncoderOptions } from './prompt-encoder.js';
import type { OpenNoiseSource } from './starting-point.js';
import { loadTokenizer } from './tokenizer.js';
import type { TextEncoderSize } from './tokenizer.js';
import { VaeDecoder } from './vae-decoder.js';
import { VaeEncoder } from './vae-encoder.js';

export interface LoadPipelineOptions {
  /** Added to the weights of a checkpoint. @defaultValue none */
  readonly loras?: readonly LoraChoice[] | undefined;
  /**
   * Make a checkpoint's pictures continue at their left edge, for clips that loop. Models that do it by themselves do so
   * whatever this says. @defaultValue false
   */
  readonly circular?: boolean | undefined;
  /** Of a checkpoint's denoiser. @defaultValue 'float32' */
  readonly precision?: Precision | undefined;
  /** Layers of a checkpoint's text encoder left out at its end. @defaultValue 0 */
  readonly clipSkip?: number | undefined;
  /** Decode with the checkpoint's tiny autoencoder instead of its own. @defaultValue false */
  readonly tinyDecoder?: boolean | undefined;
  /** See `PipelineParts`. */
  readonly openNoiseSource?: OpenNoiseSource | undefined;
}

/**
 * Reads a model's settings and loads its networks, but the one that pictures go in by: that is loaded with the first
 * picture.
 * @throws EngineError `model_missing`, `model_corrupt` or `model_unsupported`; `invalid_request` for what only
 * checkpoints can do, of a model that is none
 */
export async function loadPipeline(
  folder: ModelFolder,
  openSession: OpenSession,
  options: LoadPipelineOptions = {},
): Promise<DiffusionPipeline> {
  const config = await readModelConfig(folder);
  const tokenizer = await loadTokenizer(folder, textEncoderSize(config));
  const networks = await networkSource(folder, config, { ...options, openSession });
  const decoder = chooseDecoder(folder.name, config, options);
  const { textEncoder, unet, vaeDecoder } = await openNetworks(networks, decoder.network);
  const { scalingFactor, pictureChannels: channels } = config;
  return new DiffusionPipeline({
    config,
    promptEncoder: new PromptEncoder(tokenizer, textEncoder, hearingOf(config)),
    unet: new GuidedUnet(unet, {
      numTrainTimesteps: config.scheduler.num_train_timesteps,
      conditions: conditionsOf(config),
      openShallowUnet: networks.hasShallowUnet ? () => networks.open('shallow_unet') : undefined,
    }),
    vaeDecoder: new VaeDecoder(vaeDecoder, decoder.scalingFactor),
    vaeEncoder: new VaeEncoder({ open: () => networks.open('vae_encoder'), channels, scalingFactor }),
    openNoiseSource: options.openNoiseSource,
  });
}

/** What each text is at most, in the text encoder's own words. */
function textEncoderSize({ networks }: ModelConfig): TextEncoderSize {
  if (networks.kind === 'exported') return {};
  const { vocab_size: vocabSize, max_position_embeddings: maxLength } = networks.textEncoder;
  return { vocabSize, maxLength };
}

interface DecoderChoice {
  readonly network: NetworkName;
  readonly scalingFactor: number;
}

function chooseDecoder(
  model: string,
  { networks, scalingFactor }: ModelConfig,
  { tinyDecoder = false }: LoadPipelineOptions,
): DecoderChoice {
  if (!tinyDecoder) return { network: 'vae_decoder', scalingFactor };
  const tiny = networks.kind === 'checkpoint' ? networks.tinyVae : undefined;
  if (tiny) return { network: 'tiny_vae_decoder', scalingFactor: tiny.scaling_factor };
  const message =
    `The model "${model}" has no tiny decoder: put an AutoencoderTiny, such as taesd, into the folder vae_tiny of a ` +
    'checkpoint and add that anew, or go without.';
  throw new EngineError('invalid_request', message);
}

/** Only the denoisers of checkpoints listen to prompts of any length. */
function hearingOf({ networks }: ModelConfig): PromptEncoderOptions {
  return networks.kind === 'checkpoint'
    ? { maxChunks: CHECKPOINT_MAX_CHUNKS }
    : { maxWords: networks.maxWords };
}

async function networkSource(
  folder: ModelFolder,
  { networks: configs }: ModelConfig,
  options: LoadPipelineOptions & { readonly openSession: OpenSession },
): Promise<NetworkSource> {
  const { loras = [], circular, precision, clipSkip = 0, openSession } = options;
  if (configs.kind === 'checkpoint') {
    const { parts, dataFolder } = await openAdaptedCheckpoint(folder, loras);
    return new CheckpointNetworks({ configs, parts, dataFolder, openSession, circular, precision, clipSkip });
  }
  if (loras.length === 0 && clipSkip === 0) return new ExportedNetworks(folder, openSession);
  const what = loras.length > 0 ? 'LoRAs' : 'clip skip';
  const message = `The model "${folder.name}" takes no ${what}: choose a Stable Diffusion checkpoint, or go without.`;
  throw new EngineError('invalid_request', message);
}

interface OpenNetworks {
  readonly textEncoder: InferenceSession;
  readonly unet: InferenceSession;
  readonly vaeDecoder: InferenceSession;
}

/** All or none: what has been loaded is let go when another one does not load. */
async function openNetworks(networks: NetworkSource, decoder: NetworkName): Promise<OpenNetworks> {
  const opened: InferenceSession[] = [];
  const open = async (name: NetworkName): Promise<InferenceSession> => {
    const session = await networks.open(name);
    opened.push(session);
    return session;
  };
  try {
    return {
      textEncoder: await open('text_encoder'),
      unet: await open('unet'),
      vaeDecoder: await open(decoder),
    };
  } catch (error) {
    await Promise.all(opened.map((session) => session.dispose()));
    throw error;
  }
}
