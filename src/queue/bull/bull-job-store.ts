import { Job as BullJob, Queue } from 'bullmq';
import type { Redis } from 'ioredis';

import type { JobId } from '../job.js';
import type { JobRecord } from '../job-record.js';
import { parseFailure } from './job-failure.js';
import type { JobFailure } from './job-failure.js';
import type { QueueKeys } from './queue-keys.js';
import { withinTime } from './redis-failure.js';

/** What BullMQ keeps as a job's data: ours, and what it does not know of. */
export interface Envelope {
  readonly data: unknown;
  readonly priority: number;
}

/** A job as the server has it. */
export type StoredJob<Data> =
  | { readonly type: 'live'; readonly record: JobRecord<Data>; readonly isReleased: boolean }
  | { readonly type: 'completed'; readonly record: JobRecord<Data> }
  | { readonly type: 'ended'; readonly record: JobRecord<Data>; readonly failure: JobFailure };

type State = 'delayed' | 'waiting' | 'active' | 'completed' | 'failed';

export const BULL_QUEUE = 'jobs';
const JOB_NAME = 'job';
/** Ended jobs nobody asks about: a guard, they are forgotten as soon as their end was told. */
const KEEP_ENDED = { age: 7 * 24 * 3600, count: 100_000 };
const TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000;
/** BullMQ keeps times in 41 bits of a score. */
const LATEST_TIME = 2 ** 41 - 1;
/** Jobs that are asked for at once. */
const PAGE = 1000;
/** In the order in which jobs pass through them, so that few are missed that move meanwhile. */
const STATES: readonly State[] = ['delayed', 'waiting', 'active', 'completed', 'failed'];

/**
 * Jobs in BullMQ. A job that waits for its turn is "delayed" for years, where no worker sees it, and is promoted when
 * it is its turn: both are single steps of the server, so a job is always in exactly one place.
 */
export class BullJobStore<Data> {
  readonly #redis: Redis;
  readonly #queue: Queue<Envelope>;
  readonly #parseData: (raw: unknown) => Data;
  readonly #onWarning: (message: string, cause?: unknown) => void;

  constructor(
    redis: Redis,
    keys: QueueKeys,
    parseData: (raw: unknown) => Data,
    onWarning: (message: string, cause?: unknown) => void,
  ) {
    this.#redis = redis;
    this.#parseData = parseData;
    this.#onWarning = onWarning;
    this.#queue = new Queue<Envelope>(BULL_QUEUE, { connection: redis, prefix: keys.prefix });
    this.#queue.on('error', () => undefined); // the connection has said so
  }

  /**
   * Adds a job that waits for its turn; does nothing when it is there already. One that was not added in time is
   * removed again should the server add it later.
   */
  async add({ id, data, priority, addedAt }: JobRecord<Data>, timeoutMs: number): Promise<void> {
    const delay = Math.min(TEN_YEARS_MS, LATEST_TIME - Date.now());
    const keep = { removeOnComplete: KEEP_ENDED, removeOnFail: KEEP_ENDED };
    // Whether a job is tried again, its worker says.
    const options = { jobId: id, timestamp: addedAt, delay, attempts: 2 ** 31, stackTraceLimit: 0, ...keep };
    const added = this.#queue.add(JOB_NAME, { data, priority }, options);
    try {
      await withinTime(added, timeoutMs);
    } catch (error) {
      void added.then(() => this.remove(id)).catch(() => undefined);
      throw error;
    }
  }

  /** It is the job's turn: any worker may take it. */
  async release(id: JobId): Promise<void> {
    const job = new BullJob<Envelope>(this.#queue, JOB_NAME, { data: null, priority: 0 }, {}, id);
    try {
      await job.promote();
    } catch (error) {
      if (!isNotDelayed(error)) throw error;
    }
  }

  /** False when a worker has the job. */
  async remove(id: JobId): Promise<boolean> {
    return (await this.#queue.remove(id)) === 1;
  }

  async get(id: JobId): Promise<StoredJob<Data> | undefined> {
    const job = await this.#queue.getJob(id);
    if (job === undefined) return undefined;
    const state = await job.getState();
    return isState(state) ? this.#storedJob(job, state) : undefined;
  }

  /** Every job that the server has, in order of arrival. */
  async all(): Promise<ReadonlyMap<JobId, StoredJob<Data>>> {
    const jobs = new Map<JobId, StoredJob<Data>>();
    for (const state of STATES) {
      for (let from = 0; ; from += PAGE) {
        const page = await this.#queue.getJobs([state], from, from + PAGE - 1, true);
        for (const job of page) {
          // A job may vanish while the page is read.
          const stored = (job as BullJob<Envelope> | undefined) && this.#storedJob(job, state);
          if (stored !== undefined) jobs.set(stored.record.id, stored);
        }
        if (page.length === 0) break;
      }
    }
    return new Map([...jobs].sort(byArrival));
  }

  /** The last thing that happened, for those who listen from there on. */
  async lastEventId(): Promise<string> {
    const last = await this.#redis.xrevrange(this.#queue.toKey('events'), '+', '-', 'COUNT', 1);
    return last[0]?.[0] ?? '0-0';
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  /** Undefined when it is not a job of ours. */
  #storedJob(job: BullJob<Envelope>, state: State): StoredJob<Data> | undefined {
    try {
      const record = this.#record(job, state === 'active');
      if (state === 'completed') return { type: 'completed', record };
      if (state === 'failed') return { type: 'ended', record, failure: parseFailure(job.failedReason) };
      return { type: 'live', record, isReleased: state !== 'delayed' };
    } catch (error) {
      this.#onWarning(`Job ${job.id ?? '?'} of the queue cannot be read; it stays where it is.`, error);
      return undefined;
    }
  }

  #record(job: BullJob<Envelope>, isActive: boolean): JobRecord<Data> {
    const { data, priority } = job.data;
    if (job.id === undefined || !Number.isFinite(priority)) {
      throw new Error('It is not a job of this program.');
    }
    return {
      id: job.id,
      data: this.#parseData(data),
      priority,
      addedAt: job.timestamp,
      state: isActive ? 'active' : 'waiting',
      attempts: job.attemptsStarted,
      failedAttempts: job.attemptsMade + job.stalledCounter,
      isCancelling: false,
    };
  }
}

/** Ids sort by time, too, within a millisecond. */
function byArrival(
  [a, { record: first }]: readonly [JobId, StoredJob<unknown>],
  [b, { record: second }]: readonly [JobId, StoredJob<unknown>],
): number {
  return first.addedAt - second.addedAt || (a < b ? -1 : 1);
}

function isState(state: string): state is State {
  return (STATES as readonly string[]).includes(state);
}

function isNotDelayed(error: unknown): boolean {
  return error instanceof Error && /not in the delayed state|Missing key/.test(error.message);
}
