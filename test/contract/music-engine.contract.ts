/** What every MusicEngine must do, as a suite: call it in a test file, once for each implementation. */
import { createHash } from 'node:crypto';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CancelledError, EngineError } from '../../src/engine/errors.js';
import type { GenerationProgress, MusicEngine } from '../../src/engine/music-engine.js';
import { recipeSchema } from '../../src/engine/recipe/recipe.js';
import { aRequest, TINY_MODEL } from '../engine/tiny-model.js';

interface Contender {
  readonly name: string;
  /** An engine whose only model is the tiny one, new with each call. */
  readonly create: () => MusicEngine;
  /** Steps of the tiny model that may pass until word of an aborted signal has reached the engine. */
  readonly stepsUntilHeard: number;
}

export function describeMusicEngine({ name, create, stepsUntilHeard }: Contender): void {
  describe(`${name} keeps the contract of MusicEngine`, () => {
    let engine: MusicEngine;
    beforeAll(() => {
      engine = create();
    });
    afterAll(() => engine.dispose());

    it('makes a picture and a sound of the request, and says from what', async () => {
      const request = aRequest({
        numInferenceSteps: 3,
        guidanceScale: 2.5,
        scheduler: 'heun',
        seed: 4294967295,
      });
      const { recipe, picture, audio } = await engine.generate(request);
      const [model] = await engine.models();
      const { width, height, format } = await sharp(picture).metadata();
      expect(recipeSchema.parse(recipe)).toEqual(recipe);
      expect(recipe).toMatchObject({
        model: { name: TINY_MODEL, version: '0.0.1', sha256: model?.sha256 },
        prompt: 'funk bass',
        negativePrompt: '',
        seed: 4294967295,
        numInferenceSteps: 3,
        guidanceScale: 2.5,
        scheduler: 'heun',
        width: 64,
      });
      expect({ width, height, format }).toEqual({ width: 64, height: 512, format: 'png' });
      expect(audio).toMatchObject({ format: 'wav', sampleRate: 48000, numberOfChannels: 1 });
      expect(audio.durationSeconds).toBeCloseTo(0.64, 6);
      expect(Buffer.from(audio.bytes.subarray(0, 4)).toString()).toBe('RIFF');
    });

    it('takes the model’s defaults for knobs that the request leaves open', async () => {
      const { recipe } = await engine.generate(aRequest());
      const [model] = await engine.models();
      expect(model?.defaults).toEqual({ numInferenceSteps: 4, guidanceScale: 3, scheduler: 'euler' });
      expect(recipe).toMatchObject(model?.defaults ?? {});
    });

    it('reports progress that never falls: each step once, then each stage, 1 at the end', async () => {
      const heard: GenerationProgress[] = [];
      const request = aRequest({ numInferenceSteps: 5 });
      await engine.generate(request, { onProgress: (progress) => heard.push(progress) });
      const fractions = heard.map(({ fraction }) => fraction);
      expect(heard.filter(({ stage }) => stage === 'denoising').map(({ step }) => step)).toEqual([
        1, 2, 3, 4, 5,
      ]);
      expect([...new Set(heard.map(({ stage }) => stage))]).toEqual([
        'loading',
        'denoising',
        'decoding',
        'sounding',
        'encoding',
      ]);
      expect(heard.every(({ numInferenceSteps }) => numInferenceSteps === 5)).toBe(true);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
      expect(fractions.at(0)).toBe(0);
      expect(fractions.at(-1)).toBe(1);
      expect(heard.some(({ preview }) => preview)).toBe(false);
    });

    it('shows previews when asked for', async () => {
      const previews: Uint8Array[] = [];
      await engine.generate(aRequest({ numInferenceSteps: 3 }), {
        previewIntervalMs: 0,
        onProgress: ({ preview }) => preview && previews.push(preview),
      });
      const shapes = await Promise.all(previews.map(async (preview) => sharp(preview).metadata()));
      expect(shapes.map(({ width, height }) => [width, height])).toEqual([
        [64, 512],
        [64, 512],
        [64, 512],
      ]);
    });

    it('makes the same bytes of the same request', async () => {
      const first = await engine.generate(aRequest({ audioFormat: 'mp3' }));
      const second = await engine.generate(aRequest({ audioFormat: 'mp3' }));
      expect(sha256(second.picture)).toBe(sha256(first.picture));
      expect(sha256(second.audio.bytes)).toBe(sha256(first.audio.bytes));
      expect(second.recipe).toEqual(first.recipe);
    });

    it('makes another clip of another seed', async () => {
      const first = await engine.generate(aRequest({ numInferenceSteps: 1 }));
      const second = await engine.generate(aRequest({ numInferenceSteps: 1, seed: 2 }));
      expect(await pixelHash(second.picture)).not.toBe(await pixelHash(first.picture));
    });

    it('takes any prompt: other scripts, emoji, markdown, mentions, half a surrogate pair', async () => {
      const prompt = 'ジャズ 🎷🎷 **@everyone** <@1> `rm -rf` \ud83c';
      const { recipe } = await engine.generate(aRequest({ prompt, numInferenceSteps: 1 }));
      expect(recipe.prompt).toBe(prompt);
    });

    it('stops within one step of its signal', async () => {
      const abortion = new AbortController();
      const steps: number[] = [];
      const generating = engine.generate(aRequest({ numInferenceSteps: 100 }), {
        signal: abortion.signal,
        // Makes the steps of the tiny model last as long as those of a real one.
        previewIntervalMs: 0,
        onProgress: ({ step }) => {
          steps.push(step);
          if (step === 3) abortion.abort();
        },
      });
      await expect(generating).rejects.toBeInstanceOf(CancelledError);
      expect(steps.at(-1)).toBeLessThanOrEqual(3 + stepsUntilHeard);
    });

    it('refuses at once when the signal has aborted before', async () => {
      const heard: GenerationProgress[] = [];
      const options = { signal: AbortSignal.abort(), onProgress: (p: GenerationProgress) => heard.push(p) };
      await expect(engine.generate(aRequest(), options)).rejects.toBeInstanceOf(CancelledError);
      expect(heard).toEqual([]);
    });

    it('does concurrent calls one after another, in the order of the calls', async () => {
      const log: string[] = [];
      const call = async (label: string): Promise<void> => {
        const request = aRequest({ numInferenceSteps: 2 });
        await engine.generate(request, {
          onProgress: ({ fraction }) => fraction === 0 && log.push(`${label} began`),
        });
        log.push(`${label} ended`);
      };
      await Promise.all([call('first'), call('second'), call('third')]);
      expect(log).toEqual([
        'first began',
        'first ended',
        'second began',
        'second ended',
        'third began',
        'third ended',
      ]);
    });

    it('a call may leave the line without disturbing the others', async () => {
      const abortion = new AbortController();
      const first = engine.generate(aRequest());
      const second = engine.generate(aRequest({ seed: 2 }), { signal: abortion.signal });
      const third = engine.generate(aRequest({ seed: 3 }));
      abortion.abort();
      await expect(second).rejects.toBeInstanceOf(CancelledError);
      expect((await first).recipe.seed).toBe(1);
      expect((await third).recipe.seed).toBe(3);
    });

    it('names the models it knows when asked for another', async () => {
      const error = await rejection(engine.generate(aRequest({ model: 'none' })));
      expect(error).toBeInstanceOf(EngineError);
      expect(error).toMatchObject({
        code: 'model_missing',
        message: 'There is no model "none". Choose one of: riffcord-tiny.',
      });
    });

    it('describes its models', async () => {
      expect(await engine.models()).toEqual([
        {
          name: TINY_MODEL,
          version: '0.0.1',
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          licence: 'MIT',
          defaults: { numInferenceSteps: 4, guidanceScale: 3, scheduler: 'euler' },
          samplePrompts: ['funk bass', 'jazz piano'],
        },
      ]);
    });

    it('an error of the listener fails its own request and no other', async () => {
      const complaint = new Error('the listener is broken');
      const broken = engine.generate(aRequest(), {
        onProgress: () => {
          throw complaint;
        },
      });
      await expect(broken).rejects.toBe(complaint);
      expect((await engine.generate(aRequest())).recipe.seed).toBe(1);
    });

    it('settles everything when it is disposed of, and does nothing more', async () => {
      const disposable = create();
      let disposed: Promise<void> | undefined;
      const active = disposable.generate(aRequest({ numInferenceSteps: 100 }), {
        onProgress: ({ step }) => {
          if (step === 2) disposed = disposable.dispose();
        },
      });
      const waiting = disposable.generate(aRequest());
      const errors = await Promise.all([rejection(active), rejection(waiting)]);
      expect(errors.map((error) => (error as EngineError).code)).toEqual(['engine_closed', 'engine_closed']);
      await disposed;
      await disposable.dispose();
      await expect(disposable.generate(aRequest())).rejects.toMatchObject({ code: 'engine_closed' });
      await expect(disposable.models()).rejects.toMatchObject({ code: 'engine_closed' });
    });

    it('may be disposed of unused', async () => {
      await expect(create().dispose()).resolves.toBeUndefined();
    });
  });
}

async function pixelHash(picture: Uint8Array): Promise<string> {
  return sha256(await sharp(picture).raw().toBuffer());
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it resolved, and should not have');
    },
    (error: unknown) => error,
  );
}
