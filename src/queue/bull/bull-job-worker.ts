import { randomUUID } from 'node:crypto';

import { UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { Job as BullJob } from 'bullmq';
import type { Redis } from 'ioredis';

import { attempt } from '../attempt.js';
import type { Outcome } from '../attempt.js';
import { abandonedAfter, RetryableError } from '../errors.js';
import type { Job } from '../job.js';
import { validateLimits } from '../limits.js';
import type { Processor } from '../processor.js';
import { settledWithin } from '../settled-within.js';
import { BULL_QUEUE } from './bull-job-store.js';
import type { Envelope } from './bull-job-store.js';
import { CancelFlags } from './cancel-flags.js';
import { failureOf, formatFailure } from './job-failure.js';
import { QueueKeys } from './queue-keys.js';
import { connectRedis, probeRedis } from './redis-connection.js';
import { WorkerRoster } from './worker-roster.js';

export interface BullJobWorkerOptions<Data> {
  /** redis:// or rediss:// address of the server. */
  readonly url: string;
  /** Name of the queue: letters, digits and dashes. */
  readonly name: string;
  /**
   * Must leave the event loop free: a worker that cannot renew its locks in time counts as dead, and its jobs run
   * elsewhere, too.
   */
  readonly processor: Processor<Data>;
  /** Checks a job's data as read back. @throws when it is not a job's data: the job then fails */
  readonly parseData: (raw: unknown) => Data;
  /** Hears what went wrong without being fatal. */
  readonly onWarning: (message: string, cause?: unknown) => void;
  /** Jobs that run at the same time. @defaultValue 1 */
  readonly concurrency?: number;
  /** Milliseconds that one try may take; then it is aborted and the job fails. @defaultValue unlimited */
  readonly timeoutMs?: number;
  /** Tries that a job gets, counting RetryableErrors and deaths of workers. @defaultValue 3 */
  readonly maxAttempts?: number;
  /** Milliseconds that close() waits for aborted processors. @defaultValue 10000 */
  readonly closeGraceMs?: number;
  /** Milliseconds after its last sign of life that a worker counts as dead. @defaultValue 3000 */
  readonly lockMs?: number;
  /** Milliseconds within which the server must answer at the start. @defaultValue 5000 */
  readonly answerMs?: number;
}

interface RunningJob {
  readonly bullJob: BullJob<Envelope>;
  readonly token: string;
  readonly abort: AbortController;
  readonly settled: Promise<void>;
  isCancelled: boolean;
}

const STALLED_CHECK_MS = 500;
const SIGN_OF_LIFE_MS = 1000;
/** A worker that missed this many signs of life has no slots. */
const SIGNS_MISSED = 3;

/** Runs jobs of a queue that BullJobQueues add to, on this machine or another. */
export class BullJobWorker<Data> {
  readonly id = randomUUID();
  readonly #options: BullJobWorkerOptions<Data>;
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #flags: CancelFlags;
  readonly #roster: WorkerRoster;
  readonly #worker: Worker<Envelope>;
  readonly #running = new Map<string, RunningJob>();
  #signsOfLife: NodeJS.Timeout | undefined;
  #isClosing = false;
  #closing: Promise<void> | undefined;

  private constructor(options: BullJobWorkerOptions<Data>, redis: Redis, keys: QueueKeys) {
    this.#options = options;
    this.#redis = redis;
    this.#subscriber = redis.duplicate();
    this.#subscriber.on('error', () => undefined); // the other connection says so
    this.#flags = new CancelFlags(redis, keys);
    this.#roster = new WorkerRoster(redis, keys);
    this.#worker = this.#newWorker(keys);
    this.#subscriber.on('message', (_channel, id) => this.#cancel(id));
    void this.#subscriber.subscribe(keys.cancelChannel).catch(() => undefined);
  }

  /** @throws QueueError `storage_failed` when the server cannot be used; RangeError when an option is out of range */
  static async open<Data>(options: BullJobWorkerOptions<Data>): Promise<BullJobWorker<Data>> {
    validateLimits(options);
    const connection = { timeoutMs: options.answerMs ?? 5000, ...options, url: options.url };
    await probeRedis({ ...connection, timeoutMs: options.answerMs ?? 5000 });
    const redis = connectRedis({ ...connection, timeoutMs: options.answerMs ?? 5000 });
    return new BullJobWorker(options, redis, new QueueKeys(options.name));
  }

  /** Begins to run jobs. */
  async start(): Promise<void> {
    void this.#worker.run().catch((error: unknown) => this.#warn('The worker stopped.', error));
    const giveSignOfLife = (): Promise<void> =>
      this.#giveSignOfLife().catch((error: unknown) => this.#warn('A worker could not be heard.', error));
    await giveSignOfLife();
    await withoutRejecting(this.#roster.announce());
    this.#signsOfLife = setInterval(() => void giveSignOfLife(), SIGN_OF_LIFE_MS);
  }

  /** Stops taking jobs and hands the active ones back, to be run by another worker. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #newWorker(keys: QueueKeys): Worker<Envelope> {
    const { concurrency = 1, lockMs = 3000 } = this.#options;
    const worker = new Worker<Envelope>(BULL_QUEUE, (job, token) => this.#process(job, token ?? ''), {
      connection: this.#redis,
      prefix: keys.prefix,
      autorun: false,
      concurrency,
      lockDuration: lockMs,
      lockRenewTime: lockMs / 3,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: 2 ** 31, // how often is often enough, #process says
    });
    worker.on('error', (error) => this.#warn('A worker of the queue had an error.', error));
    worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) this.#running.get(id)?.abort.abort(new Error('Another worker has the job.'));
    });
    return worker;
  }

  /** Runs a job; what it throws tells BullMQ what becomes of the job. */
  async #process(bullJob: BullJob<Envelope>, token: string): Promise<void> {
    const id = bullJob.id ?? '';
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const running = { bullJob, token, abort: new AbortController(), settled, isCancelled: false };
    this.#running.set(id, running);
    if (this.#isClosing) running.abort.abort(); // it was just being taken
    try {
      // Only now: a cancel finds the job among those that run, or its flag is up already.
      if ((await this.#flags.raised([id])).length > 0) this.#cancel(id);
      const outcome = await this.#outcomeOf(running);
      if (outcome.type !== 'done') throw await this.#verdictOn(running, outcome);
    } finally {
      if (this.#running.get(id) === running) this.#running.delete(id);
      settle();
    }
  }

  async #outcomeOf({ bullJob, abort, isCancelled }: RunningJob): Promise<Outcome> {
    const { processor, timeoutMs } = this.#options;
    if (failedAttemptsOf(bullJob) >= this.#maxAttempts && !isCancelled) {
      return { type: 'threw', error: abandonedAfter(failedAttemptsOf(bullJob)) };
    }
    const onProgress = (progress: unknown): void => {
      const report = bullJob.updateProgress(JSON.parse(JSON.stringify(progress ?? null)) as object);
      report.catch((error: unknown) => this.#warn('A report of progress was lost.', error));
    };
    try {
      return await attempt(processor, this.#jobOf(bullJob), { abort, timeoutMs, onProgress });
    } catch (error) {
      return { type: 'threw', error };
    }
  }

  async #verdictOn(running: RunningJob, outcome: Exclude<Outcome, { type: 'done' }>): Promise<Error> {
    const { bullJob, token, abort, isCancelled } = running;
    if (isCancelled) return new UnrecoverableError(formatFailure({ type: 'cancelled' }));
    const message = formatFailure(failureOf(outcome.error));
    if (outcome.type === 'timed_out') return new UnrecoverableError(message);
    if (abort.signal.aborted && this.#isClosing) {
      await bullJob.moveToWait(token);
      return new WaitingError();
    }
    const mayRetry =
      outcome.error instanceof RetryableError && failedAttemptsOf(bullJob) + 1 < this.#maxAttempts;
    return mayRetry ? new Error(message) : new UnrecoverableError(message);
  }

  #jobOf({ id = '', data, timestamp, attemptsStarted }: BullJob<Envelope>): Job<Data> {
    const { priority } = data;
    const parsed = this.#options.parseData(data.data);
    return Object.freeze({
      id,
      data: parsed,
      state: 'active',
      priority,
      attempts: attemptsStarted,
      addedAt: timestamp,
    });
  }

  #cancel(id: string): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.isCancelled = true;
    running.abort.abort();
  }

  async #giveSignOfLife(): Promise<void> {
    const { concurrency = 1 } = this.#options;
    await this.#roster.renew(this.id, concurrency, SIGNS_MISSED * SIGN_OF_LIFE_MS);
    for (const id of await this.#flags.raised([...this.#running.keys()])) this.#cancel(id);
  }

  get #maxAttempts(): number {
    return this.#options.maxAttempts ?? 3;
  }

  async #close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#signsOfLife);
    // Without waiting: what runs is stopped below.
    const paused = this.#worker.pause(true).catch(() => undefined);
    for (const { abort } of this.#running.values()) abort.abort();
    await settledWithin([this.#settle(paused)], this.#options.closeGraceMs ?? 10_000);
    await Promise.all([...this.#running.values()].map((running) => this.#giveUpOn(running)));
    await settledWithin([this.#part()], 2000);
    this.#subscriber.disconnect();
    this.#redis.disconnect();
  }

  async #settle(paused: Promise<void>): Promise<void> {
    await paused;
    await this.#worker.close();
  }

  /** Puts back a job whose processor ignores its signal; whatever that does later no longer counts. */
  async #giveUpOn({ bullJob, token }: RunningJob): Promise<void> {
    this.#warn(`Job ${bullJob.id ?? '?'} did not stop in time: another worker will run it again.`);
    await withoutRejecting(bullJob.moveToWait(token));
  }

  async #part(): Promise<void> {
    await withoutRejecting(this.#worker.close(true));
    await withoutRejecting(this.#roster.leave(this.id));
  }

  #warn(message: string, cause?: unknown): void {
    this.#options.onWarning(message, cause);
  }
}

function failedAttemptsOf({ attemptsMade, stalledCounter }: BullJob): number {
  return attemptsMade + stalledCounter;
}

async function withoutRejecting(promise: Promise<unknown>): Promise<void> {
  await promise.catch(() => undefined);
}
