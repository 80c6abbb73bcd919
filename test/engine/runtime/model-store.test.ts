import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { writeDefaultModel } from '../../../src/engine/runtime/model-settings.js';
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

  it('keeps LoRAs apart: they make no clips, and have names of their own', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await addModel(folder, join(root, 'a-lora'), 'a-lora', { kind: 'lora' });
      const store = new ModelStore({ modelRoots: [root] });
      expect((await store.list()).map(({ name }) => name)).toEqual(['riffcord-tiny']);
      expect((await store.loras()).map(({ name }) => name)).toEqual(['a-lora']);
      expect((await store.all()).models.map(({ kind }) => kind)).toEqual(['checkpoint', 'lora']);
      expect((await store.findLora('a-lora')).kind).toBe('lora');
      await expect(store.find('a-lora')).rejects.toMatchObject({ code: 'model_missing' });
      await expect(store.findLora('riffcord-tiny')).rejects.toMatchObject({
        message: 'There is no LoRA "riffcord-tiny". Choose one of: a-lora.',
      });
    });
  });

  it('takes the default from settings.json of the last root that has one, unless it is told another', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await addModel(folder, join(root, 'another'), 'another');
      await addModel(folder, join(root, 'third'), 'third');
      const modelRoots = [root, join(root, 'third')];
      const first = async (defaultModel?: string): Promise<string> =>
        (await new ModelStore({ modelRoots, ...(defaultModel !== undefined && { defaultModel }) }).find())
          .name;
      expect(await first()).toBe('another');
      await writeDefaultModel(root, 'riffcord-tiny');
      expect(await first()).toBe('riffcord-tiny');
      await writeDefaultModel(join(root, 'third'), 'third');
      expect(await first()).toBe('third');
      expect(await first('riffcord-tiny')).toBe('riffcord-tiny');
      await writeDefaultModel(join(root, 'third'), 'gone');
      expect(await first()).toBe('another');
      await writeDefaultModel(join(root, 'third'), undefined);
      expect(await first()).toBe('riffcord-tiny');
      await writeFile(join(root, 'settings.json'), '{');
      expect(await first()).toBe('another');
    });
  });

  it('passes over folders that begin with a dot: unfinished downloads lie there', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await addModel(folder, join(root, '.adding-x'), 'unfinished');
      const store = new ModelStore({ modelRoots: [root] });
      expect((await store.list()).map(({ name }) => name)).toEqual(['riffcord-tiny']);
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

async function addModel(from: string, to: string, name: string, more: object = {}): Promise<void> {
  await cp(from, to, { recursive: true });
  const manifest = JSON.parse(await readFile(join(to, 'manifest.json'), 'utf8')) as object;
  await writeFile(join(to, 'manifest.json'), JSON.stringify({ ...manifest, name, ...more }));
}
