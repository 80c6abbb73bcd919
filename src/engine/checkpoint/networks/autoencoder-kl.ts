/** The autoencoder between pictures and latents (Rombach et al. 2022), as diffusers' `AutoencoderKL` has it. */
import { z } from 'zod';

import { GraphBuilder } from '../onnx/graph-builder.js';
import type { Value } from '../onnx/graph-builder.js';
import type { WeightSource } from '../weight-source.js';
import { attention } from './attention.js';
import type { GraphOptions } from './graph-options.js';
import { LayerScope } from './layer-scope.js';
import { convolution, doubleSize, groupNorm, linear, pixelsToRows, rowsToPixels, silu } from './layers.js';
import { residualBlock } from './residual-block.js';

const count = z.int().min(1).max(65_536);

/** `vae/config.json`; settings left out have diffusers' defaults. */
export const vaeConfigSchema = z
  .object({
    in_channels: count.default(3),
    out_channels: count.default(3),
    latent_channels: count.default(4),
    block_out_channels: z.array(count).min(1).max(16).default([64]),
    layers_per_block: count.default(1),
    norm_num_groups: count.default(32),
    /** The denoiser's latents are the autoencoder's times this. */
    scaling_factor: z.number().positive().default(0.18215),
    down_block_types: z.array(z.literal('DownEncoderBlock2D')).optional(),
    up_block_types: z.array(z.literal('UpDecoderBlock2D')).optional(),
    act_fn: z.enum(['silu', 'swish']).default('silu'),
    mid_block_add_attention: z.literal(true).default(true),
    use_quant_conv: z.boolean().default(true),
    use_post_quant_conv: z.boolean().default(true),
  })
  .refine(
    (config) => config.block_out_channels.every((channels) => channels % config.norm_num_groups === 0),
    {
      path: ['block_out_channels'],
    },
  );

export type VaeConfig = z.infer<typeof vaeConfigSchema>;

const EPSILON = 1e-6;
/** Bounds of the logarithm of the variance. */
const [MIN_LOGVAR, MAX_LOGVAR] = [-30, 20];

/**
 * Input `sample` `[batch, in_channels, height, width]` in [-1, 1]; outputs `mean` and `logvar`
 * `[batch, latent_channels, height / 2^k, width / 2^k]`, k = blocks - 1: the Gaussian that latents are drawn from,
 * before the scaling factor. All float32.
 *
 * @returns an ONNX model
 * @throws EngineError `model_corrupt` when the weights are not those of the configuration
 */
export function vaeEncoderGraph(
  config: VaeConfig,
  weights: WeightSource,
  options: GraphOptions = {},
): Uint8Array {
  const graph = new GraphBuilder('vae_encoder', weights);
  const scope = new LayerScope(graph, '', options);
  const sample = graph.input('sample', 'float32', ['batch', config.in_channels, 'height', 'width']);
  const moments = 2 * config.latent_channels;
  const encoded = encode(scope.child('encoder'), scope.asComputed(sample), config);
  const pointwise = { inputs: moments, outputs: moments, kernel: 1 };
  const projected = config.use_quant_conv
    ? convolution(scope.child('quant_conv'), encoded, pointwise)
    : encoded;
  const [mean, logvar] = graph.halves(scope.asFloat32(projected), 1);
  const bounds = [graph.floats([MIN_LOGVAR], []), graph.floats([MAX_LOGVAR], [])];
  const shape = ['batch', config.latent_channels, 'rows', 'columns'];
  graph.output('mean', mean, shape);
  graph.output('logvar', graph.node('Clip', [logvar, ...bounds]), shape);
  return graph.build();
}

/**
 * Input `latent_sample` `[batch, latent_channels, rows, columns]`, already divided by the scaling factor; output
 * `sample` `[batch, out_channels, rows * 2^k, columns * 2^k]`, k = blocks - 1, about [-1, 1]. All float32.
 *
 * @returns an ONNX model
 * @throws EngineError `model_corrupt` when the weights are not those of the configuration
 */
export function vaeDecoderGraph(
  config: VaeConfig,
  weights: WeightSource,
  options: GraphOptions = {},
): Uint8Array {
  const graph = new GraphBuilder('vae_decoder', weights);
  const scope = new LayerScope(graph, '', options);
  const { latent_channels: latentChannels } = config;
  const latents = graph.input('latent_sample', 'float32', ['batch', latentChannels, 'rows', 'columns']);
  const computed = scope.asComputed(latents);
  const pointwise = { inputs: latentChannels, outputs: latentChannels, kernel: 1 };
  const projected = config.use_post_quant_conv
    ? convolution(scope.child('post_quant_conv'), computed, pointwise)
    : computed;
  const decoded = decode(scope.child('decoder'), projected, config);
  graph.output('sample', scope.asFloat32(decoded), ['batch', config.out_channels, 'height', 'width']);
  return graph.build();
}

function encode(scope: LayerScope, sample: Value, config: VaeConfig): Value {
  const levels = config.block_out_channels;
  let channels = levels[0] ?? 0;
  let x = convolution(scope.child('conv_in'), sample, { inputs: config.in_channels, outputs: channels });
  for (const [level, outputs] of levels.entries()) {
    const block = scope.child(`down_blocks.${level}`);
    x = residuals(block, x, { inputs: channels, outputs, layers: config.layers_per_block }, config);
    channels = outputs;
    if (level < levels.length - 1) x = halveSize(block, x, channels);
  }
  x = middle(scope.child('mid_block'), x, channels, config);
  return finish(scope, x, { inputs: channels, outputs: 2 * config.latent_channels }, config);
}

function decode(scope: LayerScope, latents: Value, config: VaeConfig): Value {
  const levels = [...config.block_out_channels].reverse();
  let channels = levels[0] ?? 0;
  let x = convolution(scope.child('conv_in'), latents, { inputs: config.latent_channels, outputs: channels });
  x = middle(scope.child('mid_block'), x, channels, config);
  for (const [level, outputs] of levels.entries()) {
    const block = scope.child(`up_blocks.${level}`);
    x = residuals(block, x, { inputs: channels, outputs, layers: config.layers_per_block + 1 }, config);
    channels = outputs;
    if (level < levels.length - 1) {
      x = convolution(block.child('upsamplers.0.conv'), doubleSize(block, x), { inputs: channels, outputs });
    }
  }
  return finish(scope, x, { inputs: channels, outputs: config.out_channels }, config);
}

interface ChannelChange {
  readonly inputs: number;
  readonly outputs: number;
}

function residuals(
  block: LayerScope,
  x: Value,
  { inputs, outputs, layers }: ChannelChange & { readonly layers: number },
  config: VaeConfig,
): Value {
  let result = x;
  for (let layer = 0; layer < layers; layer++) {
    const scope = block.child(`resnets.${layer}`);
    result = residual(scope, result, { inputs: layer === 0 ? inputs : outputs, outputs }, config);
  }
  return result;
}

function residual(scope: LayerScope, x: Value, change: ChannelChange, config: VaeConfig): Value {
  return residualBlock(scope, x, { ...change, groups: config.norm_num_groups, epsilon: EPSILON });
}

/** A row and a column of zeros at the end only, as the autoencoder was trained with. */
function halveSize(block: LayerScope, x: Value, channels: number): Value {
  const options = { inputs: channels, outputs: channels, stride: 2, pads: [0, 0, 1, 1] } as const;
  return convolution(block.child('downsamplers.0.conv'), x, options);
}

function middle(scope: LayerScope, x: Value, channels: number, config: VaeConfig): Value {
  const square = { inputs: channels, outputs: channels };
  const first = residual(scope.child('resnets.0'), x, square, config);
  const attended = selfAttention(scope.child('attentions.0'), first, channels, config);
  return residual(scope.child('resnets.1'), attended, square, config);
}

/** Names of the projections, in checkpoints up to 2022 and since. */
const OLDER_NAMES = { query: 'query', key: 'key', value: 'value', output: 'proj_attn' } as const;
const NEWER_NAMES = { query: 'to_q', key: 'to_k', value: 'to_v', output: 'to_out.0' } as const;

function selfAttention(scope: LayerScope, x: Value, channels: number, config: VaeConfig): Value {
  const names = scope.hasWeight('query.weight') ? OLDER_NAMES : NEWER_NAMES;
  const norm = { channels, groups: config.norm_num_groups, epsilon: EPSILON };
  const rows = pixelsToRows(scope, groupNorm(scope.child('group_norm'), x, norm), channels);
  const project = (name: string, value: Value): Value =>
    linear(scope.child(name), value, { inputs: channels, outputs: channels });
  const [query, key, value] = [
    project(names.query, rows),
    project(names.key, rows),
    project(names.value, rows),
  ] as const;
  const attended = project(names.output, attention(scope, query, key, value, { channels, heads: 1 }));
  return scope.graph.node('Add', [rowsToPixels(scope, attended, x), x]);
}

function finish(scope: LayerScope, x: Value, { inputs, outputs }: ChannelChange, config: VaeConfig): Value {
  const norm = { channels: inputs, groups: config.norm_num_groups, epsilon: EPSILON };
  const normed = silu(scope, groupNorm(scope.child('conv_norm_out'), x, norm));
  return convolution(scope.child('conv_out'), normed, { inputs, outputs });
}
