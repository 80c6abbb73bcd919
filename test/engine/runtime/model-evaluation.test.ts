import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readModelEvaluation } from '../../../src/engine/runtime/model-evaluation.js';

describe('what was measured of a model', () => {
  let root = '';

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'riffcord-model-'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  const readAs = async (content: string, version = '1.0.0') => {
    await writeFile(join(root, 'evaluation.json'), content);
    return readModelEvaluation({ root, version });
  };

  it('is read as it stands, without what this version does not know', async () => {
    const evaluation = { version: '1.0.0', clips: 256, shares: { genre: { generated: 0.4, real: 0.7 } } };
    const later = { ...evaluation, shares: { ...evaluation.shares, taste: { generated: 1 } } };
    expect(await readAs(JSON.stringify(later))).toEqual(evaluation);
  });

  it('is not taken from another version of the model', async () => {
    const evaluation = { version: '1.0.0', clips: 256, shares: {} };
    expect(await readAs(JSON.stringify(evaluation), '1.0.1')).toBeUndefined();
  });

  it.each(['', 'null', '{}', '{"version":"1.0.0","clips":256,"shares":{"genre":{"generated":43}}}'])(
    'is nothing where the file says %j',
    async (content) => {
      expect(await readAs(content)).toBeUndefined();
    },
  );

  it('is not read from a link, nor from a file of any size', async () => {
    const evaluation = JSON.stringify({ version: '1.0.0', clips: 1, shares: {} });
    expect(await readAs(evaluation + ' '.repeat(2 ** 16))).toBeUndefined();
    const elsewhere = join(root, 'elsewhere.json');
    await writeFile(elsewhere, evaluation);
    const linked = join(root, 'linked');
    await mkdir(linked);
    await symlink(elsewhere, join(linked, 'evaluation.json'));
    expect(await readModelEvaluation({ root: linked, version: '1.0.0' })).toBeUndefined();
  });

  it('is nothing where there is no file', async () => {
    expect(await readModelEvaluation({ root: join(root, 'none'), version: '1.0.0' })).toBeUndefined();
  });
});
