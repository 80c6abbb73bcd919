/** The denoiser of Stable Diffusion (Rombach et al. 2022) as diffusers' `UNet2DConditionModel` has it. */
import { GraphBuilder } from '../onnx/graph-builder.js';
import type { Value } from '../onnx/graph-builder.js';
import type { WeightSource } from '../weight-source.js';
import type { GraphOptions } from './graph-options.js';
import { LayerScope } from './layer-scope.js';
import { convolution, groupNorm, resizeLike, silu } from './layers.js';
import { residualBlock } from './residual-block.js';
import type { TimeEmbedding } from './residual-block.js';
import { timestepEmbedding } from './timestep-embedding.js';
import { transformer } from './transformer-block.js';
import type { Context } from './transformer-block.js';
import { unetLevels } from './unet-config.js';
import type { UnetConfig, UnetLevel } from './unet-config.js';

/** A picture inside the network, `[batch, channels, rows, columns]`. */
interface Features {
  readonly value: Value;
  readonly channels: number;
}

/** The time embedding is wider than the finest level by this. */
const TIME_EXPANSION = 4;

/** What of the network a graph computes. */
export type UnetPart =
  /** All of it. */
  | 'whole'
  /** All of it, and what its last layers hear from below is another output, `deep_features`. */
  | 'whole-and-deep-features'
  /** Its first and last layers only; `deep_features` is another input, in the place of all that lies between. */
  | 'shallow';

export interface UnetGraphOptions extends GraphOptions {
  /** The last two make a pair (DeepCache, Ma et al. 2023), whose weights are the same bytes on disk. @defaultValue 'whole' */
  readonly part?: UnetPart;
  /**
   * Of the pair: layers at the end of the way up that the shallow one has, from 1 to `layers_per_block + 1`, together
   * with those on the way down that they listen to. More cost more and reuse less. @defaultValue 2
   */
  readonly shallowLayers?: number;
}

const DEFAULT_SHALLOW_LAYERS = 2;

/**
 * Inputs `sample` `[batch, in_channels, rows, columns]`, `timestep` `[batch]` and `encoder_hidden_states`
 * `[batch, tokens, cross_attention_dim]`, output `out_sample` `[batch, out_channels, rows, columns]`; all float32.
 * Rows and columns may be any numbers: where they do not halve evenly, the way up follows the sizes of the way down.
 *
 * @returns an ONNX model
 * @throws EngineError `model_corrupt` when the weights are not those of the configuration
 * @throws RangeError when there are not so many shallow layers
 */
export function unetGraph(
  config: UnetConfig,
  weights: WeightSource,
  { part = 'whole', shallowLayers = DEFAULT_SHALLOW_LAYERS, ...options }: UnetGraphOptions = {},
): Uint8Array {
  const graph = new GraphBuilder('unet', weights);
  const scope = new LayerScope(graph, '', options);
  const picture = (channels: number): (string | number)[] => ['batch', channels, 'rows', 'columns'];
  const input = (name: string, shape: (string | number)[]): Value =>
    scope.asComputed(graph.input(name, 'float32', shape));
  const sample = input('sample', picture(config.in_channels));
  const timestep = graph.input('timestep', 'float32', ['batch']);
  const states = input('encoder_hidden_states', ['batch', 'tokens', config.cross_attention_dim]);
  const unet = new UnetWriter(scope, config, { timestep, states, shallowLayers });
  const deepShape = picture(unet.deepChannels);
  if (part === 'shallow') {
    const result = unet.writeShallow(sample, input('deep_features', deepShape));
    graph.output('out_sample', scope.asFloat32(result), picture(config.out_channels));
  } else {
    const { output, deepFeatures } = unet.write(sample);
    graph.output('out_sample', scope.asFloat32(output), picture(config.out_channels));
    if (part === 'whole-and-deep-features') {
      graph.output('deep_features', scope.asFloat32(deepFeatures), deepShape);
    }
  }
  return graph.build();
}

interface UnetWriterOptions {
  readonly timestep: Value;
  readonly states: Value;
  readonly shallowLayers: number;
}

/** Holds what every block of one network needs. */
class UnetWriter {
  readonly #scope: LayerScope;
  readonly #config: UnetConfig;
  readonly #levels: readonly UnetLevel[];
  readonly #time: TimeEmbedding;
  readonly #context: Context;
  readonly #shallowLayers: number;

  constructor(scope: LayerScope, config: UnetConfig, { timestep, states, shallowLayers }: UnetWriterOptions) {
    this.#scope = scope;
    this.#config = config;
    this.#levels = unetLevels(config);
    this.#time = embedTime(scope, config, timestep);
    this.#context = { value: states, channels: config.cross_attention_dim };
    const max = this.#upLayers;
    if (!Number.isInteger(shallowLayers) || shallowLayers < 1 || shallowLayers > max) {
      throw new RangeError(`A denoiser of this kind has 1 to ${max} shallow layers, not ${shallowLayers}.`);
    }
    this.#shallowLayers = shallowLayers;
  }

  /** Channels of what the shallow layers hear from below: of their own level, or of the next when all of it is shallow. */
  get deepChannels(): number {
    const [finest, next = finest] = this.#levels;
    return (this.#shallowLayers === this.#upLayers ? next : finest)?.channels ?? 0;
  }

  write(sample: Value): { readonly output: Value; readonly deepFeatures: Value } {
    const skips = this.#down(this.#first(sample));
    const deep = this.#upDeep(this.#middle(lastOf(skips)), skips);
    return { output: this.#last(this.#upShallow(deep, skips)), deepFeatures: deep.value };
  }

  writeShallow(sample: Value, deepFeatures: Value): Value {
    const skips = [this.#first(sample)];
    this.#downLayers(0, this.#shallowLayers - 1, skips);
    return this.#last(this.#upShallow({ value: deepFeatures, channels: this.deepChannels }, skips));
  }

  get #upLayers(): number {
    return this.#config.layers_per_block + 1;
  }

  #first(sample: Value): Features {
    const { in_channels: inputs, block_out_channels: blockChannels } = this.#config;
    const channels = blockChannels[0] ?? 0;
    const value = convolution(this.#scope.child('conv_in'), sample, { inputs, outputs: channels });
    return { value, channels };
  }

  #last({ value, channels }: Features): Value {
    const { norm_num_groups: groups, norm_eps: epsilon, out_channels: outputs } = this.#config;
    const normed = groupNorm(this.#scope.child('conv_norm_out'), value, { channels, groups, epsilon });
    const options = { inputs: channels, outputs };
    return convolution(this.#scope.child('conv_out'), silu(this.#scope, normed), options);
  }

  /** @returns what the way up listens to, finest first */
  #down(first: Features): Features[] {
    const skips = [first];
    for (const index of this.#levels.keys()) {
      const features = this.#downLayers(index, this.#config.layers_per_block, skips);
      if (index < this.#levels.length - 1) {
        skips.push(this.#halveSize(this.#scope.child(`down_blocks.${index}`), features));
      }
    }
    return skips;
  }

  /** The first layers of a level, from the last of the skips on; each becomes another of them. */
  #downLayers(index: number, count: number, skips: Features[]): Features {
    const level = this.#level(index);
    const block = this.#scope.child(`down_blocks.${index}`);
    let features = lastOf(skips);
    for (let layer = 0; layer < count; layer++) {
      features = this.#layer(block, layer, features, level, level.hasDownAttention);
      skips.push(features);
    }
    return features;
  }

  #middle(features: Features): Features {
    const block = this.#scope.child('mid_block');
    const level = this.#level(this.#levels.length - 1);
    const first = this.#residual(block.child('resnets.0'), features, level.channels);
    const attended = this.#attend(block.child('attentions.0'), first, level);
    return this.#residual(block.child('resnets.1'), attended, level.channels);
  }

  /** Up to the shallow layers. @param skips finest first; each is used once, the last first */
  #upDeep(middle: Features, skips: Features[]): Features {
    const coarsest = this.#levels.length - 1;
    let features = middle;
    for (let index = coarsest; index > 0; index--) {
      features = this.#upLayersOf(index, { from: 0, to: this.#upLayers }, features, skips);
      const block = this.#scope.child(`up_blocks.${coarsest - index}`);
      features = this.#growTo(block, features, lastOf(skips));
    }
    return this.#upLayersOf(0, { from: 0, to: this.#upLayers - this.#shallowLayers }, features, skips);
  }

  #upShallow(deep: Features, skips: Features[]): Features {
    const layers = { from: this.#upLayers - this.#shallowLayers, to: this.#upLayers };
    return this.#upLayersOf(0, layers, deep, skips);
  }

  /** @param skips as many are taken from the end as there are layers */
  #upLayersOf(
    index: number,
    layers: { readonly from: number; readonly to: number },
    below: Features,
    skips: Features[],
  ): Features {
    const level = this.#level(index);
    const block = this.#scope.child(`up_blocks.${this.#levels.length - 1 - index}`);
    let features = below;
    for (let layer = layers.from; layer < layers.to; layer++) {
      const joined = this.#join(features, lastOf(skips));
      skips.pop();
      features = this.#layer(block, layer, joined, level, level.hasUpAttention);
    }
    return features;
  }

  #layer(
    block: LayerScope,
    layer: number,
    features: Features,
    level: UnetLevel,
    hasAttention: boolean,
  ): Features {
    const processed = this.#residual(block.child(`resnets.${layer}`), features, level.channels);
    return hasAttention ? this.#attend(block.child(`attentions.${layer}`), processed, level) : processed;
  }

  #residual(scope: LayerScope, { value, channels }: Features, outputs: number): Features {
    const { norm_num_groups: groups, norm_eps: epsilon } = this.#config;
    const options = { inputs: channels, outputs, groups, epsilon, time: this.#time };
    return { value: residualBlock(scope, value, options), channels: outputs };
  }

  #attend(scope: LayerScope, { value, channels }: Features, level: UnetLevel): Features {
    const attended = transformer(scope, value, {
      channels,
      heads: level.heads,
      layers: level.transformerLayers,
      groups: this.#config.norm_num_groups,
      useLinearProjection: this.#config.use_linear_projection,
      context: this.#context,
    });
    return { value: attended, channels };
  }

  #halveSize(block: LayerScope, { value, channels }: Features): Features {
    const padding = this.#config.downsample_padding;
    const halved = convolution(block.child('downsamplers.0.conv'), value, {
      inputs: channels,
      outputs: channels,
      stride: 2,
      // Without padding, diffusers adds a row and a column at the end instead.
      pads: [padding, padding, 1, 1],
    });
    return { value: halved, channels };
  }

  #growTo(block: LayerScope, { value, channels }: Features, like: Features): Features {
    const grown = resizeLike(this.#scope, value, like.value);
    const options = { inputs: channels, outputs: channels };
    return { value: convolution(block.child('upsamplers.0.conv'), grown, options), channels };
  }

  #join(features: Features, skip: Features): Features {
    const joined = this.#scope.graph.node('Concat', [features.value, skip.value], { axis: 1 });
    return { value: joined, channels: features.channels + skip.channels };
  }

  #level(index: number): UnetLevel {
    const level = this.#levels[index];
    if (!level) throw new Error('unreachable: the configuration has as many levels');
    return level;
  }
}

function lastOf(skips: readonly Features[]): Features {
  const skip = skips.at(-1);
  if (!skip) throw new Error('unreachable: the way up takes as many steps as the way down');
  return skip;
}

/** Activated once for all blocks. */
function embedTime(scope: LayerScope, config: UnetConfig, timestep: Value): TimeEmbedding {
  const waves = config.block_out_channels[0] ?? 0;
  const channels = TIME_EXPANSION * waves;
  const { flip_sin_to_cos: flipSinToCos, freq_shift: freqShift } = config;
  const options = { waves, channels, flipSinToCos, freqShift };
  return {
    value: silu(scope, timestepEmbedding(scope.child('time_embedding').withoutInt8(), timestep, options)),
    channels,
  };
}
