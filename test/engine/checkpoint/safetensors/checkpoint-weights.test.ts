import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { CheckpointWeights } from '../../../../src/engine/checkpoint/safetensors/checkpoint-weights.js';
import { floatBytes, safetensorsBytes } from '../safetensors-bytes.js';
import { withTemporaryFolder } from '../temporary-folder.js';

const FILE = 'unet/model.safetensors';
const oneTensor = (name: string, value: number): Buffer =>
  safetensorsBytes({ [name]: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, floatBytes([value]));

/** Writes files, text or bytes by path below the folder, and opens the weights. */
async function open(folder: string, files: Record<string, string | Buffer>): Promise<CheckpointWeights> {
  await mkdir(join(folder, 'unet'), { recursive: true });
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  return CheckpointWeights.open(folder, FILE);
}

const index = (weightMap: Record<string, unknown>): string =>
  JSON.stringify({ metadata: {}, weight_map: weightMap });

describe('CheckpointWeights', () => {
  it('finds where in a file a tensor lies', async () => {
    await withTemporaryFolder(async (folder) => {
      const bytes = oneTensor('a', 2);
      const weights = await open(folder, { [FILE]: bytes });
      expect(weights.names).toEqual(['a']);
      expect(weights.find('b')).toBeUndefined();
      const location = {
        name: 'a',
        dtype: 'F32',
        shape: [1],
        file: FILE,
        offset: bytes.length - 4,
        length: 4,
      };
      expect(weights.find('a')).toEqual(location);
    });
  });

  it('follows an index to its parts', async () => {
    await withTemporaryFolder(async (folder) => {
      const weights = await open(folder, {
        [`${FILE}.index.json`]: index({ a: 'part-1.safetensors', b: 'part-2.safetensors' }),
        'unet/part-1.safetensors': oneTensor('a', 1),
        'unet/part-2.safetensors': oneTensor('b', 2),
      });
      expect(weights.find('b')?.file).toBe('unet/part-2.safetensors');
      expect([...weights.names].sort()).toEqual(['a', 'b']);
    });
  });

  it.each([
    ['leaves the folder', index({ a: '../outside.safetensors' }), 'not a part of it'],
    ['names an absolute path', index({ a: '/outside.safetensors' }), 'not a part of it'],
    ['names another kind of file', index({ a: 'weights.bin' }), 'not a part of it'],
    ['puts a tensor where it is not', index({ b: 'part-1.safetensors' }), '"b" is not in part-1.safetensors'],
    ['names an absent part', index({ a: 'part-9.safetensors' }), 'is missing'],
    ['maps to numbers', index({ a: 1 }), 'not an index of weights'],
    ['is no JSON', '{', 'not an index of weights'],
  ])('refuses an index that %s', async (_, text, message) => {
    await withTemporaryFolder(async (folder) => {
      const files = { [`${FILE}.index.json`]: text, 'unet/part-1.safetensors': oneTensor('a', 1) };
      await writeFile(join(folder, 'outside.safetensors'), oneTensor('a', 1));
      await expect(open(folder, files)).rejects.toThrow(message);
    });
  });

  it('tells places from another folder, that of all models, with links followed', async () => {
    await withTemporaryFolder(async (models) => {
      const folder = join(models, 'one');
      await mkdir(join(folder, 'unet'), { recursive: true });
      await writeFile(join(folder, 'unet/kept.safetensors'), oneTensor('a', 1));
      await symlink('kept.safetensors', join(folder, FILE));
      const weights = await CheckpointWeights.open(folder, FILE, { relativeTo: models });
      expect(weights.find('a')?.file).toBe('one/unet/kept.safetensors');
      await mkdir(join(models, 'two'));
      const elsewhere = CheckpointWeights.open(folder, FILE, { relativeTo: join(models, 'two') });
      await expect(elsewhere).rejects.toThrow('does not lie in');
    });
  });

  it('opens no file outside the folder through a link', async () => {
    await withTemporaryFolder(async (outside) => {
      await withTemporaryFolder(async (folder) => {
        await writeFile(join(outside, 'secret.safetensors'), oneTensor('a', 1));
        await mkdir(join(folder, 'unet'));
        await symlink(join(outside, 'secret.safetensors'), join(folder, FILE));
        await expect(CheckpointWeights.open(folder, FILE)).rejects.toThrow('lies outside the model folder');
      });
    });
  });

  it('says that weights are missing', async () => {
    await withTemporaryFolder(async (folder) => {
      await expect(CheckpointWeights.open(folder, FILE)).rejects.toMatchObject({ code: 'model_missing' });
    });
  });
});
