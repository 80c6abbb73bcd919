import { vaeDecoderGraph, vaeEncoderGraph } from '../../checkpoint/networks/autoencoder-kl.js';
import { tinyDecoderGraph, tinyEncoderGraph } from '../../checkpoint/networks/autoencoder-tiny.js';
import { clipTextGraph } from '../../checkpoint/networks/clip-text-model.js';
import { unetGraph } from '../../checkpoint/networks/unet-2d-condition-model.js';
import type { NamedWeights } from '../../checkpoint/weight-source.js';
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
}

/**
 * A network of as many weights or more leaves them as they lie in the file, where other processes share them, and
 * gives up 10 to 15 % of speed for it: a copy would take half a gigabyte or more.
 */
const LARGE_NETWORK_WEIGHTS = 2 ** 27;
const LARGE_NETWORK: NetworkSessionOptions = { graphOptimizationLevel: 'extended', prepackWeights: false };

const PART_OF: Readonly<Record<NetworkName, CheckpointPart>> = {
  text_encoder: 'text_encoder',
  unet: 'unet',
  vae_decoder: 'vae',
  vae_encoder: 'vae',
};

/** Networks of a Stable Diffusion checkpoint, whose graphs are written here, over the weights in their own files. */
export class CheckpointNetworks implements NetworkSource {
  readonly #options: CheckpointNetworksOptions;

  constructor(options: CheckpointNetworksOptions) {
    this.#options = options;
  }

  async open(name: NetworkName): Promise<InferenceSession> {
    const { configs, parts, dataFolder, openSession } = this.#options;
    const weights = parts[PART_OF[name]];
    const graph = graphOf(name, configs, weights);
    const isLarge = countWeights(weights) >= LARGE_NETWORK_WEIGHTS;
    const options = { externalDataFolder: dataFolder, ...(isLarge && LARGE_NETWORK) };
    return loadedOrCorrupt(name, () => openSession(graph, options));
  }
}

function graphOf(
  name: NetworkName,
  { textEncoder, unet, vae }: CheckpointConfigs,
  weights: NamedWeights,
): Uint8Array {
  switch (name) {
    case 'text_encoder':
      return clipTextGraph(textEncoder, weights);
    case 'unet':
      return unetGraph(unet, weights);
    case 'vae_decoder':
      return decoderGraph(vae, weights);
    case 'vae_encoder':
      return encoderGraph(vae, weights);
  }
}

function decoderGraph({ kind, config }: AutoencoderConfig, weights: NamedWeights): Uint8Array {
  return kind === 'AutoencoderKL' ? vaeDecoderGraph(config, weights) : tinyDecoderGraph(config, weights);
}

function encoderGraph({ kind, config }: AutoencoderConfig, weights: NamedWeights): Uint8Array {
  return kind === 'AutoencoderKL' ? vaeEncoderGraph(config, weights) : tinyEncoderGraph(config, weights);
}

function countWeights(weights: NamedWeights): number {
  let count = 0;
  for (const name of weights.names) {
    count += (weights.find(name)?.shape ?? [0]).reduce((product, size) => product * size, 1);
  }
  return count;
}
