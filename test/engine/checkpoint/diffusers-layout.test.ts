import { describe, expect, it } from 'vitest';

import { chooseFiles } from '../../../src/engine/checkpoint/diffusers-layout.js';
import type { AvailableFile, Precision } from '../../../src/engine/checkpoint/diffusers-layout.js';

const SETTINGS = [
  'model_index.json',
  'scheduler/scheduler_config.json',
  'text_encoder/config.json',
  'tokenizer/merges.txt',
  'tokenizer/special_tokens_map.json',
  'tokenizer/tokenizer_config.json',
  'tokenizer/vocab.json',
  'unet/config.json',
  'vae/config.json',
];
const FULL = [
  'text_encoder/model.safetensors',
  'unet/diffusion_pytorch_model.safetensors',
  'vae/diffusion_pytorch_model.safetensors',
];
const HALF = FULL.map((path) => path.replace('.safetensors', '.fp16.safetensors'));

describe('chooseFiles', () => {
  it('takes weights of one variant, half precision before full, under the names of the full ones', () => {
    const files = [...SETTINGS, ...FULL, ...HALF];
    expect(chosen(files, 'fp16')).toEqual(pairs(SETTINGS, HALF));
    expect(chosen(files, 'f32')).toEqual(pairs(SETTINGS, FULL));
  });

  it('takes full weights where there are no others, network by network', () => {
    const [text = '', unet = '', vae = ''] = HALF;
    expect(chosen([...SETTINGS, ...FULL], 'fp16')).toEqual(pairs(SETTINGS, FULL));
    const files = [...SETTINGS, ...FULL, unet];
    expect(chosen(files, 'fp16')).toContainEqual([unet, 'unet/diffusion_pytorch_model.safetensors']);
    expect(chosen(files, 'fp16')).not.toContainEqual([text, expect.anything()]);
    expect(chosen(files, 'fp16')).not.toContainEqual([vae, expect.anything()]);
  });

  it('leaves out pickles, scripts, exports, other variants and the filter of pictures', () => {
    const others = [
      'README.md',
      'riffusion-model-v1.ckpt',
      'riffusion-model-v1.safetensors',
      'unet/diffusion_pytorch_model.bin',
      'unet/diffusion_pytorch_model.non_ema.safetensors',
      'unet/diffusion_flax_model.msgpack',
      'unet/model.onnx',
      'unet/modeling.py',
      'unet_traced/unet_traced.pt',
      'safety_checker/config.json',
      'safety_checker/model.safetensors',
      'feature_extractor/preprocessor_config.json',
      'vae/diffusion_pytorch_model.bin',
      'text_encoder/pytorch_model.bin',
      'vae_encoder/model.onnx',
      '../unet/config.json',
    ];
    expect(chosen([...others, ...SETTINGS, ...FULL], 'fp16')).toEqual(pairs(SETTINGS, FULL));
  });

  it.each([
    ['', ['unet/diffusion_pytorch_model.safetensors.index.json'], ''],
    ['.fp16', ['unet/diffusion_pytorch_model.safetensors.index.fp16.json'], ''],
    ['.fp16', ['unet/diffusion_pytorch_model.fp16.safetensors.index.json'], '-last'],
  ])('takes weights in parts with their index (variant "%s", %j)', (variant, index, place) => {
    const part = (number: number): string =>
      place === ''
        ? `unet/diffusion_pytorch_model${variant}-0000${number}-of-00002.safetensors`
        : `unet/diffusion_pytorch_model-0000${number}-of-00002${variant}.safetensors`;
    const [text = '', , vae = ''] = FULL;
    const files = chosen([...SETTINGS, text, vae, ...index, part(1), part(2)], 'fp16');
    expect(files).toContainEqual([index[0], 'unet/diffusion_pytorch_model.safetensors.index.json']);
    expect(files).toContainEqual([part(1), part(1)]);
    expect(files).toContainEqual([part(2), part(2)]);
  });

  it.each<[string, readonly string[], Precision, RegExp]>([
    ['no model_index.json', FULL, 'fp16', /^it has no model_index\.json, so it is not in diffusers layout$/],
    ['no settings of a network', without('vae/config.json'), 'fp16', /^it has no vae\/config\.json$/],
    ['no vocabulary', without('tokenizer/vocab.json'), 'fp16', /^it has no tokenizer\/vocab\.json and/],
    ['no weights', SETTINGS, 'fp16', /^its text_encoder has no safetensors weights$/],
    [
      'half weights alone',
      [...SETTINGS, ...HALF],
      'f32',
      /at half precision only: leave out --precision f32$/,
    ],
    [
      'pickles alone',
      [...SETTINGS, ...FULL.slice(0, 1), 'unet/diffusion_pytorch_model.bin'],
      'fp16',
      /^its unet has weights as pickles only, which can run code when they are opened and are never read: /,
    ],
  ])('says what is wrong: %s', (_, files, precision, fault) => {
    const choice = chooseFiles(files.map(available), precision);
    expect(choice).toEqual({ isComplete: false, fault: expect.stringMatching(fault) as string });
  });

  it('does not take a settings file that would fill the disk', () => {
    const files = [...SETTINGS, ...FULL].map(available);
    const large = files.map((file) =>
      file.path === 'tokenizer/vocab.json' ? { ...file, bytes: 1e10 } : file,
    );
    expect(chooseFiles(large, 'fp16')).toMatchObject({ isComplete: false });
  });

  it('takes one that has its tokenizer in one file', () => {
    const files = [...without('tokenizer/vocab.json'), 'tokenizer/tokenizer.json'];
    expect(chosen(files, 'fp16')).toContainEqual(['tokenizer/tokenizer.json', 'tokenizer/tokenizer.json']);
  });
});

function without(path: string): string[] {
  return [...SETTINGS, ...FULL].filter((candidate) => candidate !== path);
}

function available(path: string): AvailableFile {
  return { path, bytes: 100 };
}

/** Where each file comes from and goes to, sorted. */
function chosen(paths: readonly string[], precision: Precision): string[][] {
  const choice = chooseFiles(paths.map(available), precision);
  if (!choice.isComplete) throw new Error(choice.fault);
  return choice.files.map(({ source, path }) => [source.path, path]).sort();
}

function pairs(...groups: (readonly string[])[]): string[][] {
  return groups
    .flat()
    .map((path) => [path, path.replace('.fp16', '')])
    .sort();
}
