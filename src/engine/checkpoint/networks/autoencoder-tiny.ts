/**
 * The tiny autoencoder distilled from Stable Diffusion's (TAESD, Boer Bohan 2023) as diffusers' `AutoencoderTiny` has
 * it: convolutions and nothing else, for a small part of the sums.
 */
import { z } from 'zod';

import { GraphBuilder } from '../onnx/graph-builder.js';
import type { Value } from '../onnx/graph-builder.js';
import type { WeightSource } from '../weight-source.js';
import type { GraphOptions } from './graph-options.js';
import { LayerScope } from './layer-scope.js';
import { convolution, doubleSize, relu } from './layers.js';

const count = z.int().min(1).max(65_536);
const stages = z.array(count).min(1).max(16);
/** Residual blocks of each stage. */
const depths = z.array(z.int().min(0).max(64)).min(1).max(16);

/** `config.json` of an `AutoencoderTiny`; settings left out have diffusers' defaults. */
export const tinyVaeConfigSchema = z
  .object({
    in_channels: count.default(3),
    out_channels: count.default(3),
    latent_channels: count.default(4),
    /** Stages do not change the number of channels: the entries of each are equal. */
    encoder_block_out_channels: stages.default([64, 64, 64, 64]),
    decoder_block_out_channels: stages.default([64, 64, 64, 64]),
    num_encoder_blocks: depths.default([1, 3, 3, 3]),
    num_decoder_blocks: depths.default([3, 3, 3, 1]),
    /** The denoiser's latents are the autoencoder's times this: mostly 1, other than those of the large one. */
    scaling_factor: z.number().positive().default(1),
    act_fn: z.literal('relu').default('relu'),
    upsampling_scaling_factor: z.literal(2).default(2),
    upsample_fn: z.literal('nearest').default('nearest'),
  })
  .superRefine((config, context) => {
    for (const part of ['encoder', 'decoder'] as const) {
      const channels = config[`${part}_block_out_channels`];
      if (channels.some((entry) => entry !== channels[0])) {
        const path = [`${part}_block_out_channels`];
        context.addIssue({ code: 'custom', path, message: 'must be equal in all stages' });
      }
      if (config[`num_${part}_blocks`].length !== channels.length) {
        const message = `must have ${channels.length} entries`;
        context.addIssue({ code: 'custom', path: [`num_${part}_blocks`], message });
      }
    }
  });

export type TinyVaeConfig = z.infer<typeof tinyVaeConfigSchema>;

/** Latents reach the decoder within plus and minus this. */
const LATENT_BOUND = 3;

/**
 * Input `sample` `[batch, in_channels, height, width]` in [-1, 1]; output `latent_sample`
 * `[batch, latent_channels, height / 2^k, width / 2^k]`, k = stages - 1, before the scaling factor: this autoencoder
 * gives no distribution. All float32.
 *
 * @returns an ONNX model
 * @throws EngineError `model_corrupt` when the weights are not those of the configuration
 */
export function tinyEncoderGraph(
  config: TinyVaeConfig,
  weights: WeightSource,
  options: GraphOptions = {},
): Uint8Array {
  const graph = new GraphBuilder('vae_encoder', weights);
  const sample = graph.input('sample', 'float32', ['batch', config.in_channels, 'height', 'width']);
  const latents = encode(new LayerScope(graph, 'encoder.layers', options), sample, config);
  const shape = ['batch', config.latent_channels, 'rows', 'columns'];
  graph.output('latent_sample', latents, shape);
  return graph.build();
}

/**
 * Input `latent_sample` `[batch, latent_channels, rows, columns]`, already divided by the scaling factor; output
 * `sample` `[batch, out_channels, rows * 2^k, columns * 2^k]`, k = stages - 1, about [-1, 1]. All float32.
 *
 * @returns an ONNX model
 * @throws EngineError `model_corrupt` when the weights are not those of the configuration
 */
export function tinyDecoderGraph(
  config: TinyVaeConfig,
  weights: WeightSource,
  options: GraphOptions = {},
): Uint8Array {
  const graph = new GraphBuilder('vae_decoder', weights);
  const shape = ['batch', config.latent_channels, 'rows', 'columns'];
  const latents = graph.input('latent_sample', 'float32', shape);
  const sample = decode(new LayerScope(graph, 'decoder.layers', options), latents, config);
  graph.output('sample', sample, ['batch', config.out_channels, 'height', 'width']);
  return graph.build();
}

function encode(scope: LayerScope, sample: Value, config: TinyVaeConfig): Value {
  const { in_channels: inputs, encoder_block_out_channels: stageChannels } = config;
  const channels = stageChannels[0] ?? 0;
  const square = { inputs: channels, outputs: channels };
  const layers = new LayerSequence(scope);
  // The network sees pictures in [0, 1].
  let x = scope.asComputed(scaleAndShift(scope, sample, 1 / 2, 1 / 2));
  for (const [stage, depth] of config.num_encoder_blocks.entries()) {
    x =
      stage === 0
        ? convolution(layers.next(), x, { inputs, outputs: channels })
        : convolution(layers.next(), x, { ...square, stride: 2, hasBias: false });
    for (let block = 0; block < depth; block++) x = residualBlock(layers.next(), x, channels);
  }
  const latents = convolution(layers.next(), x, { inputs: channels, outputs: config.latent_channels });
  return scope.asFloat32(latents);
}

function decode(scope: LayerScope, latents: Value, config: TinyVaeConfig): Value {
  const {
    latent_channels: inputs,
    decoder_block_out_channels: stageChannels,
    out_channels: outputs,
  } = config;
  const channels = stageChannels[0] ?? 0;
  const square = { inputs: channels, outputs: channels };
  const layers = new LayerSequence(scope);
  const bounded = scope.asComputed(softBounds(scope, latents));
  let x = convolution(layers.next(), bounded, { inputs, outputs: channels });
  x = relu(layers.next(), x);
  for (const [stage, depth] of config.num_decoder_blocks.entries()) {
    for (let block = 0; block < depth; block++) x = residualBlock(layers.next(), x, channels);
    if (stage < stageChannels.length - 1) {
      x = doubleSize(layers.next(), x);
      x = convolution(layers.next(), x, { ...square, hasBias: false });
    }
  }
  const picture = convolution(layers.next(), x, { inputs: channels, outputs });
  return scaleAndShift(scope, scope.asFloat32(picture), 2, -1);
}

/** Counts layers as torch's `Sequential` does, those without weights too. */
class LayerSequence {
  readonly #scope: LayerScope;
  #count = 0;

  constructor(scope: LayerScope) {
    this.#scope = scope;
  }

  next(): LayerScope {
    return this.#scope.child(this.#count++);
  }
}

/** `AutoencoderTinyBlock` of diffusers: three convolutions around a shortcut. */
function residualBlock(scope: LayerScope, x: Value, channels: number): Value {
  const square = { inputs: channels, outputs: channels };
  const first = relu(scope, convolution(scope.child('conv.0'), x, square));
  const second = relu(scope, convolution(scope.child('conv.2'), first, square));
  const third = convolution(scope.child('conv.4'), second, square);
  return relu(scope, scope.graph.node('Add', [third, x]));
}

/** 3 tanh(x / 3). */
function softBounds({ graph }: LayerScope, x: Value): Value {
  const squeezed = graph.node('Mul', [x, graph.floats([1 / LATENT_BOUND], [])]);
  return graph.node('Mul', [graph.node('Tanh', [squeezed]), graph.floats([LATENT_BOUND], [])]);
}

function scaleAndShift({ graph }: LayerScope, x: Value, scale: number, shift: number): Value {
  const scaled = graph.node('Mul', [x, graph.floats([scale], [])]);
  return graph.node('Add', [scaled, graph.floats([shift], [])]);
}
