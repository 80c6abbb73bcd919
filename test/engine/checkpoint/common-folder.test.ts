import { mkdir, realpath, symlink } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { describe, expect, it } from 'vitest';

import { commonFolder } from '../../../src/engine/checkpoint/common-folder.js';
import { withTemporaryFolder } from './temporary-folder.js';

describe('common folder', () => {
  it.each([
    ['siblings', ['models/a', 'models/b/c'], 'models'],
    ['one alone', ['models/a'], 'models/a'],
    ['one in the other', ['models/a', 'models'], 'models'],
    ['names that begin alike', ['models/a', 'models/ab'], 'models'],
    ['names with dots', ['models/..a', 'models/b'], 'models'],
    ['a link elsewhere', ['models/link', 'models/a'], '.'],
  ])('is the deepest that holds all: %s', async (_, folders, expected) => {
    await withTemporaryFolder(async (root) => {
      for (const folder of ['models/a', 'models/ab', 'models/..a', 'models/b/c', 'elsewhere']) {
        await mkdir(join(root, folder), { recursive: true });
      }
      await symlink(join(root, 'elsewhere'), join(root, 'models/link'));
      const common = await commonFolder(folders.map((folder) => join(root, folder)));
      expect(common).toBe(await realpath(join(root, expected)));
    });
  });

  it('is the root when there is no deeper one', async () => {
    await withTemporaryFolder(async (folder) => {
      const { root } = parse(folder);
      expect(await commonFolder([folder, root])).toBe(root);
    });
  });

  it('says which folder is missing', async () => {
    await withTemporaryFolder(async (folder) => {
      const missing = join(folder, 'missing');
      await expect(commonFolder([folder, missing])).rejects.toMatchObject({
        code: 'model_missing',
        message: expect.stringContaining(missing) as string,
      });
    });
  });
});
