import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { JournalJobQueue } from '../../src/queue/journal-job-queue.js';

const PROGRAM = fileURLToPath(new URL('queue-in-child.mjs', import.meta.url));

let folder: string;
let witness: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffcord-crash-'));
  witness = join(folder, 'witness');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('JournalJobQueue, killed with SIGKILL', () => {
  it('loses no accepted job and accepts none twice', async () => {
    const accepted: string[] = [];
    for (const [life, linesToLive] of [3, 17, 40, 9, 26].entries()) {
      const datas = Array.from({ length: 60 }, (_, index) => `job ${life}.${index}`);
      const lines = await runUntil(
        (line, count) => !line.startsWith('warning') && count >= linesToLive,
        datas,
      );
      accepted.push(...lines.filter((line) => line.startsWith('accepted ')).map((line) => line.slice(9)));
    }
    await runUntil((line) => line === 'empty', []);

    const done = (await readFile(witness, 'utf8')).trim().split('\n');
    expect(accepted.length).toBeGreaterThan(50);
    expect(accepted.filter((job) => !done.includes(job))).toEqual([]);
    // Only the one job that was active at each kill may have been run again, and always under its own id.
    expect(done.length - new Set(done).size).toBeLessThanOrEqual(5);
    const datas = [...new Set(done)].map((line) => line.slice(line.indexOf(' ')));
    expect(new Set(datas).size).toBe(datas.length);
    expect(await jobsLeft()).toEqual([]);
  });

  it('gives up on a job that kills the program each time, and runs those behind it', async () => {
    const first = await runUntil(() => false, ['kills the program', 'innocent']);
    const { id } = (await jobsLeft())[0] ?? { id: '' };
    expect(first).toContain(`accepted ${id} kills the program`);
    // The look above was no life: it was closed in good order before the job was started.
    for (let life = 2; life <= 3; life++) await runUntil(() => false, []);
    const last = await runUntil((line) => line === 'empty', []);
    expect(last[0]).toBe(
      `failed ${id} abandoned The program stopped 3 times while it worked on this, so it is not tried again.`,
    );
    expect(await readFile(witness, 'utf8')).toMatch(/^\S+ innocent\n$/);
  });
});

/** Runs the program until a line says that it is time to kill it, or until it dies by itself. */
async function runUntil(
  isLast: (line: string, count: number) => boolean,
  datas: string[],
): Promise<string[]> {
  const child = spawn(process.execPath, [PROGRAM, join(folder, 'queue'), witness, ...datas], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (isLast(line, lines.length)) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return lines;
}

async function jobsLeft(): Promise<readonly { id: string }[]> {
  const queue = await JournalJobQueue.open<string>({
    folder: join(folder, 'queue'),
    parseData: String,
    processor: () => Promise.reject(new Error('not started')),
    onWarning: () => undefined,
  });
  const jobs = queue.list();
  await queue.close();
  return jobs;
}
