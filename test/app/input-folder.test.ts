import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { InputFolder } from '../../src/app/input-folder.js';
import { PinoLogger } from '../../src/logger.js';

let path: string;
let inputs: InputFolder;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'riffcord-inputs-'));
  inputs = new InputFolder(path, new PinoLogger('silent'));
});

afterEach(() => rm(path, { recursive: true, force: true }));

describe('InputFolder', () => {
  it('keeps files apart, even equal ones, until they are removed', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const [first, second] = [await inputs.save(bytes), await inputs.save(bytes)];
    await inputs.remove(first);
    expect(await inputs.read(first)).toBeUndefined();
    expect([...((await inputs.read(second)) ?? [])]).toEqual([1, 2, 3]);
    await expect(inputs.remove(first)).resolves.toBeUndefined();
  });

  it('sweeps what no job needs, half-written files too', async () => {
    const [needed, old] = [await inputs.save(new Uint8Array(1)), await inputs.save(new Uint8Array(1))];
    await writeFile(join(path, `${old}.part`), 'x');
    await inputs.sweep(new Set([needed]));
    expect(await readdir(path)).toEqual([needed]);
  });

  it('sweeps nothing when there is no folder yet', async () => {
    const missing = new InputFolder(join(path, 'missing'), new PinoLogger('silent'));
    await expect(missing.sweep(new Set())).resolves.toBeUndefined();
  });

  it('does not accept what it cannot keep', async () => {
    await writeFile(join(path, 'file'), '');
    const blocked = new InputFolder(join(path, 'file'), new PinoLogger('silent'));
    await expect(blocked.save(new Uint8Array(1))).rejects.toMatchObject({ code: 'storage_failed' });
  });

  it('does not leave its folder, whatever the key', async () => {
    await expect(inputs.read('../x')).rejects.toThrow(RangeError);
  });
});
