import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { BullJobQueue } from '../../../src/queue/bull/bull-job-queue.js';
import type { BullJobQueueOptions } from '../../../src/queue/bull/bull-job-queue-options.js';
import { RedisServer } from './redis-server.js';
import { redisServerProgram } from './redis-server-program.js';

const WORKER = fileURLToPath(new URL('worker-in-child.mjs', import.meta.url));
const FRONT = fileURLToPath(new URL('front-in-child.mjs', import.meta.url));
const PATIENCE = { timeout: 50_000, interval: 50 };

let server: RedisServer;
let folder: string;
let witness: string;
let name: string;
let children: ChildProcess[];

describe.skipIf(redisServerProgram() === undefined)(
  'with redis-server (Debian: apt install redis-server)',
  () => {
    beforeEach(async () => {
      server = await RedisServer.start({ isDurable: true });
      folder = await mkdtemp(join(tmpdir(), 'riffcord-crash-'));
      witness = join(folder, 'witness');
      await writeFile(witness, '');
      name = randomUUID();
      children = [];
    });

    afterEach(async () => {
      await Promise.all(children.map(kill));
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    });

    describe('BullJobQueue, its workers and its server killed with SIGKILL', () => {
      it('loses no job and ends none twice', async () => {
        const kills = 6;
        const queue = await open();
        const ended: string[] = [];
        queue.on('completed', (job) => ended.push(job.id));
        queue.on('failed', (job, error) => ended.push(`${job.id} ${String(error)}`));
        await queue.start();
        for (let count = 0; count < 3; count++) startWorker();
        const ids: string[] = [];
        for (let count = 0; count < 60; count++) ids.push((await queue.add('150')).id);

        await vi.waitFor(async () => expect((await witnessed('begun')).length).toBeGreaterThan(3), PATIENCE);
        for (let count = 0; count < kills; count++) {
          await kill(children[(count * 7) % children.length]);
          startWorker();
          await sleep(300);
          if (count === 3) {
            await server.kill();
            await server.restart();
          }
        }
        await vi.waitFor(() => expect(queue.list()).toEqual([]), PATIENCE);

        expect([...ended].sort()).toEqual([...ids].sort());
        const done = await witnessed('done');
        expect(new Set(done)).toEqual(new Set(ids));
        // Only what ran at a kill, two jobs in each worker, may have run again: of all three where the server died.
        expect((await witnessed('begun')).length - ids.length).toBeLessThanOrEqual(2 * kills + 6);
        await queue.close();
      });

      it('runs the job of a killed worker in another, with its attempts counted', async () => {
        const queue = await open();
        const attempts: number[] = [];
        queue.on('active', (job) => attempts.push(job.attempts));
        await queue.start();
        const first = startWorker();
        const { id } = await queue.add('800');
        await vi.waitFor(async () => expect(await witnessed('begun')).toEqual([id]), PATIENCE);
        await kill(first);
        startWorker();
        await vi.waitFor(() => expect(queue.list()).toEqual([]), PATIENCE);
        expect(await witnessed('begun')).toEqual([id, id]);
        expect(await witnessed('done')).toEqual([id]);
        expect(attempts).toEqual([1, 2]);
        await queue.close();
      });

      it('gives up on a job that kills its workers, and runs those behind it', async () => {
        const queue = await open();
        const failures: unknown[] = [];
        queue.on('failed', (job, error) => failures.push(job.data, error));
        await queue.start();
        await queue.add('kills the program');
        const { id } = await queue.add('10');
        const lives = async (): Promise<void> => {
          while (failures.length === 0) await once(startWorker(1), 'exit'); // a death takes its neighbours along
        };
        void lives();
        await vi.waitFor(() => expect(failures).toHaveLength(2), PATIENCE);
        await vi.waitFor(() => expect(queue.list()).toEqual([]), PATIENCE);
        const message = 'The program stopped 3 times while it worked on this, so it is not tried again.';
        expect(failures).toEqual([
          'kills the program',
          expect.objectContaining({ code: 'abandoned', message }),
        ]);
        expect(await witnessed('done')).toContain(id);
        await queue.close();
      });

      it('has every accepted job after the program that added them was killed', async () => {
        const accepted: string[] = [];
        const front = start(FRONT, server.url, name);
        for await (const line of createInterface({ input: front.stdout ?? process.stdin })) {
          accepted.push(line);
          if (accepted.length === 40) await kill(front);
        }
        const queue = await open({ processor: () => Promise.resolve(), concurrency: 4 });
        const completed: string[] = [];
        queue.on('completed', (job) => completed.push(job.id));
        await queue.start();
        await vi.waitFor(() => expect(queue.list()).toEqual([]), PATIENCE);
        expect(accepted.filter((id) => !completed.includes(id))).toEqual([]);
        // One more may have been saved without its program having lived to say so.
        expect(completed.length - accepted.length).toBeLessThanOrEqual(1);
        expect(new Set(completed).size).toBe(completed.length);
        await queue.close();
      });

      it('tells the end of jobs that ended while nobody listened', async () => {
        const first = await open();
        await first.start();
        const worker = startWorker();
        const { id } = await first.add('300');
        await vi.waitFor(async () => expect(await witnessed('begun')).toEqual([id]), PATIENCE);
        await first.close();
        await vi.waitFor(async () => expect(await witnessed('done')).toEqual([id]), PATIENCE);
        await kill(worker);

        const second = await open();
        const heard: string[] = [];
        second.on('completed', (job) => heard.push(job.id));
        await second.start();
        await vi.waitFor(() => expect(heard).toEqual([id]), PATIENCE);
        await second.close();

        const third = await open();
        third.on('completed', (job) => heard.push(job.id));
        await third.start();
        expect(heard).toEqual([id]);
        await third.close();
      });

      it('hands work back when a worker is asked to stop', async () => {
        const queue = await open({ maxAttempts: 1 });
        await queue.start();
        const worker = startWorker();
        const { id } = await queue.add('1000');
        await vi.waitFor(async () => expect(await witnessed('begun')).toEqual([id]), PATIENCE);
        const exited = once(worker, 'exit');
        worker.kill('SIGTERM');
        expect(await exited).toEqual([0, null]);
        await vi.waitFor(() => expect(queue.get(id)?.state).toBe('waiting'), PATIENCE);
        startWorker();
        await vi.waitFor(() => expect(queue.list()).toEqual([]), PATIENCE);
        expect(await witnessed('done')).toEqual([id]);
        await queue.close();
      });
    });
  },
);

function open(options: Partial<BullJobQueueOptions<string>> = {}): Promise<BullJobQueue<string>> {
  return BullJobQueue.open<string>({
    url: server.url,
    name,
    parseData: String,
    onWarning: () => undefined,
    ...options,
  });
}

function startWorker(concurrency = 2): ChildProcess {
  const worker = start(WORKER, server.url, name, witness, String(concurrency));
  children.push(worker);
  return worker;
}

function start(program: string, ...words: string[]): ChildProcess {
  return spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Ids of the jobs that were begun, or done, in order. */
async function witnessed(what: 'begun' | 'done'): Promise<string[]> {
  const lines = (await readFile(witness, 'utf8')).trim().split('\n');
  return lines.flatMap((line) => (line.startsWith(`${what} `) ? [line.split(' ')[1] ?? ''] : []));
}
