/** The denoiser of Stable Diffusion (Rombach et al. 2022) as diffusers' `UNet2DConditionModel` has it. */
import { GraphBuilder } from '../onnx/graph-builder.js';
import type { Value } from '../onnx/graph-builder.js';
import type { WeightSource } from '../weight-source.js';
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

/**
 * Inputs `sample` `[batch, in_channels, rows, columns]`, `timestep` `[batch]` and `encoder_hidden_states`
 * `[batch, tokens, cross_attention_dim]`, output `out_sample` `[batch, out_channels, rows, columns]`; all float32.
 * Rows and columns may be any numbers: where they do not halve evenly, the way up follows the sizes of the way down.
 *
 * @returns an ONNX model
 * @throws EngineError `model_corrupt` when the weights are not those of the configuration
 */
export function unetGraph(config: UnetConfig, weights: WeightSource): Uint8Array {
  const graph = new GraphBuilder('unet', weights);
  const picture = (channels: number): (string | number)[] => ['batch', channels, 'rows', 'columns'];
  const sample = graph.input('sample', 'float32', picture(config.in_channels));
  const timestep = graph.input('timestep', 'float32', ['batch']);
  const states = graph.input('encoder_hidden_states', 'float32', [
    'batch',
    'tokens',
    config.cross_attention_dim,
  ]);
  const unet = new UnetWriter(new LayerScope(graph), config, timestep, states);
  graph.output('out_sample', unet.write(sample), picture(config.out_channels));
  return graph.build();
}

/** Holds what every block of one network needs. */
class UnetWriter {
  readonly #scope: LayerScope;
  readonly #config: UnetConfig;
  readonly #levels: readonly UnetLevel[];
  readonly #time: TimeEmbedding;
  readonly #context: Context;

  constructor(scope: LayerScope, config: UnetConfig, timestep: Value, states: Value) {
    this.#scope = scope;
    this.#config = config;
    this.#levels = unetLevels(config);
    this.#time = embedTime(scope, config, timestep);
    this.#context = { value: states, channels: config.cross_attention_dim };
  }

  write(sample: Value): Value {
    const { in_channels: inputs, block_out_channels: blockChannels, out_channels: outputs } = this.#config;
    const channels = blockChannels[0] ?? 0;
    const first = {
      value: convolution(this.#scope.child('conv_in'), sample, { inputs, outputs: channels }),
      channels,
    };
    const skips = this.#down(first);
    const last = this.#up(this.#middle(skips.at(-1) ?? first), skips);
    const { norm_num_groups: groups, norm_eps: epsilon } = this.#config;
    const normed = groupNorm(this.#scope.child('conv_norm_out'), last.value, { channels, groups, epsilon });
    return convolution(this.#scope.child('conv_out'), silu(this.#scope, normed), {
      inputs: channels,
      outputs,
    });
  }

  /** @returns what the way up listens to, finest first */
  #down(first: Features): Features[] {
    const skips = [first];
    let features = first;
    for (const [index, level] of this.#levels.entries()) {
      const block = this.#scope.child(`down_blocks.${index}`);
      for (let layer = 0; layer < this.#config.layers_per_block; layer++) {
        features = this.#layer(block, layer, features, level, level.hasDownAttention);
        skips.push(features);
      }
      if (index < this.#levels.length - 1) {
        features = this.#halveSize(block, features);
        skips.push(features);
      }
    }
    return skips;
  }

  #middle(features: Features): Features {
    const block = this.#scope.child('mid_block');
    const level = this.#coarsest();
    const first = this.#residual(block.child('resnets.0'), features, level.channels);
    const attended = this.#attend(block.child('attentions.0'), first, level);
    return this.#residual(block.child('resnets.1'), attended, level.channels);
  }

  /** @param skips finest first; each is used once, the last first */
  #up(middle: Features, skips: Features[]): Features {
    let features = middle;
    for (const [index, level] of [...this.#levels].reverse().entries()) {
      const block = this.#scope.child(`up_blocks.${index}`);
      for (let layer = 0; layer <= this.#config.layers_per_block; layer++) {
        const joined = this.#join(features, skips.pop());
        features = this.#layer(block, layer, joined, level, level.hasUpAttention);
      }
      const next = skips.at(-1);
      if (next) features = this.#growTo(block, features, next);
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

  #join(features: Features, skip: Features | undefined): Features {
    if (!skip) throw new Error('unreachable: the way up takes as many steps as the way down');
    const joined = this.#scope.graph.node('Concat', [features.value, skip.value], { axis: 1 });
    return { value: joined, channels: features.channels + skip.channels };
  }

  #coarsest(): UnetLevel {
    const level = this.#levels.at(-1);
    if (!level) throw new Error('unreachable: the configuration has at least one level');
    return level;
  }
}

/** Activated once for all blocks. */
function embedTime(scope: LayerScope, config: UnetConfig, timestep: Value): TimeEmbedding {
  const waves = config.block_out_channels[0] ?? 0;
  const channels = TIME_EXPANSION * waves;
  const { flip_sin_to_cos: flipSinToCos, freq_shift: freqShift } = config;
  const options = { waves, channels, flipSinToCos, freqShift };
  return {
    value: silu(scope, timestepEmbedding(scope.child('time_embedding'), timestep, options)),
    channels,
  };
}
