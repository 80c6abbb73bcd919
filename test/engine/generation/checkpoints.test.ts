/** Clips by a Stable Diffusion checkpoint, from its own files, by the engine as a whole. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, it } from 'vitest';

import { readPicture } from '../../../src/engine/files/read-picture.js';
import type { GenerationRequestInput } from '../../../src/engine/generation-request.js';
import { LocalEngine } from '../../../src/engine/local-engine.js';
import type { LocalEngineOptions } from '../../../src/engine/local-engine.js';
import type { GeneratedClip } from '../../../src/engine/music-engine.js';
import { recipeSchema } from '../../../src/engine/recipe/recipe.js';
import { ThreadedWorkshop } from '../../../src/engine/workshop/threaded-workshop.js';
import { LORA_FOLDER } from '../checkpoint/lora/lora-files.js';
import { withTemporaryFolder } from '../checkpoint/temporary-folder.js';
import { layOutModel, writeManifest } from '../diffusion/sd1x-models.js';
import { aRequest } from '../tiny-model.js';
import { THREAD_ENTRY } from '../workshop/thread-entry.js';

const TINY_AUTOENCODER = fileURLToPath(new URL('../../fixtures/tiny-autoencoder', import.meta.url));

const workshop = new ThreadedWorkshop({ entry: THREAD_ENTRY });
afterAll(() => workshop.dispose());

type Make = (input?: Partial<GenerationRequestInput>) => Promise<GeneratedClip>;

/** Runs with an engine whose models are a small checkpoint and a LoRA for it. */
async function withEngine(
  use: (make: Make, engine: LocalEngine) => Promise<void>,
  options: Partial<LocalEngineOptions> = {},
): Promise<void> {
  await withTemporaryFolder(async (root) => {
    await layOutModel(join(root, 'sd1'), 'sd1');
    await mkdir(join(root, 'kohya'));
    await copyFile(join(LORA_FOLDER, 'kohya.safetensors'), join(root, 'kohya/lora.safetensors'));
    await writeManifest(join(root, 'kohya'), 'kohya', [], { kind: 'lora' });
    const engine = new LocalEngine({ modelRoots: [root], workshop, ...options });
    const quick = { numInferenceSteps: 3 } as const;
    try {
      await use((input) => engine.generate(aRequest({ ...quick, ...input })), engine);
    } finally {
      await engine.dispose();
    }
  });
}

describe('a Stable Diffusion checkpoint', () => {
  it('makes clips with no file but its own, at defaults of its kind', () =>
    withEngine(async (make, engine) => {
      const [model] = await engine.models();
      expect(model?.defaults).toEqual({ numInferenceSteps: 25, guidanceScale: 7, scheduler: 'dpmpp-2m' });
      const { recipe, picture, audio } = await make();
      const { width, height } = (await readPicture(picture)).picture;
      expect({ width, height }).toEqual({ width: 64, height: 64 });
      expect(audio.durationSeconds).toBeCloseTo(0.63, 1);
      expect(recipeSchema.parse(recipe)).toEqual(recipe);
      expect(recipe).toMatchObject({ model: { name: 'sd1' }, scheduler: 'dpmpp-2m' });
    }));

  it('takes schedulers that the embedded model does not, pictures, other widths and long prompts', () =>
    withEngine(async (make) => {
      const { recipe, isPromptTruncated } = await make({
        prompt: 'a (loud:1.3) [soft] band '.repeat(7),
        scheduler: 'euler-ancestral',
        width: 96,
        init: { kind: 'seed-picture', name: 'house' },
        strength: 0.9,
      });
      expect(recipe).toMatchObject({ scheduler: 'euler-ancestral', width: 96, strength: 0.9 });
      expect(isPromptTruncated).toBe(false);
    }));

  it('is changed by a LoRA, and by its weight, and is itself again without', () =>
    withEngine(async (make) => {
      const [plain, little, much, again] = [
        await make(),
        await make({ loras: [{ name: 'kohya', weight: 0.1 }] }),
        await make({ loras: [{ name: 'kohya', weight: 1 }] }),
        await make(),
      ];
      expect(much.recipe.loras).toMatchObject([{ name: 'kohya', weight: 1 }]);
      expect(await difference(plain, again)).toBe(0);
      expect(await difference(plain, little)).toBeLessThan(await difference(plain, much));
      expect(await difference(plain, much)).toBeGreaterThan(0);
    }));

  it('can be told to make loops', () =>
    withEngine(async (make) => {
      const [plain, loop] = [await make(), await make({ loop: true })];
      expect(loop.recipe.loop).toBe(true);
      expect(plain.recipe).not.toHaveProperty('loop');
      expect(loop.audio.durationSeconds).toBeCloseTo(0.64, 6);
    }));

  it('makes long clips that loop, and morphs, which do not', () =>
    withEngine(async (make) => {
      const long = await make({ pictures: 3, loop: true });
      expect(long.recipe).toMatchObject({ pictures: 3, width: 192, loop: true });
      expect(long.audio.durationSeconds).toBeCloseTo(1.92, 6);
      const end = { prompt: 'jazz piano', seed: 5 };
      const morph = await make({
        pictures: 3,
        end,
        init: { kind: 'seed-picture', name: 'house' },
        strength: 0.8,
      });
      expect(morph.recipe).toMatchObject({ pictures: 3, end: { ...end, strength: 0.8 } });
      expect(morph.recipe).not.toHaveProperty('loop');
      expect(morph.audio.durationSeconds).toBeCloseTo(1.91, 6);
    }));

  it('computes with 8 bits when the engine is told to, and the recipe tells', () =>
    withEngine(
      async (make) => {
        expect((await make()).recipe.precision).toBe('int8');
      },
      { precision: 'int8' },
    ));

  it('decodes with a tiny autoencoder where it has one', () =>
    withTemporaryFolder(async (root) => {
      const folder = join(root, 'sd1');
      await layOutModel(folder, 'sd1');
      await mkdir(join(folder, 'vae_tiny'));
      for (const file of ['config.json', 'diffusion_pytorch_model.safetensors']) {
        await copyFile(join(TINY_AUTOENCODER, file), join(folder, 'vae_tiny', file));
      }
      await writeManifest(folder, 'sd1');
      const engine = new LocalEngine({ modelRoots: [root], workshop });
      const request = aRequest({ numInferenceSteps: 2 });
      const [own, tiny] = [
        await engine.generate(request),
        await engine.generate({ ...request, tinyDecoder: true }),
      ];
      await engine.dispose();
      expect(tiny.recipe.tinyDecoder).toBe(true);
      expect(own.recipe).not.toHaveProperty('tinyDecoder');
      expect((await readPicture(tiny.picture)).picture).toMatchObject({ width: 64, height: 64 });
      expect(await difference(own, tiny)).toBeGreaterThan(0);
    }));

  it('says so when it has none', () =>
    withEngine(async (make) => {
      await expect(make({ tinyDecoder: true })).rejects.toMatchObject({
        code: 'invalid_request',
        message: expect.stringMatching(/^The model "sd1" has no tiny decoder: put/) as string,
      });
    }));

  it('listens to an earlier layer of its text encoder when told to, as far as there are layers', () =>
    withEngine(async (make) => {
      const [plain, skipped] = [await make(), await make({ clipSkip: 1 })];
      expect(skipped.recipe.clipSkip).toBe(1);
      expect(plain.recipe).not.toHaveProperty('clipSkip');
      expect(await difference(plain, skipped)).toBeGreaterThan(0);
      await expect(make({ clipSkip: 11 })).rejects.toMatchObject({
        code: 'invalid_request',
        message: expect.stringMatching(/^clipSkip must be from 0 to/) as string,
      });
    }));

  it('reuses deep features when asked to', () =>
    withEngine(async (make) => {
      const plain = await make({ numInferenceSteps: 6 });
      const reused = await make({ numInferenceSteps: 6, acceleration: { deepFeaturesEvery: 3 } });
      expect(await difference(plain, reused)).toBeGreaterThan(0);
    }));

  it('is no LoRA, and a LoRA is no model', () =>
    withEngine(async (make, engine) => {
      expect((await engine.models()).map(({ name }) => name)).toEqual(['sd1']);
      await expect(make({ model: 'kohya' })).rejects.toMatchObject({ code: 'model_missing' });
      await expect(make({ loras: [{ name: 'sd1' }] })).rejects.toMatchObject({
        code: 'model_missing',
        message: 'There is no LoRA "sd1". Choose one of: kohya.',
      });
    }));
});

/** Mean difference of grey levels. */
async function difference(a: GeneratedClip, b: GeneratedClip): Promise<number> {
  const [x, y] = [(await readPicture(a.picture)).picture.rgb, (await readPicture(b.picture)).picture.rgb];
  return x.reduce((sum, value, index) => sum + Math.abs(value - (y[index] ?? NaN)), 0) / x.length;
}
