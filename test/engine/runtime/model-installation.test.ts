import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  ModelInstallation,
  unfinishedInstallations,
} from '../../../src/engine/runtime/model-installation.js';
import type { ManifestFile } from '../../../src/engine/runtime/model-manifest.js';
import { ModelStore } from '../../../src/engine/runtime/model-store.js';

describe('ModelInstallation', () => {
  it('makes a model of files, which nobody sees before it is whole', () =>
    inFolder(async (root) => {
      const models = join(root, 'models');
      const store = new ModelStore({ modelRoots: [models] });
      const installation = await ModelInstallation.begin(models, 'beats');
      await writeFile(await installation.pathFor('unet/config.json'), '{}');
      await writeFile(await installation.pathFor('leftovers/of.an.earlier.part'), 'x');
      const files = [await installation.describe('unet/config.json')];
      await installation.writeManifest(manifestOf(files));
      await expect(store.list()).rejects.toMatchObject({ code: 'model_missing' });
      expect(await unfinishedInstallations(models)).toEqual(['beats']);

      const model = await installation.finish();
      await expect(model.verify()).resolves.toBeUndefined();
      expect((await store.list()).map(({ name, bytes }) => [name, bytes])).toEqual([['beats', 2]]);
      expect(await readdir(models)).toEqual(['beats']);
      expect((await readdir(join(models, 'beats'))).sort()).toEqual(['manifest.json', 'unet']);
      expect(files[0]?.sha256).toBe(createHash('sha256').update('{}').digest('hex'));
    }));

  it('links files of the same disk, so that they take no space twice', () =>
    inFolder(async (root) => {
      const source = join(root, 'weights');
      await writeFile(source, 'weights');
      const installation = await ModelInstallation.begin(root, 'beats');
      await installation.adopt(source, 'unet/weights');
      await installation.adopt(source, 'unet/weights');
      const linked = await stat(join(installation.folder, 'unet/weights'));
      expect(linked.ino).toBe((await stat(source)).ino);
    }));

  it('finds what an earlier one of the same name has left, and takes it back when told to', () =>
    inFolder(async (root) => {
      const first = await ModelInstallation.begin(root, 'beats');
      await writeFile(await first.pathFor('a'), 'a');
      const second = await ModelInstallation.begin(root, 'beats');
      expect((await second.describe('a')).bytes).toBe(1);
      await second.discard();
      expect(await readdir(root)).toEqual([]);
    }));

  it('keeps out of the way of another process, as long as that runs', () =>
    inFolder(async (root) => {
      const { folder } = await ModelInstallation.begin(root, 'beats');
      await writeFile(join(folder, '.lock'), String(process.ppid));
      await expect(ModelInstallation.begin(root, 'beats')).rejects.toMatchObject({
        code: 'io_failed',
        message: expect.stringContaining(`Another process (${process.ppid}) is adding this model`) as string,
      });
      for (const leftover of ['4194399', 'not a number', '-1', '']) {
        await writeFile(join(folder, '.lock'), leftover);
        await expect(ModelInstallation.begin(root, 'beats')).resolves.toBeInstanceOf(ModelInstallation);
      }
    }));

  it('never replaces a model', () =>
    inFolder(async (root) => {
      await mkdir(join(root, 'beats'));
      await writeFile(join(root, 'beats', 'mine'), 'precious');
      const installation = await ModelInstallation.begin(root, 'beats');
      await writeFile(await installation.pathFor('a'), 'a');
      await installation.writeManifest(manifestOf([await installation.describe('a')]));
      await expect(installation.finish()).rejects.toMatchObject({ code: 'io_failed' });
      expect(await readdir(join(root, 'beats'))).toEqual(['mine']);
    }));

  it('says beforehand when the disk is too small', () =>
    inFolder(async (root) => {
      const installation = await ModelInstallation.begin(root, 'beats');
      await expect(installation.checkSpace(1000)).resolves.toBeUndefined();
      await expect(installation.checkSpace(1e18)).rejects.toMatchObject({
        code: 'disk_full',
        message: expect.stringMatching(
          /free \d+ MB more, or set RIFFCORD_MODELS to another folder\.$/,
        ) as string,
      });
    }));

  it('says which file is missing', () =>
    inFolder(async (root) => {
      const installation = await ModelInstallation.begin(root, 'beats');
      await expect(installation.describe('nothing')).rejects.toMatchObject({ code: 'io_failed' });
    }));
});

function manifestOf(files: ManifestFile[]) {
  return { name: 'beats', version: '1', kind: 'checkpoint', source: { type: 'local' }, files } as const;
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'riffcord-installation-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
