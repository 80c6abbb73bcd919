import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FolderLock } from '../../src/queue/folder-lock.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffcord-lock-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('FolderLock', () => {
  it('keeps others out until it is released, and leaves nothing behind', async () => {
    const lock = await FolderLock.acquire(folder);
    await expect(FolderLock.acquire(folder)).rejects.toMatchObject({ code: 'locked' });
    expect(await readdir(folder)).toEqual(['lock']);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    await (await FolderLock.acquire(folder)).release();
  });

  it('lets one of many in at a time', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => FolderLock.acquire(folder)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('says which process holds the folder and what to do', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(holder, 'spawn');
    await writeFile(join(folder, 'lock'), await lockOf(holder.pid ?? 0));
    const path = join(folder, 'lock');
    await expect(FolderLock.acquire(folder)).rejects.toThrow(
      `The queue's folder is in use by process ${holder.pid}: stop that one first, or delete ${path} if it is gone.`,
    );
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (await FolderLock.acquire(folder)).release();
  });

  it('breaks the lock of a process that has died', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid, born: '' }));
    await FolderLock.acquire(folder);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it('breaks the lock of an earlier process that had the id of a living one', async () => {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, born: 'before the restart' }));
    await FolderLock.acquire(folder);
  });

  it.each(['', 'nonsense', '7', 'null', '{"pid":"1"}'])('breaks an unreadable lock: %j', async (content) => {
    await writeFile(join(folder, 'lock'), content);
    await FolderLock.acquire(folder);
  });

  it('does not release a lock that has become somebody else’s', async () => {
    const lock = await FolderLock.acquire(folder);
    await writeFile(join(folder, 'lock'), 'theirs');
    await lock.release();
    expect(await readFile(join(folder, 'lock'), 'utf8')).toBe('theirs');
  });
});

/** The lock that a process would write for itself: taken by it, in a folder of its own. */
async function lockOf(pid: number): Promise<string> {
  const own = await mkdtemp(join(tmpdir(), 'riffcord-lock-'));
  await FolderLock.acquire(own);
  const { born } = JSON.parse(await readFile(join(own, 'lock'), 'utf8')) as { born: string };
  await rm(own, { recursive: true });
  if (born === '') return JSON.stringify({ pid, born });
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return JSON.stringify({ pid, born: `${born.split(':')[0]}:${startTime}` });
}
