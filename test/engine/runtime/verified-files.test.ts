import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ModelFolder } from '../../../src/engine/runtime/model-folder.js';
import { REMEMBERED_FROM_BYTES, VerifiedFiles } from '../../../src/engine/runtime/verified-files.js';

const WEIGHTS = 'weights.safetensors';
/** Not the hash of anything here: only what is remembered can say that a file has it. */
const FOREIGN_HASH = createHash('sha256').update('another file').digest('hex');
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

describe('VerifiedFiles', () => {
  it('spares a large file that was found whole a second hashing', () =>
    inModelFolder(REMEMBERED_FROM_BYTES, async (folder, path) => {
      await remember(folder, path);
      const model = await ModelFolder.open(folder);
      await expect(model.verify()).resolves.toBeUndefined();
    }));

  it('is not asked by a check that is to read every byte', () =>
    inModelFolder(REMEMBERED_FROM_BYTES, async (folder, path) => {
      await remember(folder, path);
      const model = await ModelFolder.open(folder);
      await expect(model.verify({ trustEarlierChecks: false })).rejects.toMatchObject({
        code: 'model_corrupt',
      });
    }));

  it('notices a write that keeps size and modification time', () =>
    inModelFolder(REMEMBERED_FROM_BYTES, async (folder, path) => {
      await remember(folder, path);
      const file = await open(path, 'r+');
      await file.write(Buffer.of(1), 0, 1, 5000);
      await file.close();
      await utimes(path, LONG_AGO, LONG_AGO);
      const model = await ModelFolder.open(folder);
      await expect(model.verify()).rejects.toMatchObject({ code: 'model_corrupt' });
    }));

  it('remembers nothing of small files, nor of files that changed a moment ago', () =>
    inModelFolder(REMEMBERED_FROM_BYTES, async (folder, path) => {
      const verified = new VerifiedFiles(folder);
      const fresh = await stat(path, { bigint: true });
      await verified.add(manifestFile(REMEMBERED_FROM_BYTES), fresh);
      expect(await readdir(folder)).not.toContain('.verified.json');
      await truncate(path, 100);
      const settled = settledStats(await stat(path, { bigint: true }));
      await verified.add(manifestFile(100), settled);
      expect(await verified.has(manifestFile(100), settled)).toBe(false);
    }));

  it('takes a damaged memory for none', () =>
    inModelFolder(REMEMBERED_FROM_BYTES, async (folder, path) => {
      await remember(folder, path);
      await writeFile(join(folder, '.verified.json'), '{"version":1,"files":{');
      const stats = await stat(path, { bigint: true });
      expect(await new VerifiedFiles(folder).has(manifestFile(REMEMBERED_FROM_BYTES), stats)).toBe(false);
    }));
});

/** A model of one sparse file of zeros, whose manifest states another hash. */
async function inModelFolder(
  bytes: number,
  use: (folder: string, path: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'riffcord-verified-'));
  try {
    const path = join(folder, WEIGHTS);
    await writeFile(path, '');
    await truncate(path, bytes);
    await utimes(path, LONG_AGO, LONG_AGO);
    const files = [manifestFile(bytes)];
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ name: 'large', version: '1', files }));
    await use(folder, path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Notes the file as whole, as if it had last changed long ago, except that its change time is the true one. */
async function remember(folder: string, path: string): Promise<void> {
  const stats = await stat(path, { bigint: true });
  await new VerifiedFiles(folder).add(manifestFile(REMEMBERED_FROM_BYTES), settledStats(stats));
}

function settledStats<Stats extends object>(stats: Stats): Stats {
  return new Proxy(stats, {
    get: (target, key) => (key === 'ctimeMs' ? 0n : (Reflect.get(target, key) as unknown)),
  });
}

function manifestFile(bytes: number) {
  return { path: WEIGHTS, bytes, sha256: FOREIGN_HASH };
}
