/**
 * Names and shapes of the tensors of a Stable Diffusion 1.5 checkpoint, written down from the published layout rather
 * than taken from the graphs, so that graphs that ask for others are found out.
 */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Collects names below a dotted path. */
class Tensors {
  readonly list: TensorSpec[] = [];

  add(name: string, shape: readonly number[]): void {
    this.list.push({ name, shape });
  }

  /** A weight with its bias. */
  layer(name: string, shape: readonly number[]): void {
    this.add(`${name}.weight`, shape);
    this.add(`${name}.bias`, shape.slice(0, 1));
  }

  linear(name: string, inputs: number, outputs: number): void {
    this.layer(name, [outputs, inputs]);
  }

  conv(name: string, inputs: number, outputs: number, kernel = 3): void {
    this.layer(name, [outputs, inputs, kernel, kernel]);
  }

  norm(name: string, channels: number): void {
    this.layer(name, [channels]);
  }

  resnet(name: string, inputs: number, outputs: number, time?: number): void {
    this.norm(`${name}.norm1`, inputs);
    this.conv(`${name}.conv1`, inputs, outputs);
    if (time !== undefined) this.linear(`${name}.time_emb_proj`, time, outputs);
    this.norm(`${name}.norm2`, outputs);
    this.conv(`${name}.conv2`, outputs, outputs);
    if (inputs !== outputs) this.conv(`${name}.conv_shortcut`, inputs, outputs, 1);
  }

  transformer(name: string, channels: number, context: number): void {
    const block = `${name}.transformer_blocks.0`;
    this.norm(`${name}.norm`, channels);
    this.conv(`${name}.proj_in`, channels, channels, 1);
    for (const [attention, inputs] of [
      ['attn1', channels],
      ['attn2', context],
    ] as const) {
      this.add(`${block}.${attention}.to_q.weight`, [channels, channels]);
      this.add(`${block}.${attention}.to_k.weight`, [channels, inputs]);
      this.add(`${block}.${attention}.to_v.weight`, [channels, inputs]);
      this.linear(`${block}.${attention}.to_out.0`, channels, channels);
    }
    for (const norm of ['norm1', 'norm2', 'norm3']) this.norm(`${block}.${norm}`, channels);
    this.linear(`${block}.ff.net.0.proj`, channels, 8 * channels);
    this.linear(`${block}.ff.net.2`, 4 * channels, channels);
    this.conv(`${name}.proj_out`, channels, channels, 1);
  }
}

const UNET_LEVELS = [320, 640, 1280, 1280] as const;
const TIME = 1280;
const CONTEXT = 768;

export function unetTensors(): readonly TensorSpec[] {
  const all = new Tensors();
  all.conv('conv_in', 4, 320);
  all.linear('time_embedding.linear_1', 320, TIME);
  all.linear('time_embedding.linear_2', TIME, TIME);
  const skips = unetDown(all);
  all.resnet('mid_block.resnets.0', 1280, 1280, TIME);
  all.transformer('mid_block.attentions.0', 1280, CONTEXT);
  all.resnet('mid_block.resnets.1', 1280, 1280, TIME);
  unetUp(all, skips);
  all.norm('conv_norm_out', 320);
  all.conv('conv_out', 320, 4);
  return all.list;
}

/** @returns channels that the way up joins, finest first */
function unetDown(all: Tensors): number[] {
  const skips = [320];
  let channels = 320;
  for (const [level, outputs] of UNET_LEVELS.entries()) {
    for (const layer of [0, 1]) {
      all.resnet(`down_blocks.${level}.resnets.${layer}`, channels, outputs, TIME);
      if (level < 3) all.transformer(`down_blocks.${level}.attentions.${layer}`, outputs, CONTEXT);
      channels = outputs;
      skips.push(channels);
    }
    if (level === 3) continue;
    all.conv(`down_blocks.${level}.downsamplers.0.conv`, channels, channels);
    skips.push(channels);
  }
  return skips;
}

function unetUp(all: Tensors, skips: number[]): void {
  let channels = 1280;
  for (const [block, outputs] of [...UNET_LEVELS].reverse().entries()) {
    for (const layer of [0, 1, 2]) {
      const inputs = channels + (skips.pop() ?? 0);
      all.resnet(`up_blocks.${block}.resnets.${layer}`, inputs, outputs, TIME);
      if (block > 0) all.transformer(`up_blocks.${block}.attentions.${layer}`, outputs, CONTEXT);
      channels = outputs;
    }
    if (block < 3) all.conv(`up_blocks.${block}.upsamplers.0.conv`, channels, channels);
  }
}

const VAE_LEVELS = [128, 256, 512, 512] as const;

export function vaeTensors(): readonly TensorSpec[] {
  const all = new Tensors();
  vaeHalf(all, 'encoder', { ends: [3, 8], levels: VAE_LEVELS, layers: 2, sampler: 'down' });
  vaeHalf(all, 'decoder', { ends: [4, 3], levels: [...VAE_LEVELS].reverse(), layers: 3, sampler: 'up' });
  all.conv('quant_conv', 8, 8, 1);
  all.conv('post_quant_conv', 4, 4, 1);
  return all.list;
}

interface VaeHalf {
  readonly ends: readonly [number, number];
  readonly levels: readonly number[];
  readonly layers: number;
  readonly sampler: 'down' | 'up';
}

function vaeHalf(all: Tensors, name: string, { ends, levels, layers, sampler }: VaeHalf): void {
  let channels = levels[0] ?? 0;
  all.conv(`${name}.conv_in`, ends[0], channels);
  for (const [level, outputs] of levels.entries()) {
    const block = `${name}.${sampler}_blocks.${level}`;
    for (let layer = 0; layer < layers; layer++) {
      all.resnet(`${block}.resnets.${layer}`, channels, outputs);
      channels = outputs;
    }
    if (level < levels.length - 1) all.conv(`${block}.${sampler}samplers.0.conv`, channels, channels);
  }
  for (const layer of [0, 1]) all.resnet(`${name}.mid_block.resnets.${layer}`, 512, 512);
  all.norm(`${name}.mid_block.attentions.0.group_norm`, 512);
  for (const part of ['query', 'key', 'value', 'proj_attn']) {
    all.linear(`${name}.mid_block.attentions.0.${part}`, 512, 512);
  }
  all.norm(`${name}.conv_norm_out`, channels);
  all.conv(`${name}.conv_out`, channels, ends[1]);
}

export function textTensors(): readonly TensorSpec[] {
  const all = new Tensors();
  all.add('text_model.embeddings.token_embedding.weight', [49_408, 768]);
  all.add('text_model.embeddings.position_embedding.weight', [77, 768]);
  for (let index = 0; index < 12; index++) {
    const layer = `text_model.encoder.layers.${index}`;
    for (const part of ['q_proj', 'k_proj', 'v_proj', 'out_proj']) {
      all.linear(`${layer}.self_attn.${part}`, 768, 768);
    }
    all.norm(`${layer}.layer_norm1`, 768);
    all.linear(`${layer}.mlp.fc1`, 768, 3072);
    all.linear(`${layer}.mlp.fc2`, 3072, 768);
    all.norm(`${layer}.layer_norm2`, 768);
  }
  all.norm('text_model.final_layer_norm', 768);
  return all.list;
}
