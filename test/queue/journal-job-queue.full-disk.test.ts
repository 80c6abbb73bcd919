import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { JournalJobQueue } from '../../src/queue/journal-job-queue.js';

const PROGRAM = fileURLToPath(new URL('queue-in-child.mjs', import.meta.url));
const SENTENCE =
  'The request could not be saved, so it was not accepted: the disk is full. Make some room and try again.';

const disk = mkdtempSync(join(tmpdir(), 'riffcord-small-disk-'));
const hasSmallDisk = mountSmallDisk();

afterAll(() => {
  if (hasSmallDisk) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

describe.skipIf(!hasSmallDisk)('JournalJobQueue on a full disk (a small tmpfs, needs root)', () => {
  let warnings: string[];

  beforeEach(() => {
    warnings = [];
  });

  it('refuses jobs in a sentence, forgets no change, and goes on when there is room again', async () => {
    const queue = await open(warnings);
    await fillDisk();
    const { accepted, refusal } = await addUntilRefused(queue);
    expect(refusal).toMatchObject({ code: 'storage_failed', message: SENTENCE });
    expect(queue.list()).toHaveLength(accepted.length);

    const rest = [...accepted];
    while (warnings.length === 0) expect(await queue.cancel(rest.shift() ?? '')).toBe(true);
    expect(await queue.cancel(rest.shift() ?? '')).toBe(true);
    expect(queue.list().map((job) => job.id)).toEqual(rest);
    expect(warnings[0]).toBe('A change of the queue could not be written; it will be tried again.');

    await rm(join(disk, 'filler'));
    const late = await queue.add('late');
    await queue.close();

    warnings = [];
    const again = await open(warnings);
    expect(again.list().map((job) => job.id)).toEqual([...rest, late.id]);
    expect(warnings).toEqual([]);
    await again.close();
  });

  it('runs its jobs to their end', async () => {
    const queue = await open(warnings);
    for (let index = 0; index < 40; index++) await queue.add('short');
    await fillDisk();
    const completed: string[] = [];
    const empty = new Promise<void>((resolve) => {
      queue.on('completed', (job) => {
        completed.push(job.id);
        if (queue.list().length === 0) resolve();
      });
    });
    const expected = queue.list().map((job) => job.id);
    await queue.start();
    await empty;
    expect(completed).toEqual(expected);
    expect(warnings).toContain('A change of the queue could not be written; it will be tried again.');
    await queue.close();
    await rm(join(disk, 'filler'));
  });
});

describe('JournalJobQueue at a limit of file size', () => {
  const hasUlimit = spawnSync('bash', ['-c', 'ulimit -f 8']).status === 0;

  it.skipIf(!hasUlimit)('refuses what does not fit and lives on (needs bash)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'riffcord-limit-'));
    const datas = ['small', 'x'.repeat(20_000), 'small too'];
    const command = [process.execPath, PROGRAM, join(folder, 'queue'), join(folder, 'witness'), ...datas];
    const child = spawn('bash', ['-c', 'ulimit -f 8 && exec "$@"', 'bash', ...command]);
    const words: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      if (/^(accepted|refused)/.test(line)) words.push(line);
      if (words.length === datas.length) child.kill('SIGKILL');
    }
    expect(words[0]).toMatch(/^accepted \w+ small$/);
    expect(words[1]).toBe(`refused storage_failed ${SENTENCE}`);
    expect(words[2]).toMatch(/^accepted \w+ small too$/);
    rmSync(folder, { recursive: true });
  });
});

function mountSmallDisk(): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status === 0;
}

function open(warnings: string[]): Promise<JournalJobQueue<string>> {
  return JournalJobQueue.open<string>({
    folder: join(disk, 'queue'),
    parseData: String,
    processor: () => Promise.resolve(),
    onWarning: (message) => warnings.push(message),
  });
}

/** Takes all free space; what is written already may still have room in its last page. */
async function fillDisk(): Promise<void> {
  await expect(writeFile(join(disk, 'filler'), Buffer.alloc(128 * 1024))).rejects.toThrow('ENOSPC');
}

async function addUntilRefused(
  queue: JournalJobQueue<string>,
): Promise<{ accepted: string[]; refusal: unknown }> {
  const accepted: string[] = [];
  for (;;) {
    try {
      accepted.push((await queue.add('short')).id);
    } catch (refusal) {
      return { accepted, refusal };
    }
  }
}
