/** The small files of a Stable Diffusion 1.5 checkpoint in diffusers' layout, with a vocabulary of our own. */

/** Path in the checkpoint's folder to content. */
export function sd15Files(): ReadonlyMap<string, string> {
  const files = Object.entries(SETTINGS).map(([path, value]) => [path, toJson(value)] as const);
  const { vocab, merges } = vocabulary();
  return new Map([...files, ['tokenizer/vocab.json', toJson(vocab)], ['tokenizer/merges.txt', merges]]);
}

const ATTENTION_DOWN = 'CrossAttnDownBlock2D';
const ATTENTION_UP = 'CrossAttnUpBlock2D';

const SETTINGS = {
  'model_index.json': {
    _class_name: 'StableDiffusionPipeline',
    _diffusers_version: '0.21.4',
    requires_safety_checker: false,
    feature_extractor: [null, null],
    safety_checker: [null, null],
    scheduler: ['diffusers', 'PNDMScheduler'],
    text_encoder: ['transformers', 'CLIPTextModel'],
    tokenizer: ['transformers', 'CLIPTokenizer'],
    unet: ['diffusers', 'UNet2DConditionModel'],
    vae: ['diffusers', 'AutoencoderKL'],
  },
  'scheduler/scheduler_config.json': {
    _class_name: 'PNDMScheduler',
    beta_start: 0.00085,
    beta_end: 0.012,
    beta_schedule: 'scaled_linear',
    num_train_timesteps: 1000,
    set_alpha_to_one: false,
    skip_prk_steps: true,
    steps_offset: 1,
    clip_sample: false,
  },
  'text_encoder/config.json': {
    architectures: ['CLIPTextModel'],
    model_type: 'clip_text_model',
    vocab_size: 49_408,
    hidden_size: 768,
    intermediate_size: 3072,
    projection_dim: 768,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    max_position_embeddings: 77,
    hidden_act: 'quick_gelu',
    layer_norm_eps: 1e-5,
  },
  'unet/config.json': {
    _class_name: 'UNet2DConditionModel',
    sample_size: 64,
    in_channels: 4,
    out_channels: 4,
    block_out_channels: [320, 640, 1280, 1280],
    layers_per_block: 2,
    down_block_types: [ATTENTION_DOWN, ATTENTION_DOWN, ATTENTION_DOWN, 'DownBlock2D'],
    up_block_types: ['UpBlock2D', ATTENTION_UP, ATTENTION_UP, ATTENTION_UP],
    attention_head_dim: 8,
    cross_attention_dim: 768,
    norm_num_groups: 32,
    norm_eps: 1e-5,
    act_fn: 'silu',
    center_input_sample: false,
    downsample_padding: 1,
    flip_sin_to_cos: true,
    freq_shift: 0,
    mid_block_scale_factor: 1,
  },
  'vae/config.json': {
    _class_name: 'AutoencoderKL',
    sample_size: 512,
    in_channels: 3,
    out_channels: 3,
    latent_channels: 4,
    block_out_channels: [128, 256, 512, 512],
    layers_per_block: 2,
    norm_num_groups: 32,
    scaling_factor: 0.18215,
    act_fn: 'silu',
    down_block_types: Array.from({ length: 4 }, () => 'DownEncoderBlock2D'),
    up_block_types: Array.from({ length: 4 }, () => 'UpDecoderBlock2D'),
  },
  'tokenizer/tokenizer_config.json': {
    tokenizer_class: 'CLIPTokenizer',
    model_max_length: 77,
    bos_token: '<|startoftext|>',
    eos_token: '<|endoftext|>',
    pad_token: '<|endoftext|>',
    unk_token: '<|endoftext|>',
    do_lower_case: true,
  },
} as const;

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const WORD_END = '</w>';
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
/** CLIP's last ids; the text encoder's table has as many rows. */
const BEGIN_ID = 49_406;
const END_ID = 49_407;

/** Every byte, alone and at the end of a word, and all pairs of letters. */
function vocabulary(): { readonly vocab: Record<string, number>; readonly merges: string } {
  const bytes = byteSymbols();
  const pairs = LETTERS.flatMap((a) => LETTERS.flatMap((b) => [`${a} ${b}`, `${a} ${b}${WORD_END}`]));
  const tokens = [
    ...bytes,
    ...bytes.map((symbol) => symbol + WORD_END),
    ...pairs.map((pair) => pair.replace(' ', '')),
  ];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const special = { '<|startoftext|>': BEGIN_ID, '<|endoftext|>': END_ID };
  return { vocab: { ...vocab, ...special }, merges: ['#version: 0.2', ...pairs, ''].join('\n') };
}

/** The characters that byte-level encoding writes bytes as: printable ones as themselves, others from 256 on. */
function byteSymbols(): string[] {
  const isPrintable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : next++));
}
