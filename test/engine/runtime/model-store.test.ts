import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ModelStore } from '../../../src/engine/runtime/model-store.js';
import { TINY_MODEL_ROOT, withTinyModelCopy } from '../tiny-model.js';

describe('ModelStore', () => {
  it('finds the models of all its roots, those of a name in the first root that has it', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await addModel(folder, join(root, 'another'), 'another');
      const store = new ModelStore({ modelRoots: [root, TINY_MODEL_ROOT, join(root, 'nowhere')] });
      expect((await store.list()).map(({ name }) => name)).toEqual(['another', 'riffcord-tiny']);
    });
  });

  it('puts the default first, and opens it when no name is given', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await addModel(folder, join(root, 'another'), 'another');
      const store = new ModelStore({ modelRoots: [root], defaultModel: 'riffcord-tiny' });
      expect((await store.list()).map(({ name }) => name)).toEqual(['riffcord-tiny', 'another']);
      expect((await store.find()).name).toBe('riffcord-tiny');
      expect((await new ModelStore({ modelRoots: [root] }).find()).name).toBe('another');
      expect((await store.find('another')).name).toBe('another');
    });
  });

  it('lists the sound models beside one with a damaged manifest', async () => {
    await withTinyModelCopy(async (root) => {
      await mkdir(join(root, 'broken'));
      await writeFile(join(root, 'broken', 'manifest.json'), '{');
      const store = new ModelStore({ modelRoots: [root] });
      expect((await store.list()).map(({ name }) => name)).toEqual(['riffcord-tiny']);
    });
  });

  it('tells what is wrong with the only model', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await rm(join(folder, 'manifest.json'));
      const store = new ModelStore({ modelRoots: [root] });
      await expect(store.list()).rejects.toMatchObject({
        code: 'model_missing',
        message: expect.stringContaining('manifest.json is missing') as string,
      });
    });
  });

  it('says where it looked when there is no model at all', async () => {
    const store = new ModelStore({ modelRoots: ['/nowhere/at/all'] });
    await expect(store.find()).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringMatching(
        /^No model was found \(looked in \/nowhere\/at\/all\)\. Restore it/,
      ) as string,
    });
  });

  it('never takes a name for a path', async () => {
    const store = new ModelStore({ modelRoots: [join(TINY_MODEL_ROOT, 'riffcord-tiny')] });
    await expect(store.find('../riffcord-tiny')).rejects.toMatchObject({ code: 'model_missing' });
    await expect(
      new ModelStore({ modelRoots: [TINY_MODEL_ROOT] }).find('../tiny-model/riffcord-tiny'),
    ).rejects.toMatchObject({
      message: 'There is no model "../tiny-model/riffcord-tiny". Choose one of: riffcord-tiny.',
    });
  });
});

async function addModel(from: string, to: string, name: string): Promise<void> {
  await cp(from, to, { recursive: true });
  const manifest = JSON.parse(await readFile(join(to, 'manifest.json'), 'utf8')) as object;
  await writeFile(join(to, 'manifest.json'), JSON.stringify({ ...manifest, name }));
}
