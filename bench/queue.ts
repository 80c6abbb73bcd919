/**
 * What the queue itself costs: from adding a job to its start on an idle queue, and jobs a second with empty work, each
 * beside plain BullMQ on the same server in the same run; recovery after a worker's death; 100 000 waiting jobs.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

import { BullJobQueue } from '../src/queue/bull/bull-job-queue.js';
import type { JobQueue } from '../src/queue/job-queue.js';
import { JobTable } from '../src/queue/job-table.js';
import { newRecord } from '../src/queue/job-record.js';
import { JournalJobQueue } from '../src/queue/journal-job-queue.js';
import type { Processor } from '../src/queue/processor.js';
import { RedisServer } from '../test/queue/bull/redis-server.js';
import { printTable } from './markdown.js';
import { Stopwatch } from './stopwatch.js';

const IDLE_ADDS = 300;
const JOBS = 3000;
const CONCURRENCY = 20;
const DEATHS = 20;
const WAITING = 100_000;
const WORKER = fileURLToPath(new URL('../test/queue/bull/worker-in-child.mjs', import.meta.url));

/** One queue of the comparison, whichever it is. */
interface Contender {
  readonly name: string;
  add(data: string): Promise<unknown>;
  close(): Promise<void>;
}
type OpenContender = (run: (data: string) => void, concurrency: number) => Promise<Contender>;

export async function benchQueue(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'riffcord-bench-'));
  const server = await RedisServer.start({ isDurable: true, settings: { appendfsync: 'everysec' } });
  const contenders = [plainBull(server), ours(server), journal(folder)];
  const rows: string[][] = [];
  for (const open of contenders) rows.push(await measure(open));
  printTable(
    `Adding and running jobs without work; one process adds and runs (${IDLE_ADDS} single jobs; ${JOBS} at once, ${CONCURRENCY} slots)`,
    ['queue', 'add to start, ms: median', 'p99', 'jobs/s', 'CPU ms per job'],
    rows,
  );
  await benchRecovery(server, folder);
  benchWaiting();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(open: OpenContender): Promise<string[]> {
  const waits = await addToStart(open);
  const { name, perSecond, cpuMs } = await throughput(open);
  return [name, quantile(waits, 0.5), quantile(waits, 0.99), perSecond.toFixed(0), cpuMs.toFixed(2)];
}

async function addToStart(open: OpenContender): Promise<number[]> {
  let started = (): void => undefined;
  const queue = await open(() => started(), 1);
  const waits: number[] = [];
  for (let index = 0; index < IDLE_ADDS; index++) {
    const begun = new Promise<void>((resolve) => (started = resolve));
    const before = performance.now();
    await Promise.all([queue.add('job'), begun]);
    waits.push(performance.now() - before);
    await sleep(5); // until it is idle again
  }
  await queue.close();
  return waits.slice(20);
}

async function throughput(open: OpenContender): Promise<{ name: string; perSecond: number; cpuMs: number }> {
  let left = JOBS;
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const queue = await open(() => void (--left === 0 && finish()), CONCURRENCY);
  const stopwatch = new Stopwatch();
  await Promise.all(Array.from({ length: JOBS }, () => queue.add('job')));
  await finished;
  const { wallSeconds, cpuSeconds } = stopwatch.lap();
  await queue.close();
  return { name: queue.name, perSecond: JOBS / wallSeconds, cpuMs: (cpuSeconds * 1000) / JOBS };
}

function plainBull(server: RedisServer): OpenContender {
  return async (run, concurrency) => {
    const connection = new Redis(server.port, { maxRetriesPerRequest: null });
    const name = randomUUID();
    const queue = new Queue<string>(name, { connection, defaultJobOptions: { removeOnComplete: true } });
    const worker = new Worker<string>(name, (job) => Promise.resolve(run(job.data)), {
      connection,
      concurrency,
    });
    await worker.waitUntilReady();
    const close = async (): Promise<void> => {
      await worker.close();
      await queue.close();
      connection.disconnect();
    };
    return { name: 'plain BullMQ, first come, first served', add: (data) => queue.add('job', data), close };
  };
}

function ours(server: RedisServer): OpenContender {
  return async (run, concurrency) => {
    const options = { url: server.url, name: randomUUID(), concurrency, maxWaiting: 2 * JOBS };
    const queue = await BullJobQueue.open({ ...options, ...common(run) });
    return started('BullJobQueue, fair', queue);
  };
}

function journal(folder: string): OpenContender {
  return async (run, concurrency) => {
    const options = { folder: join(folder, randomUUID()), concurrency, maxWaiting: 2 * JOBS };
    const queue = await JournalJobQueue.open({ ...options, ...common(run) });
    return started('JournalJobQueue, fair, every change on the disk', queue);
  };
}

async function started(name: string, queue: JobQueue<string>): Promise<Contender> {
  await queue.start();
  return { name, add: (data) => queue.add(data), close: () => queue.close() };
}

function common(run: (data: string) => void) {
  const processor: Processor<string> = (job) => Promise.resolve(run(job.data));
  const fairness = { claimOf: (user: string) => ({ group: 'guild', user, cost: 1 }) };
  return { processor, fairness, parseData: String, onWarning: console.warn };
}

/** Kills the worker that runs a job, again and again, and looks when another begins it. */
async function benchRecovery(server: RedisServer, folder: string): Promise<void> {
  const witness = join(folder, 'witness');
  await writeFile(witness, '');
  const name = randomUUID();
  const startWorker = () =>
    spawn(process.execPath, [WORKER, server.url, name, witness, '1'], { stdio: 'inherit' });
  const workers = [startWorker(), startWorker()];
  const queue = await BullJobQueue.open({
    url: server.url,
    name,
    parseData: String,
    onWarning: console.warn,
  });
  await queue.start();
  const waits: number[] = [];
  for (let death = 0; death < DEATHS; death++) {
    const { id } = await queue.add('600000');
    const [, pid] = (await begun(witness, id, 1))[0] ?? [];
    const killedAt = performance.now();
    process.kill(Number(pid), 'SIGKILL');
    await begun(witness, id, 2);
    waits.push(performance.now() - killedAt);
    await queue.cancel(id);
    const dead = workers.findIndex((worker) => worker.pid === Number(pid));
    workers[dead] = startWorker();
    while (queue.list().length > 0) await sleep(20);
  }
  await queue.close();
  for (const worker of workers) {
    const exited = once(worker, 'exit');
    worker.kill('SIGKILL');
    await exited;
  }
  const cells = [quantile(waits, 0.5), quantile(waits, 0.99), `${DEATHS}`];
  printTable(
    'From kill -9 of a worker to the start of its job in another, ms',
    ['median', 'p99', 'deaths'],
    [cells],
  );
}

/** Process ids of those who began the job, once there are so many. */
async function begun(witness: string, id: string, times: number): Promise<string[][]> {
  for (;;) {
    const lines = (await readFile(witness, 'utf8')).split('\n');
    const found = lines
      .filter((line) => line.startsWith(`begun ${id}`))
      .map((line) => line.split(' ').slice(1));
    if (found.length >= times) return found;
    await sleep(10);
  }
}

function benchWaiting(): void {
  const claimOf = (user: string) => ({ group: `guild ${user.length}`, user, cost: 1 });
  const table = new JobTable<string>({ claimOf });
  const before = process.memoryUsage().heapUsed;
  const stopwatch = new Stopwatch();
  for (let index = 0; index < WAITING; index++) {
    const data = `user ${(index * 7919) % 9973}`;
    table.add(newRecord({ id: String(index), data, priority: 0, addedAt: index }));
  }
  const adding = stopwatch.lap().cpuSeconds;
  const bytes = process.memoryUsage().heapUsed - before;
  table.inRunningOrder();
  const listing = stopwatch.lap().cpuSeconds;
  for (let job = table.next(); job !== undefined; job = table.next()) {
    table.change(job.id, { state: 'active' });
    table.remove(job.id);
  }
  const running = stopwatch.lap().cpuSeconds;
  const microseconds = (seconds: number): string => ((seconds * 1e6) / WAITING).toFixed(1);
  const cells = [
    microseconds(adding),
    microseconds(running),
    (listing * 1000).toFixed(0),
    (bytes / WAITING).toFixed(0),
  ];
  printTable(
    `The order of ${WAITING} waiting jobs of 9973 users, in memory`,
    ['add, CPU us', 'choose, begin and end, CPU us', 'list all in order, CPU ms', 'heap bytes per job'],
    [cells],
  );
}

function quantile(values: readonly number[], part: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN).toFixed(1);
}
