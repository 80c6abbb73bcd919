import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readModelConfig, readModelDefaults } from '../../../src/engine/diffusion/model-config.js';
import type { ModelConfig } from '../../../src/engine/diffusion/model-config.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { configText } from '../checkpoint/sd1x-checkpoints.js';
import { SHIPPED_MODEL_ROOT, TINY_MODEL, TINY_MODEL_ROOT } from '../tiny-model.js';
import { withModel } from './sd1x-models.js';
import type { FileChanges } from './sd1x-models.js';

const UNET = JSON.parse(configText('sd1', 'unet')) as object;
const VAE = JSON.parse(configText('sd1', 'vae')) as object;
const TEXT = JSON.parse(configText('sd1', 'text_encoder')) as object;

const SPECTROGRAM = {
  sampleRate: 48_000,
  stereo: false,
  stepSizeMs: 5,
  windowDurationMs: 50,
  paddedDurationMs: 200,
  numMels: 64,
  minFrequency: 20,
  maxFrequency: 16_000,
  powerForImage: 0.5,
};

async function configOf(changes: FileChanges): Promise<ModelConfig> {
  let config: ModelConfig | undefined;
  await withModel('sd1', changes, async (folder) => {
    config = await readModelConfig(folder);
  });
  return config as ModelConfig;
}

describe('settings of a model that comes with Riffcord', () => {
  it('are those of its files', async () => {
    const shipped = await readModelConfig(await ModelFolder.open(join(SHIPPED_MODEL_ROOT, 'riffcord-small')));
    expect(shipped).toMatchObject({
      latentShape: [48, 32, 16],
      pixelsPerLatent: [16, 32],
      pictureChannels: 1,
      width: 512,
      height: 512,
      circular: true,
      networks: { kind: 'exported' },
    });
  });

  it('allow widths that its denoiser can halve as often as its own', async () => {
    const shipped = await ModelFolder.open(join(SHIPPED_MODEL_ROOT, 'riffcord-small'));
    const tiny = await ModelFolder.open(join(TINY_MODEL_ROOT, TINY_MODEL));
    expect((await readModelConfig(shipped)).widthMultiple).toBe(128);
    expect((await readModelConfig(tiny)).widthMultiple).toBe(64);
  });
});

describe('settings of a checkpoint', () => {
  it('follow from its networks, and are riffusion’s otherwise', async () => {
    expect(await configOf({})).toMatchObject({
      latentShape: [4, 16, 16],
      scalingFactor: 0.18215,
      pictureChannels: 3,
      height: 64,
      width: 64,
      widthMultiple: 4,
      circular: false,
      scheduler: { _class_name: 'PNDMScheduler', steps_offset: 1 },
      spectrogramParams: { sampleRate: 44_100, stepSizeMs: 10, maxFrequency: 10_000, numFrequencies: 64 },
      defaults: { numInferenceSteps: 25, guidanceScale: 7, scheduler: 'dpmpp-2m', samplePrompts: [] },
    });
  });

  it('may be of pictures that are not square', async () => {
    const config = await configOf({ 'unet/config.json': { ...UNET, sample_size: [16, 40] } });
    expect([config.latentShape, config.width, config.height]).toEqual([[4, 16, 40], 160, 64]);
  });

  it('may come with files that say what its pictures sound like, and how they are best made', async () => {
    const defaults = { numInferenceSteps: 8, guidanceScale: 1.5, scheduler: 'lcm', samplePrompts: ['rain'] };
    const changes = {
      'spectrogram.json': { ...SPECTROGRAM, circular: true },
      'defaults.json': defaults,
    };
    const config = await configOf(changes);
    expect(config.defaults).toEqual(defaults);
    expect(config.circular).toBe(true);
    expect(config.spectrogramParams).toMatchObject({ sampleRate: 48_000, numFrequencies: 64, stepSizeMs: 5 });
    await withModel('sd1', changes, async (folder) =>
      expect(await readModelDefaults(folder)).toEqual(defaults),
    );
  });

  it('take any of the names that pipelines for text to image go by', async () => {
    for (const name of ['StableDiffusionPipeline', 'StableDiffusionImg2ImgPipeline', 'RiffusionPipeline']) {
      const { networks } = await configOf({ 'model_index.json': { _class_name: name } });
      expect(networks.kind).toBe('checkpoint');
    }
  });
});

describe('a model of another kind', () => {
  const CASES: [kind: string, changes: FileChanges, message: string][] = [
    [
      'SDXL',
      { 'model_index.json': { _class_name: 'StableDiffusionXLPipeline' } },
      'a StableDiffusionXLPipeline',
    ],
    [
      'a property of all objects',
      { 'model_index.json': { _class_name: 'toString' } },
      'its pipeline is a toString',
    ],
    [
      'two text encoders',
      {
        'model_index.json': { _class_name: 'StableDiffusionPipeline', text_encoder_2: ['transformers', 'X'] },
      },
      'a second text encoder',
    ],
    ['inpainting', { 'unet/config.json': { ...UNET, in_channels: 9 } }, 'made for inpainting'],
    ['depth', { 'unet/config.json': { ...UNET, in_channels: 5 } }, 'turns 5 channels into 4'],
    [
      'SDXL’s denoiser',
      { 'unet/config.json': { ...UNET, addition_embed_type: 'text_time' } },
      'as that of SDXL does',
    ],
    ['latent consistency', { 'unet/config.json': { ...UNET, time_cond_proj_dim: 256 } }, 'guidance built in'],
    [
      'a transformer',
      { 'unet/config.json': { _class_name: 'DiTTransformer2DModel' } },
      'a DiTTransformer2DModel',
    ],
    [
      'another autoencoder',
      { 'vae/config.json': { ...VAE, _class_name: 'VQModel' } },
      'its autoencoder is a VQModel',
    ],
    ['two colours', { 'vae/config.json': { ...VAE, in_channels: 2, out_channels: 2 } }, 'neither grey nor'],
    ['another text encoder', { 'text_encoder/config.json': { ...TEXT, hidden_size: 32 } }, 'something wider'],
  ];

  it.each(CASES)('is refused by what it is: %s', async (_, changes, message) => {
    await withModel('sd1', changes, async (folder) => {
      await expect(readModelConfig(folder)).rejects.toMatchObject({
        code: 'model_unsupported',
        message: expect.stringContaining(message) as string,
      });
      await expect(readModelConfig(folder)).rejects.toThrow(
        /The model "sd1" .* Use a Stable Diffusion 1\.x or 2\.x/,
      );
    });
  });

  it.each([
    ['no scheduler', { 'scheduler/scheduler_config.json': undefined }, 'model_missing'],
    [
      'a scheduler that is not known',
      { 'scheduler/scheduler_config.json': { _class_name: 'X' } },
      'model_corrupt',
    ],
    ['no JSON', { 'unet/config.json': '{' }, 'model_corrupt'],
    ['a size that is none', { 'unet/config.json': { ...UNET, sample_size: 0 } }, 'model_corrupt'],
    ['defaults that are none', { 'defaults.json': { numInferenceSteps: 0 } }, 'model_corrupt'],
    ['no model_index.json', { 'model_index.json': undefined }, 'model_missing'],
  ] as const)('with %s is damaged rather than of another kind', async (_, changes, code) => {
    await withModel('sd1', changes, async (folder) => {
      await expect(readModelConfig(folder)).rejects.toMatchObject({ code });
    });
  });
});
