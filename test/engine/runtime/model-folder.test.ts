import { createHash } from 'node:crypto';
import { appendFile, link, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { EngineError } from '../../../src/engine/errors.js';
import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { TINY_MODEL, TINY_MODEL_ROOT, withTinyModelCopy } from '../tiny-model.js';

const tiny = join(TINY_MODEL_ROOT, TINY_MODEL);
const WAY_OUT = 'Restore it with `git checkout -- models` in the project folder, or clone the project again.';

interface Manifest {
  files: { path: string; bytes: number; sha256: string }[];
}

describe('ModelFolder', () => {
  it('is known by its manifest, whose hash is the model’s identity', async () => {
    const folder = await ModelFolder.open(tiny);
    const hash = createHash('sha256').update(await readFile(join(tiny, 'manifest.json')));
    expect(folder.name).toBe(TINY_MODEL);
    expect(folder.version).toBe('0.0.1');
    expect(folder.sha256).toBe(hash.digest('hex'));
  });

  it('tells which files the manifest names, and where they lie', async () => {
    const folder = await ModelFolder.open(tiny);
    expect(folder.root).toBe(tiny);
    expect([folder.has('unet/model.onnx'), folder.has('manifest.json'), folder.has('unet')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('accepts files that are as the manifest says', async () => {
    const folder = await ModelFolder.open(tiny);
    await expect(folder.verify()).resolves.toBeUndefined();
    expect(await folder.path('unet/model.onnx')).toBe(join(tiny, 'unet/model.onnx'));
  });

  it('says which file is missing and how to get it back', async () => {
    const error = await faultOf((folder) => rm(join(folder, 'unet/model.onnx')));
    expect(error.code).toBe('model_missing');
    expect(error.message).toMatch(/^The model file .*unet.model\.onnx is missing\. /);
    expect(error.message.endsWith(WAY_OUT)).toBe(true);
  });

  it('says which file is truncated, from what to what', async () => {
    const error = await faultOf((folder) => truncate(join(folder, 'unet/model.onnx'), 100));
    expect(error.code).toBe('model_corrupt');
    expect(error.message).toMatch(
      /unet.model\.onnx is damaged: it has 100 bytes and should have \d+\. Restore/,
    );
  });

  it('notices one changed byte', async () => {
    const error = await faultOf(async (folder) => {
      const path = join(folder, 'vae_decoder/model.onnx');
      const bytes = await readFile(path);
      bytes[5000] = (bytes[5000] ?? 0) ^ 1;
      await writeFile(path, bytes);
    });
    expect(error.code).toBe('model_corrupt');
    expect(error.message).toMatch(/vae_decoder.model\.onnx is damaged: its SHA-256 is not the one/);
  });

  it('refuses a symbolic link in place of a file, even to the right content', async () => {
    const error = await faultOf(async (folder) => {
      const path = join(folder, 'defaults.json');
      await rename(path, join(folder, 'elsewhere.json'));
      await symlink(join(folder, 'elsewhere.json'), path);
    });
    expect(error.message).toMatch(/defaults\.json is damaged: it is a symbolic link/);
  });

  it('refuses a symbolic link in place of a folder', async () => {
    const error = await faultOf(async (folder) => {
      await rename(join(folder, 'unet'), join(folder, '..', 'unet'));
      await symlink(join(folder, '..', 'unet'), join(folder, 'unet'));
    });
    expect(error.message).toMatch(/unet is damaged: it is a symbolic link/);
  });

  it('takes a hard link, which is a file like any other', async () => {
    await withTinyModelCopy(async (root, copy) => {
      await rm(join(copy, 'unet/model.onnx'));
      await rename(join(copy, 'vae_encoder/model.onnx'), join(root, 'encoder'));
      await link(join(root, 'encoder'), join(copy, 'vae_encoder/model.onnx'));
      const folder = await ModelFolder.open(copy);
      await expect(folder.path('vae_encoder/model.onnx')).resolves.toContain('vae_encoder');
    });
  });

  it.each(['../secret', '/etc/passwd', 'a/../../b', 'a\\..\\b', 'C:\\x', 'a//b', './a', ''])(
    'refuses a manifest that names %j',
    async (path) => {
      const error = await faultOf((folder) =>
        editManifest(folder, (manifest) => manifest.files.push({ path, bytes: 1, sha256: '0'.repeat(64) })),
      );
      expect(error.code).toBe('model_corrupt');
      expect(error.message).toMatch(/manifest\.json is damaged\./);
    },
  );

  it.each(['', '{', 'null', '{"name":"x"}', '{"name":"x","version":"1","files":[]}'])(
    'refuses the manifest %j',
    async (content) => {
      const error = await faultOf((folder) => writeFile(join(folder, 'manifest.json'), content));
      expect(error.code).toBe('model_corrupt');
    },
  );

  it('says when the manifest itself is missing', async () => {
    const error = await faultOf((folder) => rm(join(folder, 'manifest.json')));
    expect(error.code).toBe('model_missing');
    expect(error.message).toMatch(/manifest\.json is missing\./);
  });

  it('gives no file that the manifest does not name', async () => {
    await withTinyModelCopy(async (_root, copy) => {
      await writeFile(join(copy, 'extra.json'), '{}');
      const folder = await ModelFolder.open(copy);
      await expect(folder.path('extra.json')).rejects.toMatchObject({ code: 'model_missing' });
      await expect(folder.path('../extra.json')).rejects.toMatchObject({ code: 'model_missing' });
    });
  });

  it('refuses JSON of another shape than was asked for', async () => {
    const folder = await ModelFolder.open(tiny);
    await expect(folder.readJson('defaults.json', z.object({ colour: z.string() }))).rejects.toMatchObject({
      code: 'model_corrupt',
    });
  });

  it('checks a JSON file before it reads it', async () => {
    await withTinyModelCopy(async (_root, copy) => {
      await appendFile(join(copy, 'defaults.json'), ' ');
      const folder = await ModelFolder.open(copy);
      await expect(folder.readText('defaults.json')).rejects.toMatchObject({ code: 'model_corrupt' });
    });
  });
});

/** What opening and verifying a copy of the tiny model ends with, once `spoil` has been at it. */
async function faultOf(spoil: (folder: string) => Promise<unknown>): Promise<EngineError> {
  let fault: unknown;
  await withTinyModelCopy(async (_root, copy) => {
    await spoil(copy);
    try {
      await (await ModelFolder.open(copy)).verify();
    } catch (error) {
      fault = error;
    }
  });
  expect(fault).toMatchObject({ name: 'EngineError' });
  return fault as EngineError;
}

async function editManifest(folder: string, edit: (manifest: Manifest) => unknown): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
  edit(manifest);
  await writeFile(path, JSON.stringify(manifest));
}
