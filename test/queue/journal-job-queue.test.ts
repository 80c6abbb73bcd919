import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RetryableError } from '../../src/queue/errors.js';
import { JournalJobQueue } from '../../src/queue/journal-job-queue.js';
import type { JournalJobQueueOptions } from '../../src/queue/journal-job-queue.js';
import { describeJobQueue } from '../contract/job-queue.contract.js';

let folder: string;
let warnings: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffcord-queue-'));
  warnings = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describeJobQueue('JournalJobQueue', () => ({ open: openQueue }));

describe('JournalJobQueue, after a restart', () => {
  it('gives up on a job that was active in too many lives that died', async () => {
    await writeJournal(
      jobLine('poison', { state: 'active', attempts: 3, failedAttempts: 2 }),
      jobLine('next'),
    );
    const ran: string[] = [];
    const queue = await openQueue({ processor: (job) => Promise.resolve(void ran.push(job.id)) });
    const failures: unknown[] = [];
    queue.on('failed', (job, error) => failures.push(job.id, error));
    await queue.start();
    await emptied(queue);
    expect(ran).toEqual(['next']);
    expect(failures).toEqual([
      'poison',
      expect.objectContaining({
        code: 'abandoned',
        message: 'The program stopped 3 times while it worked on this, so it is not tried again.',
      }),
    ]);
    await queue.close();
  });

  it('tries a job again that was active in fewer lives that died', async () => {
    await writeJournal(jobLine('victim', { state: 'active', attempts: 2, failedAttempts: 1 }));
    const ran: string[] = [];
    const queue = await openQueue({ processor: (job) => Promise.resolve(void ran.push(job.id)) });
    await queue.start();
    await emptied(queue);
    expect(ran).toEqual(['victim']);
    await queue.close();
  });

  it('does not run a job again whose cancelling the program did not live to finish', async () => {
    await writeJournal(jobLine('a', { state: 'active', attempts: 1, isCancelling: true }));
    const cancelled: string[] = [];
    const queue = await openQueue();
    queue.on('cancelled', (job) => cancelled.push(job.id));
    await queue.start();
    expect(cancelled).toEqual(['a']);
    expect(queue.list()).toEqual([]);
    await queue.close();
  });
});

describe('JournalJobQueue, asked to forget what has ended', () => {
  it('has nothing of it on the disk, and still all that waits', async () => {
    await writeJournal(jobLine('ended'), jobLine('waits'));
    const queue = await openQueue();
    await queue.cancel('ended');
    const journal = () => readFile(join(folder, 'journal.jsonl'), 'utf8');
    expect(await journal()).toContain('ended');
    await queue.forgetEnded();
    expect(await journal()).not.toContain('ended');
    await queue.close();
    const later = await openQueue();
    expect(later.list().map(({ id }) => id)).toEqual(['waits']);
    await later.close();
    await later.forgetEnded();
    expect(warnings).toEqual([]);
  });
});

describe('JournalJobQueue, reading a damaged journal', () => {
  it('drops a last line that was never completed', async () => {
    await writeJournal(jobLine('a'));
    await appendFile(join(folder, 'journal.jsonl'), jobLine('torn').slice(0, 40));
    const queue = await openQueue();
    expect(queue.list().map((job) => job.id)).toEqual(['a']);
    expect(warnings).toEqual(['Dropped 40 bytes of an entry that was never completed.']);
    await queue.close();
  });

  it('sets damaged lines aside, byte for byte, and goes on with the rest', async () => {
    const notText = Buffer.from([0x7b, 0xff, 0xfe]);
    const lines = [
      jobLine('a'),
      'no json',
      jobLine('b'),
      '{"type":"dance"}',
      '7',
      '{"type":"end","id":"a","state":"x"}',
    ];
    const bytes = Buffer.concat([
      Buffer.from(`${lines.join('\n')}\n`),
      notText,
      Buffer.from(`\n${jobLine('c')}\n`),
    ]);
    await writeFile(join(folder, 'journal.jsonl'), bytes);
    const queue = await openQueue();
    expect(queue.list().map((job) => job.id)).toEqual(['a', 'b', 'c']);
    expect(warnings).toHaveLength(1);
    const aside = await readFile(join(folder, 'set-aside.jsonl'));
    const expected = ['no json', '{"type":"dance"}', '7', '{"type":"end","id":"a","state":"x"}'].join('\n');
    expect(aside).toEqual(Buffer.concat([Buffer.from(`${expected}\n`), notText, Buffer.from('\n')]));
    await queue.close();

    warnings = [];
    await (await openQueue()).close();
    expect(warnings).toEqual([]);
  });

  it('sets a job aside whose data its parser refuses', async () => {
    await writeJournal(jobLine('a', { data: 42 }), jobLine('b'));
    const queue = await openQueue();
    expect(queue.list().map((job) => job.id)).toEqual(['b']);
    expect(await readFile(join(folder, 'set-aside.jsonl'), 'utf8')).toContain('"data":42');
    await queue.close();
  });

  it('refuses a journal of a newer version and leaves it as it is', async () => {
    const journal = '{"type":"journal","version":2}\n';
    await writeFile(join(folder, 'journal.jsonl'), journal);
    await expect(openQueue()).rejects.toMatchObject({ code: 'storage_failed', message: /version 2/ });
    expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toBe(journal);
    expect(await readdir(folder)).toEqual(['journal.jsonl']);
  });
});

describe('JournalJobQueue, on the disk', () => {
  it('keeps what people asked for from other users of the machine', async () => {
    const place = join(folder, 'deep', 'queue');
    const queue = await openQueue({ folder: place });
    await queue.add('private');
    expect((await stat(place)).mode & 0o777).toBe(0o700);
    expect((await stat(join(place, 'journal.jsonl'))).mode & 0o777).toBe(0o600);
    await queue.close();
  });

  it('has written a job before add() resolves', async () => {
    const queue = await openQueue();
    const job = await queue.add('on disk');
    expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toContain(job.id);
    await queue.close();
  });

  it('drops ended jobs from the journal when it grows, and loses none that live', async () => {
    const queue = await openQueue({ compactAtBytes: 2000 });
    const kept = await queue.add('kept');
    for (let index = 0; index < 50; index++) {
      const { id } = await queue.add('x'.repeat(100));
      await queue.cancel(id);
      expect((await stat(join(folder, 'journal.jsonl'))).size).toBeLessThan(2400);
    }
    await queue.close();
    const again = await openQueue();
    expect(again.list()).toEqual([kept]);
    await again.close();
  });

  it('is for one queue at a time', async () => {
    const queue = await openQueue();
    await expect(openQueue()).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`in use by process ${process.pid}`) as string,
    });
    await queue.close();
    await (await openQueue()).close();
    expect(await readdir(folder)).toEqual(['journal.jsonl']);
  });

  it('says so when the folder cannot be made', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await expect(openQueue({ folder: join(file, 'queue') })).rejects.toMatchObject({
      code: 'storage_failed',
    });
  });
});

describe('JournalJobQueue, closing', () => {
  it('waits no longer than its grace for a processor that ignores its signal, and runs the job again later', async () => {
    let finish = (): void => undefined;
    const stubborn = new Promise<void>((resolve) => (finish = resolve));
    let isRunning = (): void => undefined;
    const running = new Promise<void>((resolve) => (isRunning = resolve));
    const first = await openQueue({
      processor: () => {
        isRunning();
        return stubborn;
      },
      closeGraceMs: 20,
    });
    const completed: string[] = [];
    first.on('completed', (job) => completed.push(job.id));
    const { id } = await first.add('a');
    await first.start();
    await running;
    await first.close();
    expect(warnings).toEqual([`Job ${id} did not stop in time: it will be run again after a restart.`]);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(completed).toEqual([]);

    const second = await openQueue();
    expect(second.list()).toMatchObject([{ id, state: 'waiting', attempts: 1 }]);
    await second.close();
  });
});

describe('JournalJobQueue, its options', () => {
  it.each([
    ['concurrency', 0],
    ['concurrency', Number.NaN],
    ['maxWaiting', -1],
    ['maxAttempts', 1.5],
  ])('refuses %s = %s', async (name, value) => {
    await expect(openQueue({ [name]: value })).rejects.toThrow(
      `Expected ${name} to be a whole number of at least 1`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes its time and ids from the clock and the generator it was given', async () => {
    const queue = await openQueue({ now: () => 12345, newId: () => 'one' });
    expect(await queue.add('a')).toMatchObject({ id: 'one', addedAt: 12345 });
    await queue.close();
  });

  it('reports what a listener throws', async () => {
    const queue = await openQueue();
    queue.on('added', () => {
      throw new Error('listener');
    });
    await queue.add('a');
    expect(warnings).toEqual(['A listener to "added" of the queue threw.']);
    await queue.close();
  });

  it('counts a retried job once per attempt, across its life', async () => {
    const attempts: number[] = [];
    const queue = await openQueue({
      processor: (job) => {
        attempts.push(job.attempts);
        return Promise.reject(new RetryableError('again'));
      },
      maxAttempts: 4,
    });
    await queue.add('a');
    await queue.start();
    await emptied(queue);
    expect(attempts).toEqual([1, 2, 3, 4]);
    await queue.close();
  });
});

function openQueue(options: Partial<JournalJobQueueOptions<string>> = {}): Promise<JournalJobQueue<string>> {
  return JournalJobQueue.open<string>({
    folder,
    processor: () => Promise.resolve(),
    parseData: (raw) => {
      if (typeof raw !== 'string') throw new Error('not a string');
      return raw;
    },
    onWarning: (message) => warnings.push(message),
    ...options,
  });
}

function jobLine(id: string, fields: Record<string, unknown> = {}): string {
  const progress = { state: 'waiting', attempts: 0, failedAttempts: 0, isCancelling: false };
  return JSON.stringify({
    type: 'job',
    record: { id, data: `data of ${id}`, priority: 0, addedAt: 1, ...progress, ...fields },
  });
}

async function writeJournal(...lines: string[]): Promise<void> {
  const header = '{"type":"journal","version":1}';
  await writeFile(join(folder, 'journal.jsonl'), [header, ...lines].map((line) => `${line}\n`).join(''));
}

/** Resolves when the last job has ended, which must not have happened yet. */
function emptied(queue: JournalJobQueue<string>): Promise<void> {
  return new Promise((resolve) => {
    queue.on('moved', () => {
      if (queue.list().length === 0) setImmediate(resolve);
    });
  });
}
