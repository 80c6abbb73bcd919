import { setImmediate as nextTurn } from 'node:timers/promises';

import { describe, expect, it, vi } from 'vitest';

import { QueueError, RetryableError } from '../../src/queue/errors.js';
import type { FairnessOptions } from '../../src/queue/fair/claim.js';
import type { Job } from '../../src/queue/job.js';
import type { JobQueue, JobQueueEvents } from '../../src/queue/job-queue.js';
import type { Processor } from '../../src/queue/processor.js';

/** What the suite asks of a queue under test. */
export interface QueueUnderTest {
  readonly processor: Processor<string>;
  readonly concurrency?: number;
  readonly maxWaiting?: number;
  /** Default 3. */
  readonly maxAttempts?: number;
  readonly timeoutMs?: number;
  readonly fairness?: FairnessOptions<string>;
}

/** Where the jobs of one test are kept, none to begin with. */
export interface QueueHome {
  /** Opens the queue, again after it was closed; the caller closes it. */
  open(options: QueueUnderTest): Promise<JobQueue<string>>;
}

/** The suite that every implementation of JobQueue passes. */
export function describeJobQueue(name: string, newHome: () => QueueHome): void {
  describe(`${name}, as a job queue`, () => {
    const withQueue = queueRunner(newHome);

    it('gives an accepted job an id, its data and its place', async () => {
      await withQueue({ processor: idle }, async (queue) => {
        const before = Date.now();
        const job = await queue.add('a', { priority: 2 });
        expect(job).toMatchObject({ data: 'a', state: 'waiting', priority: 2, attempts: 0 });
        expect(job.id).not.toBe('');
        expect(job.addedAt).toBeGreaterThanOrEqual(before);
        expect(queue.get(job.id)).toEqual(job);
        expect(queue.position(job.id)).toBe(0);
        expect(queue.get('another')).toBeUndefined();
        expect(queue.position('another')).toBeUndefined();
      });
    });

    it('runs nothing before it is started, then everything in order of arrival', async () => {
      const ran: string[] = [];
      await withQueue({ processor: record(ran) }, async (queue) => {
        for (const data of ['a', 'b', 'c']) await queue.add(data);
        await nextTurn();
        expect(ran).toEqual([]);
        await queue.start();
        await emptied(queue);
        expect(ran).toEqual(['a', 'b', 'c']);
      });
    });

    it('runs higher priorities first, and equal ones in order of arrival', async () => {
      const ran: string[] = [];
      await withQueue({ processor: record(ran) }, async (queue) => {
        for (const data of ['low 1', 'low 2']) await queue.add(data, { priority: -1 });
        for (const data of ['high 1', 'high 2']) await queue.add(data, { priority: 5 });
        await queue.add('middle');
        expect(queue.list().map((job) => job.data)).toEqual(['high 1', 'high 2', 'middle', 'low 1', 'low 2']);
        expect(queue.list().map((job) => queue.position(job.id))).toEqual([0, 1, 2, 3, 4]);
        await queue.start();
        await emptied(queue);
        expect(ran).toEqual(['high 1', 'high 2', 'middle', 'low 1', 'low 2']);
      });
    });

    it('counts positions from the next job to run, and lists active jobs first', async () => {
      await withQueue({ processor: untilAborted }, async (queue) => {
        await queue.start();
        const jobs = [];
        for (const data of ['a', 'b', 'c']) jobs.push(await queue.add(data));
        await vi.waitFor(() => expect(queue.list()[0]?.state).toBe('active'));
        expect(jobs.map((job) => queue.position(job.id))).toEqual([0, 0, 1]);
        expect(queue.list().map((job) => job.state)).toEqual(['active', 'waiting', 'waiting']);
        expect(queue.list()[0]).toMatchObject({ data: 'a', attempts: 1 });
      });
    });

    it('never runs more jobs at once than its concurrency', async () => {
      let running = 0;
      let most = 0;
      const two = deferred();
      const processor: Processor<string> = async () => {
        most = Math.max(most, ++running);
        if (running === 2) two.resolve();
        await two.promise;
        await nextTurn();
        running -= 1;
      };
      await withQueue({ processor, concurrency: 2 }, async (queue) => {
        await queue.start();
        await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((data) => queue.add(data)));
        await emptied(queue);
        expect(most).toBe(2);
      });
    });

    it('tells the life of a job through events', async () => {
      await withQueue({ processor: idle }, async (queue) => {
        const heard = listenTo(queue);
        await queue.start();
        const { id } = await queue.add('a');
        await emptied(queue);
        expect(heard).toEqual([`added ${id} waiting`, `active ${id} active`, `completed ${id} completed`]);
        expect(queue.get(id)).toBeUndefined();
        expect(await queue.cancel(id)).toBe(false);
      });
    });

    it('stops telling a listener that was taken off', async () => {
      await withQueue({ processor: idle }, async (queue) => {
        const heard: string[] = [];
        const listener = (job: Job<string>): void => void heard.push(job.data);
        queue.on('added', listener);
        await queue.add('a');
        queue.off('added', listener);
        await queue.add('b');
        expect(heard).toEqual(['a']);
      });
    });

    it('says that jobs moved whenever one comes, starts or leaves', async () => {
      const runs = deferred();
      await withQueue({ processor: reporting(runs, untilAborted) }, async (queue) => {
        const waiting: number[] = [];
        queue.on('moved', () => waiting.push(queue.list().filter((job) => job.state === 'waiting').length));
        const first = await queue.add('a');
        const second = await queue.add('b');
        await queue.start();
        await runs.promise;
        await queue.cancel(second.id);
        await queue.cancel(first.id);
        await emptied(queue);
        expect(waiting).toEqual([1, 2, 1, 0, 0]);
      });
    });

    it('goes on when listeners throw or reject', async () => {
      await withQueue({ processor: idle }, async (queue) => {
        queue.on('added', () => {
          throw new Error('listener');
        });
        const rejects = (): unknown => Promise.reject(new Error('listener'));
        queue.on('completed', rejects);
        await queue.start();
        await queue.add('a');
        await queue.add('b');
        await emptied(queue);
        expect(queue.list()).toEqual([]);
      });
    });

    it('fails a job whose processor throws, and runs the next', async () => {
      const fault = new Error('broken');
      const ran: string[] = [];
      const processor: Processor<string> = (job) => {
        ran.push(job.data);
        return job.data === 'bad' ? Promise.reject(fault) : Promise.resolve();
      };
      await withQueue({ processor }, async (queue) => {
        const errors: unknown[] = [];
        queue.on('failed', (job, error) => errors.push(job.state, error));
        await queue.start();
        await Promise.all(['bad', 'good'].map((data) => queue.add(data)));
        await emptied(queue);
        expect(ran).toEqual(['bad', 'good']);
        expect(errors).toEqual(['failed', fault]);
      });
    });

    it('runs a job again when its processor asks for it, before those behind it', async () => {
      const ran: string[] = [];
      const processor: Processor<string> = (job) => {
        ran.push(`${job.data}${job.attempts}`);
        return job.attempts < 3 && job.data === 'a'
          ? Promise.reject(new RetryableError('again'))
          : Promise.resolve();
      };
      await withQueue({ processor }, async (queue) => {
        await queue.add('a');
        await queue.add('b');
        await queue.start();
        await emptied(queue);
        expect(ran).toEqual(['a1', 'a2', 'a3', 'b1']);
      });
    });

    it('fails a job that asks to be run again too often', async () => {
      let runs = 0;
      const processor: Processor<string> = () => {
        runs += 1;
        return Promise.reject(new RetryableError(`try ${runs}`));
      };
      await withQueue({ processor, maxAttempts: 2 }, async (queue) => {
        const errors: unknown[] = [];
        queue.on('failed', (_, error) => errors.push(error));
        await queue.start();
        await queue.add('a');
        await emptied(queue);
        expect(runs).toBe(2);
        expect(errors).toEqual([new RetryableError('try 2')]);
      });
    });

    it('cancels a waiting job, which then never runs', async () => {
      const ran: string[] = [];
      await withQueue({ processor: record(ran) }, async (queue) => {
        const heard = listenTo(queue);
        const { id } = await queue.add('a');
        await queue.add('b');
        expect(await queue.cancel(id)).toBe(true);
        expect(await queue.cancel(id)).toBe(false);
        await queue.start();
        await emptied(queue);
        expect(ran).toEqual(['b']);
        expect(heard).toContain(`cancelled ${id} cancelled`);
      });
    });

    it('cancels an active job through its signal, and keeps its slot until the processor has settled', async () => {
      const ran: string[] = [];
      const runs = deferred();
      const stopping = deferred();
      const processor: Processor<string> = async (job, { signal }) => {
        ran.push(job.data);
        if (job.data !== 'a') return;
        await aborted(signal);
        await stopping.promise; // slow to stop
        throw new Error('stopped');
      };
      await withQueue({ processor: reporting(runs, processor) }, async (queue) => {
        const heard = listenTo(queue);
        await queue.start();
        const { id } = await queue.add('a');
        await queue.add('b');
        await runs.promise;
        expect(await queue.cancel(id)).toBe(true);
        await nextTurn();
        expect(ran).toEqual(['a']);
        expect(queue.get(id)?.state).toBe('active');
        stopping.resolve();
        await emptied(queue);
        expect(ran).toEqual(['a', 'b']);
        expect(heard).toContain(`cancelled ${id} cancelled`);
      });
    });

    it('cancels a job that is just starting', async () => {
      const completed: string[] = [];
      const processor: Processor<string> = async (job, context) => {
        await untilAborted(job, context);
        completed.push(job.data);
      };
      await withQueue({ processor }, async (queue) => {
        const heard = listenTo(queue);
        const { id } = await queue.add('a');
        queue.on('active', () => void queue.cancel(id));
        const empty = emptied(queue);
        await queue.start();
        await empty;
        expect(completed).toEqual([]);
        expect(heard).toContain(`cancelled ${id} cancelled`);
      });
    });

    it('calls a job completed that had done its work when it was cancelled', async () => {
      const runs = deferred();
      const processor: Processor<string> = (_, { signal }) => aborted(signal);
      await withQueue({ processor: reporting(runs, processor) }, async (queue) => {
        const heard = listenTo(queue);
        await queue.start();
        const { id } = await queue.add('a');
        await runs.promise;
        await queue.cancel(id);
        await emptied(queue);
        expect(heard).toContain(`completed ${id} completed`);
      });
    });

    it('does not retry a cancelled job', async () => {
      const runs = deferred();
      const processor: Processor<string> = async (_, { signal }) => {
        await aborted(signal);
        throw new RetryableError('again');
      };
      await withQueue({ processor: reporting(runs, processor) }, async (queue) => {
        const heard = listenTo(queue);
        await queue.start();
        const { id } = await queue.add('a');
        await runs.promise;
        await queue.cancel(id);
        await emptied(queue);
        expect(heard).toEqual([`added ${id} waiting`, `active ${id} active`, `cancelled ${id} cancelled`]);
      });
    });

    it('passes on what a processor reports while it runs', async () => {
      const processor: Processor<string> = (_, { reportProgress }) => {
        for (const done of [1, 2]) reportProgress({ done, of: 2 });
        return Promise.resolve();
      };
      await withQueue({ processor }, async (queue) => {
        const heard: unknown[] = [];
        queue.on('progress', (job, progress) => heard.push([job.id, job.state, progress]));
        const { id } = await queue.add('a');
        await queue.start();
        await emptied(queue);
        expect(heard).toEqual([1, 2].map((done) => [id, 'active', { done, of: 2 }]));
      });
    });

    it('stops a job whose time is up, says so, and runs the next', async () => {
      const ran: string[] = [];
      const processor: Processor<string> = async (job, context) => {
        if (job.data === 'endless') await untilAborted(job, context);
        ran.push(job.data);
      };
      await withQueue({ processor, timeoutMs: 50 }, async (queue) => {
        const errors: unknown[] = [];
        queue.on('failed', (job, error) => errors.push(job.data, error));
        for (const data of ['endless', 'short']) await queue.add(data);
        await queue.start();
        await emptied(queue);
        expect(ran).toEqual(['short']);
        const message = 'This took longer than 0.05 seconds, so it was stopped. Please ask for less.';
        expect(errors).toEqual(['endless', expect.objectContaining({ code: 'timed_out', message })]);
      });
    });

    it('lets B begin within one job when A has queued many', async () => {
      const ran: string[] = [];
      const gate = deferred();
      const first = deferred();
      const processor: Processor<string> = async (job) => {
        ran.push(job.data);
        first.resolve();
        await gate.promise;
      };
      const fairness = { claimOf: (user: string) => ({ group: 'g', user, cost: 1 }) };
      await withQueue({ processor, fairness }, async (queue) => {
        await queue.start();
        for (let index = 0; index < 20; index++) await queue.add('A');
        await first.promise;
        const { id } = await queue.add('B');
        expect(queue.position(id)).toBe(0);
        gate.resolve();
        await emptied(queue);
        expect(ran.indexOf('B')).toBe(1);
        expect(ran).toHaveLength(21);
      });
    });

    it('keeps reserved slots free for those they are reserved for', async () => {
      const ran: string[] = [];
      const processor: Processor<string> = (job, context) => {
        ran.push(job.data);
        return untilAborted(job, context);
      };
      const fairness = { reserve: { slots: 1, fromPriority: 10 } };
      await withQueue({ processor, fairness, concurrency: 2 }, async (queue) => {
        for (const data of ['batch 1', 'batch 2']) await queue.add(data);
        await queue.start();
        await vi.waitFor(() => expect(ran).toEqual(['batch 1']));
        await queue.add('live', { priority: 10 });
        await vi.waitFor(() => expect(ran).toEqual(['batch 1', 'live']));
      });
    });

    it('refuses a job when as many wait as may, in a sentence', async () => {
      await withQueue({ processor: idle, maxWaiting: 2 }, async (queue) => {
        const results = await Promise.allSettled(['a', 'b', 'c'].map((data) => queue.add(data)));
        expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
        await expect(queue.add('d')).rejects.toMatchObject({
          code: 'full',
          message: 'The queue is full: 2 jobs are waiting already. Please try again later.',
        });
        expect(queue.list().map((job) => job.data)).toEqual(['a', 'b']);
      });
    });

    it('puts active jobs back in their place when it closes, and takes no more', async () => {
      const runs = deferred();
      await withQueue({ processor: reporting(runs, untilAborted) }, async (queue) => {
        const heard = listenTo(queue);
        const { id } = await queue.add('a');
        await queue.add('b');
        await queue.start();
        await runs.promise;
        await vi.waitFor(() => expect(queue.get(id)?.state).toBe('active'));
        await queue.close();
        expect(queue.list().map((job) => `${job.data} ${job.state} ${job.attempts}`)).toEqual([
          'a waiting 1',
          'b waiting 0',
        ]);
        expect(heard.filter((line) => line.startsWith('active'))).toEqual([`active ${id} active`]);
        await expect(queue.add('c')).rejects.toBeInstanceOf(QueueError);
        await expect(queue.add('c')).rejects.toMatchObject({ code: 'closed' });
        expect(await queue.cancel(id)).toBe(false);
      });
    });

    it('has let every processor settle when close() resolves', async () => {
      const runs = deferred();
      let settled = false;
      const processor: Processor<string> = async (_, { signal }) => {
        await aborted(signal);
        for (let turn = 0; turn < 5; turn++) await nextTurn();
        settled = true;
        signal.throwIfAborted();
      };
      await withQueue({ processor: reporting(runs, processor) }, async (queue) => {
        await queue.start();
        await queue.add('a');
        await runs.promise;
        await Promise.all([queue.close(), queue.close()]);
        expect(settled).toBe(true);
      });
    });

    describe('after a restart', () => {
      it('has every accepted job again, in order, with its id, data, priority and time', async () => {
        const home = newHome();
        let before: readonly Job<string>[] = [];
        await useQueue(home, { processor: idle }, async (queue) => {
          for (const data of ['a', 'b']) await queue.add(data);
          for (const data of ['c', 'd']) await queue.add(data, { priority: 3 });
          before = queue.list();
        });
        await useQueue(home, { processor: idle }, async (queue) => {
          expect(queue.list()).toEqual(before);
          expect(queue.list().map((job) => job.data)).toEqual(['c', 'd', 'a', 'b']);
          await Promise.resolve();
        });
      });

      it('has forgotten the jobs that ended', async () => {
        const home = newHome();
        const processor: Processor<string> = (job) =>
          job.data === 'bad' ? Promise.reject(new Error('bad')) : Promise.resolve();
        await useQueue(home, { processor }, async (queue) => {
          const { id } = await queue.add('cancelled');
          await queue.cancel(id);
          for (const data of ['good', 'bad']) await queue.add(data);
          await queue.start();
          await emptied(queue);
        });
        await useQueue(home, { processor }, async (queue) => {
          const heard = listenTo(queue);
          expect(queue.list()).toEqual([]);
          await queue.start();
          expect(heard).toEqual([]);
        });
      });

      it('runs a job again that was active, first and with its attempts kept', async () => {
        const home = newHome();
        const runs = deferred();
        await useQueue(home, { processor: reporting(runs, untilAborted) }, async (queue) => {
          for (const data of ['a', 'b']) await queue.add(data);
          await queue.start();
          await runs.promise;
        });
        const ran: string[] = [];
        const processor: Processor<string> = (job) =>
          Promise.resolve(void ran.push(`${job.data}${job.attempts}`));
        await useQueue(home, { processor }, async (queue) => {
          await queue.start();
          await emptied(queue);
          expect(ran).toEqual(['a2', 'b1']);
        });
      });

      it('does not count orderly restarts as failed attempts', async () => {
        const home = newHome();
        for (let life = 1; life <= 3; life++) {
          const runs = deferred();
          const options = { processor: reporting(runs, untilAborted), maxAttempts: 2 };
          await useQueue(home, options, async (queue) => {
            if (life === 1) await queue.add('a');
            await queue.start();
            await runs.promise;
            await vi.waitFor(() =>
              expect(queue.list()).toMatchObject([{ data: 'a', state: 'active', attempts: life }]),
            );
          });
        }
      });
    });
  });
}

function queueRunner(newHome: () => QueueHome) {
  return async (options: QueueUnderTest, use: (queue: JobQueue<string>) => Promise<void>): Promise<void> =>
    useQueue(newHome(), options, use);
}

async function useQueue(
  home: QueueHome,
  options: QueueUnderTest,
  use: (queue: JobQueue<string>) => Promise<void>,
): Promise<void> {
  const queue = await home.open(options);
  try {
    await use(queue);
  } finally {
    await queue.close();
  }
}

const idle: Processor<string> = () => Promise.resolve();

const untilAborted: Processor<string> = async (_, { signal }) => {
  await aborted(signal);
  signal.throwIfAborted();
};

/** The same processor, telling that it was called: a job is active a little earlier. */
function reporting(runs: { resolve: () => void }, processor: Processor<string>): Processor<string> {
  return (job, context) => {
    runs.resolve();
    return processor(job, context);
  };
}

function record(ran: string[]): Processor<string> {
  return (job) => {
    ran.push(job.data);
    return Promise.resolve();
  };
}

function listenTo(queue: JobQueue<string>): string[] {
  const heard: string[] = [];
  const events: Exclude<keyof JobQueueEvents<string>, 'moved' | 'progress'>[] = [
    'added',
    'active',
    'completed',
    'failed',
    'cancelled',
  ];
  for (const event of events) {
    queue.on(event, (job: Job<string>) => heard.push(`${event} ${job.id} ${job.state}`));
  }
  return heard;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Resolves when the last job has ended, which must not have happened yet, and every event about it was told. */
function emptied(queue: JobQueue<string>): Promise<void> {
  return new Promise((resolve) => {
    queue.on('moved', () => {
      if (queue.list().length === 0) setImmediate(resolve);
    });
  });
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
