/** `unet/config.json` of a `UNet2DConditionModel`, as far as Stable Diffusion 1.x and 2.x use it. */
import { z } from 'zod';

const count = z.int().min(1).max(65_536);
/** One number for all blocks, or one for each. */
const perBlock = z.union([count, z.array(count).min(1).max(16)]);
/** Settings of other families: anything but their being off is refused, since it would change the network. */
const off = z.union([z.literal(false), z.null()]).optional();

const DOWN_BLOCKS = ['CrossAttnDownBlock2D', 'DownBlock2D'] as const;
const UP_BLOCKS = ['CrossAttnUpBlock2D', 'UpBlock2D'] as const;

/** Settings left out have diffusers' defaults. */
export const unetConfigSchema = z
  .object({
    in_channels: count.default(4),
    out_channels: count.default(4),
    block_out_channels: z.array(count).min(1).max(16).default([320, 640, 1280, 1280]),
    layers_per_block: count.default(2),
    down_block_types: z
      .array(z.enum(DOWN_BLOCKS))
      .default(['CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'DownBlock2D']),
    up_block_types: z
      .array(z.enum(UP_BLOCKS))
      .default(['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D']),
    /** The number of heads, whatever its name says: diffusers has kept the misnomer for old checkpoints' sake. */
    attention_head_dim: perBlock.default(8),
    /** Goes before `attention_head_dim` where it is given. */
    num_attention_heads: perBlock.nullish(),
    transformer_layers_per_block: perBlock.default(1),
    cross_attention_dim: count.default(1280),
    use_linear_projection: z.boolean().default(false),
    /** Attention in float32, which is what it is computed in here anyway. */
    upcast_attention: z.boolean().nullish(),
    norm_num_groups: count.default(32),
    norm_eps: z.number().positive().default(1e-5),
    flip_sin_to_cos: z.boolean().default(true),
    freq_shift: z.union([z.literal(0), z.literal(1)]).default(0),
    downsample_padding: z.int().min(0).max(1).default(1),
    act_fn: z.enum(['silu', 'swish']).default('silu'),
    mid_block_type: z.literal('UNetMidBlock2DCrossAttn').default('UNetMidBlock2DCrossAttn'),
    mid_block_scale_factor: z.literal(1).default(1),
    resnet_time_scale_shift: z.literal('default').default('default'),
    time_embedding_type: z.literal('positional').default('positional'),
    resnet_out_scale_factor: z.literal(1).default(1),
    attention_type: z.literal('default').default('default'),
    conv_in_kernel: z.literal(3).default(3),
    conv_out_kernel: z.literal(3).default(3),
    center_input_sample: off,
    dual_cross_attention: off,
    only_cross_attention: off,
    class_embed_type: off,
    addition_embed_type: off,
    encoder_hid_dim: off,
    encoder_hid_dim_type: off,
    mid_block_only_cross_attention: off,
    time_embedding_dim: off,
    num_class_embeds: off,
    time_cond_proj_dim: off,
    time_embedding_act_fn: off,
    timestep_post_act: off,
    cross_attention_norm: off,
    class_embeddings_concat: off,
    resnet_skip_time_act: off,
  })
  .superRefine((config, context) => {
    const blocks = config.block_out_channels.length;
    for (const key of PER_BLOCK) {
      const value = config[key];
      if (Array.isArray(value) && value.length !== blocks) {
        context.addIssue({ code: 'custom', path: [key], message: `must have ${blocks} entries` });
      }
    }
    // Half of them are sines and half cosines.
    if ((config.block_out_channels[0] ?? 0) % 4 !== 0) {
      context.addIssue({
        code: 'custom',
        path: ['block_out_channels'],
        message: 'must begin with a multiple of 4',
      });
    }
    for (const [block, channels] of config.block_out_channels.entries()) {
      if (channels % config.norm_num_groups !== 0 || channels % headsOf(config, block) !== 0) {
        context.addIssue({
          code: 'custom',
          path: ['block_out_channels'],
          message: 'must divide into groups and heads',
        });
      }
    }
  });

const PER_BLOCK = [
  'down_block_types',
  'up_block_types',
  'attention_head_dim',
  'num_attention_heads',
  'transformer_layers_per_block',
] as const;

export type UnetConfig = z.infer<typeof unetConfigSchema>;

/** One level of the network, from the finest (0) to the coarsest. */
export interface UnetLevel {
  readonly channels: number;
  readonly heads: number;
  /** Transformer blocks at each attention of the level. */
  readonly transformerLayers: number;
  readonly hasDownAttention: boolean;
  readonly hasUpAttention: boolean;
}

export function unetLevels(config: UnetConfig): readonly UnetLevel[] {
  const upTypes = [...config.up_block_types].reverse();
  return config.block_out_channels.map((channels, level) => ({
    channels,
    heads: headsOf(config, level),
    transformerLayers: ofBlock(config.transformer_layers_per_block, level),
    hasDownAttention: config.down_block_types[level] === 'CrossAttnDownBlock2D',
    hasUpAttention: upTypes[level] === 'CrossAttnUpBlock2D',
  }));
}

function headsOf(
  config: Pick<UnetConfig, 'num_attention_heads' | 'attention_head_dim'>,
  level: number,
): number {
  return ofBlock(config.num_attention_heads ?? config.attention_head_dim, level);
}

function ofBlock(setting: number | readonly number[], level: number): number {
  return typeof setting === 'number' ? setting : (setting[level] ?? 1);
}
