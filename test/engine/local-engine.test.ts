import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { CancelledError } from '../../src/engine/errors.js';
import { LocalEngine } from '../../src/engine/local-engine.js';
import { ThreadedWorkshop } from '../../src/engine/workshop/threaded-workshop.js';
import { describeMusicEngine } from '../contract/music-engine.contract.js';
import { aRequest, TINY_MODEL, TINY_MODEL_ROOT, withTinyModelCopy } from './tiny-model.js';
import { THREAD_ENTRY } from './workshop/thread-entry.js';

const workshop = new ThreadedWorkshop({ entry: THREAD_ENTRY });
afterAll(() => workshop.dispose());

describeMusicEngine({
  name: 'LocalEngine',
  create: () => new LocalEngine({ modelRoots: [TINY_MODEL_ROOT], workshop }),
  stepsUntilHeard: 0,
});

describe('LocalEngine', () => {
  const quick = { numInferenceSteps: 1, guidanceScale: 1 };

  it('tells when a prompt has more tokens than the model takes', async () => {
    await withTinyModelCopy(async (root) => {
      const engine = new LocalEngine({ modelRoots: [root], workshop });
      const short = await engine.generate(aRequest({ ...quick, prompt: 'funk' }));
      const long = await engine.generate(aRequest({ ...quick, prompt: 'la '.repeat(150) }));
      expect([short.isPromptTruncated, long.isPromptTruncated]).toEqual([false, true]);
      await engine.dispose();
    });
  });

  it('hears its signal while a clip sounds, and makes the next one', async () => {
    const engine = new LocalEngine({ modelRoots: [TINY_MODEL_ROOT], workshop });
    const abortion = new AbortController();
    const stages: string[] = [];
    const generating = engine.generate(aRequest(quick), {
      signal: abortion.signal,
      onProgress: ({ stage }) => {
        stages.push(stage);
        // Once the work has been handed over, which takes longer than a turn of this thread.
        if (stage === 'sounding') setImmediate(() => abortion.abort());
      },
    });
    await expect(generating).rejects.toBeInstanceOf(CancelledError);
    expect(stages.at(-1)).toBe('sounding');
    expect((await engine.generate(aRequest(quick))).recipe.seed).toBe(1);
    await engine.dispose();
  });

  it('is disposed of in the middle of a clip that sounds, and the workshop goes on', async () => {
    const engine = new LocalEngine({ modelRoots: [TINY_MODEL_ROOT], workshop });
    let disposed: Promise<void> | undefined;
    const generating = engine.generate(aRequest(quick), {
      onProgress: ({ stage }) => {
        if (stage !== 'sounding') return;
        setImmediate(() => {
          disposed = engine.dispose();
        });
      },
    });
    await expect(generating).rejects.toMatchObject({ code: 'engine_closed' });
    await disposed;
    const silence = { sampleRate: 44_100, channels: [new Float32Array(441)] };
    expect((await workshop.writeAudio(silence, 'wav')).durationSeconds).toBe(0.01);
  });

  it('fails with what the workshop fails with, and takes the next request', async () => {
    const own = new ThreadedWorkshop({ entry: new URL('./no-such-file.js', THREAD_ENTRY) });
    const engine = new LocalEngine({ modelRoots: [TINY_MODEL_ROOT], workshop: own });
    for (let call = 0; call < 2; call++) {
      await expect(engine.generate(aRequest(quick))).rejects.toMatchObject({ code: 'engine_crashed' });
    }
    await engine.dispose();
    await own.dispose();
  });

  it('goes from one model to another and back', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await cp(folder, join(root, 'other'), { recursive: true });
      await replaceFile(join(root, 'other'), 'defaults.json', defaultsWith({ scheduler: 'heun' }), 'other');
      const engine = new LocalEngine({ modelRoots: [root], defaultModel: TINY_MODEL, workshop });
      const names = [];
      for (const model of [undefined, 'other', TINY_MODEL]) {
        const { recipe } = await engine.generate(aRequest({ ...quick, model }));
        names.push(`${recipe.model.name} ${recipe.scheduler}`);
      }
      expect(names).toEqual([`${TINY_MODEL} euler`, 'other heun', `${TINY_MODEL} euler`]);
      expect((await engine.models()).map(({ name }) => name)).toEqual([TINY_MODEL, 'other']);
      await engine.dispose();
    });
  });

  it('takes up a model that was replaced while it runs', async () => {
    await withTinyModelCopy(async (root, folder) => {
      const engine = new LocalEngine({ modelRoots: [root], workshop });
      const before = await engine.generate(aRequest(quick));
      await replaceFile(folder, 'defaults.json', defaultsWith({ scheduler: 'dpmpp-2m' }));
      const after = await engine.generate(aRequest(quick));
      expect([before.recipe.scheduler, after.recipe.scheduler]).toEqual(['euler', 'dpmpp-2m']);
      expect(after.recipe.model.sha256).not.toBe(before.recipe.model.sha256);
      await engine.dispose();
    });
  });

  it('names a network that it cannot run, though its hash is right', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await replaceFile(folder, 'unet/model.onnx', Buffer.from('not a network'));
      const engine = new LocalEngine({ modelRoots: [root], workshop });
      await expect(engine.generate(aRequest(quick))).rejects.toMatchObject({
        code: 'model_corrupt',
        message: expect.stringMatching(/unet.model\.onnx cannot be loaded/) as string,
      });
      await engine.dispose();
    });
  });

  it('names what it does not support of a model of another kind', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await replaceFile(folder, 'model_index.json', Buffer.from('{"_class_name":"AnotherPipeline"}'));
      const engine = new LocalEngine({ modelRoots: [root], workshop });
      await expect(engine.generate(aRequest(quick))).rejects.toMatchObject({
        code: 'model_unsupported',
        message: expect.stringMatching(/its pipeline is a AnotherPipeline/) as string,
      });
      await engine.dispose();
    });
  });

  it('lists the sound models beside one whose defaults are damaged', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await cp(folder, join(root, 'other'), { recursive: true });
      await replaceFile(join(root, 'other'), 'defaults.json', Buffer.from('{}'), 'other');
      const engine = new LocalEngine({ modelRoots: [root], workshop });
      expect((await engine.models()).map(({ name }) => name)).toEqual([TINY_MODEL]);
      await engine.dispose();
    });
  });
});

function defaultsWith(changes: object): Buffer {
  return Buffer.from(
    JSON.stringify({
      numInferenceSteps: 4,
      guidanceScale: 3,
      scheduler: 'euler',
      samplePrompts: [],
      ...changes,
    }),
  );
}

/** Puts other content into a model's file, and its hash (and a new name) into the manifest. */
async function replaceFile(folder: string, path: string, content: Buffer, name?: string): Promise<void> {
  await writeFile(join(folder, path), content);
  const manifestPath = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as {
    name: string;
    files: { path: string; bytes: number; sha256: string }[];
  };
  const file = manifest.files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`The manifest has no ${path}.`);
  file.bytes = content.length;
  file.sha256 = createHash('sha256').update(content).digest('hex');
  await writeFile(manifestPath, JSON.stringify({ ...manifest, name: name ?? manifest.name }));
}
