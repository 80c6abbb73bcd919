import { vaeDecoderGraph, vaeEncoderGraph } from '../../checkpoint/networks/autoencoder-kl.js';
import { tinyDecoderGraph, tinyEncoderGraph } from '../../checkpoint/networks/autoencoder-tiny.js';
import type { TinyVaeConfig } from '../../checkpoint/networks/autoencoder-tiny.js';
import { clipTextGraph } from '../../checkpoint/networks/clip-text-model.js';
import type { GraphOptions, GraphTarget } from '../../checkpoint/networks/graph-options.js';
import { unetGraph } from '../../checkpoint/networks/unet-2d-condition-model.js';
import type { NamedWeights } from '../../checkpoint/weight-source.js';
import type { Precision } from '../../limits.js';
import type { InferenceSession } from '../../runtime/inference-session.js';
import type { AutoencoderConfig, CheckpointConfigs } from '../stable-diffusion-config.js';
import type { CheckpointPart, CheckpointParts } from './checkpoint-parts.js';
import type { NetworkName, NetworkSource } from './network-source.js';
import { loadedOrCorrupt } from './open-session.js';
import type { NetworkSessionOptions, OpenSession } from './open-session.js';

export interface CheckpointNetworksOptions {
  readonly configs: CheckpointConfigs;
  /** Trained tensors, with or without changes to them. */
  readonly parts: CheckpointParts;
  /** Folder that the tensors' locations begin at. */
  readonly dataFolder: string;
  readonly openSession: OpenSession;
  /** Left and right edges of pictures are neighbours. @defaultValue false */
  readonly circular?: boolean | undefined;
  /** Of the denoiser; the others are small, or would show it. @defaultValue 'float32' */
  readonly precision?: Precision | undefined;
  /** Layers of the text encoder left out at its end. @defaultValue 0 */
  readonly clipSkip?: number | undefined;
}

/**
 * A network of as many weights or more leaves them as they lie in the file, where other processes share them, and gives
 * up 10 to 15 % of speed for it. That is the denoiser and the text encoder; the autoencoder is smaller.
 */
const LARGE_NETWORK_WEIGHTS = 100e6;
const LARGE_NETWORK: NetworkSessionOptions = { graphOptimizationLevel: 'extended', prepackWeights: false };

/** It runs once for a clip, and would keep two gigabytes until the next. */
const AUTOENCODER: NetworkSessionOptions = { keepRunMemory: false };

const PART_OF: Readonly<Record<NetworkName, CheckpointPart>> = {
  text_encoder: 'text_encoder',
  unet: 'unet',
  shallow_unet: 'unet',
  vae_decoder: 'vae',
  tiny_vae_decoder: 'vae_tiny',
  vae_encoder: 'vae',
};

/** Networks of a Stable Diffusion checkpoint, whose graphs are written here, over the weights in their own files. */
export class CheckpointNetworks implements NetworkSource {
  readonly hasShallowUnet = true;
  readonly #options: CheckpointNetworksOptions;

  constructor(options: CheckpointNetworksOptions) {
    this.#options = options;
  }

  async open(name: NetworkName): Promise<InferenceSession> {
    const { parts, dataFolder, openSession } = this.#options;
    const isLarge = countWeights(weightsOf(parts, name)) >= LARGE_NETWORK_WEIGHTS;
    const options = {
      externalDataFolder: dataFolder,
      ...(isLarge && LARGE_NETWORK),
      ...(PART_OF[name] === 'vae' && AUTOENCODER),
    };
    return loadedOrCorrupt(name, () => openSession((target) => this.#graph(name, target), options));
  }

  #graph(name: NetworkName, target: GraphTarget): Uint8Array {
    const { configs, parts, circular = false, clipSkip = 0 } = this.#options;
    const precision = this.#precisionOn(target);
    const weights = weightsOf(parts, name);
    const options = { circular, target };
    switch (name) {
      case 'text_encoder':
        return clipTextGraph(configs.textEncoder, weights, { target, clipSkip });
      case 'unet':
        return unetGraph(configs.unet, weights, { ...options, precision, part: 'whole-and-deep-features' });
      case 'shallow_unet':
        return unetGraph(configs.unet, weights, { ...options, precision, part: 'shallow' });
      case 'vae_decoder':
        return decoderGraph(configs.vae, weights, options);
      case 'tiny_vae_decoder':
        return tinyDecoderGraph(configOfTiny(configs), weights, options);
      case 'vae_encoder':
        return encoderGraph(configs.vae, weights, options);
    }
  }

  /** Graphics cards have no operators for 8-bit sums. */
  #precisionOn(target: GraphTarget): Precision {
    const { precision = 'float32' } = this.#options;
    return precision === 'int8' && target !== 'cpu' ? 'float32' : precision;
  }
}

function weightsOf(parts: CheckpointParts, name: NetworkName): NamedWeights {
  const weights = parts[PART_OF[name]];
  if (!weights) throw noSuchNetwork(name);
  return weights;
}

function configOfTiny({ tinyVae }: CheckpointConfigs): TinyVaeConfig {
  if (!tinyVae) throw noSuchNetwork('tiny_vae_decoder');
  return tinyVae;
}

function noSuchNetwork(name: NetworkName): Error {
  return new Error(`The checkpoint has no ${name}: its configuration tells before it is asked for.`);
}

function decoderGraph(
  { kind, config }: AutoencoderConfig,
  weights: NamedWeights,
  options: GraphOptions,
): Uint8Array {
  const [large, tiny] = [vaeDecoderGraph, tinyDecoderGraph];
  return kind === 'AutoencoderKL' ? large(config, weights, options) : tiny(config, weights, options);
}

function encoderGraph(
  { kind, config }: AutoencoderConfig,
  weights: NamedWeights,
  options: GraphOptions,
): Uint8Array {
  const [large, tiny] = [vaeEncoderGraph, tinyEncoderGraph];
  return kind === 'AutoencoderKL' ? large(config, weights, options) : tiny(config, weights, options);
}

function countWeights(weights: NamedWeights): number {
  let count = 0;
  for (const name of weights.names) {
    count += (weights.find(name)?.shape ?? [0]).reduce((product, size) => product * size, 1);
  }
  return count;
}
