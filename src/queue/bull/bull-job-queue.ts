import type { Redis } from 'ioredis';

import { closedQueue, fullQueue } from '../errors.js';
import { claimOf } from '../fair/claim.js';
import type { AddJobOptions, Job, JobId } from '../job.js';
import { createJobIdGenerator } from '../job-id.js';
import { JobListeners } from '../job-listeners.js';
import type { JobQueue, JobQueueEvents } from '../job-queue.js';
import { jobOf, newRecord } from '../job-record.js';
import type { EndState, JobRecord } from '../job-record.js';
import { JobTable } from '../job-table.js';
import { validateLimits } from '../limits.js';
import { settledWithin } from '../settled-within.js';
import { BullJobEvents } from './bull-job-events.js';
import type { BullJobQueueOptions } from './bull-job-queue-options.js';
import { BullJobStore } from './bull-job-store.js';
import type { StoredJob } from './bull-job-store.js';
import { BullJobWorker } from './bull-job-worker.js';
import { CancelFlags } from './cancel-flags.js';
import { FrontLease } from './front-lease.js';
import { errorOf } from './job-failure.js';
import type { JobFailure } from './job-failure.js';
import { JobReleaser } from './job-releaser.js';
import { QueueKeys } from './queue-keys.js';
import { RecentIds } from './recent-ids.js';
import { connectRedis, probeRedis } from './redis-connection.js';
import { redisFailure, withinTime } from './redis-failure.js';
import { SlotWatch } from './slot-watch.js';

/** Milliseconds until a failed step is tried again. */
const RETRY_MS = 1000;

type QueueState = 'opened' | 'started' | 'closed';

/**
 * A job queue on a Redis server, for workers on any number of machines. The server has every job; this process, the
 * only one that adds to the queue, knows them all and says whose turn it is: it releases as many jobs as there are
 * slots, so that the order can change until a worker is free.
 */
export class BullJobQueue<Data> implements JobQueue<Data> {
  readonly #options: BullJobQueueOptions<Data>;
  readonly #redis: Redis;
  readonly #store: BullJobStore<Data>;
  readonly #flags: CancelFlags;
  readonly #events: BullJobEvents;
  readonly #slots: SlotWatch;
  readonly #worker: BullJobWorker<Data> | undefined;
  readonly #table: JobTable<Data>;
  readonly #releaser: JobReleaser<Data>;
  readonly #listeners: JobListeners<Data>;
  readonly #newId: () => JobId;
  /** Jobs whose end was told: what the server still says of them no longer counts. */
  readonly #ended = new RecentIds();
  readonly #endedWhileAway: Exclude<StoredJob<Data>, { type: 'live' }>[] = [];
  #lease: FrontLease | undefined;
  #addingCount = 0;
  #state: QueueState = 'opened';
  #closing: Promise<void> | undefined;

  private constructor(
    options: BullJobQueueOptions<Data>,
    redis: Redis,
    keys: QueueKeys,
    worker: BullJobWorker<Data> | undefined,
  ) {
    this.#options = options;
    this.#redis = redis;
    this.#worker = worker;
    this.#store = new BullJobStore(redis, keys, options.parseData, options.onWarning);
    this.#flags = new CancelFlags(redis, keys);
    this.#slots = new SlotWatch(redis, keys, () => this.#releaseNext());
    this.#events = new BullJobEvents(redis, keys, {
      active: (id) => void this.#onActive(id),
      waiting: (id) => void this.#onWaiting(id),
      progress: (id, progress) => {
        const job = this.get(id);
        if (job !== undefined) this.#listeners.emit('progress', job, progress);
      },
      completed: (id) => void this.#onEnd(id),
      failed: (id, failure) => void this.#onEnd(id, failure),
    });
    this.#table = new JobTable({ ...options.fairness, now: options.now ?? Date.now });
    const onFailure = (error: unknown): void => this.#onReleaseFailed(error);
    this.#releaser = new JobReleaser({ table: this.#table, store: this.#store, onFailure });
    this.#newId = options.newId ?? createJobIdGenerator(options.now);
    this.#listeners = new JobListeners((event, error) => {
      options.onWarning(`A listener to "${event}" of the queue threw.`, error);
    });
  }

  /**
   * Reads the jobs of earlier runs; those that wait for their turn wait until start().
   * @throws QueueError `locked` when another process adds to the queue, `storage_failed` when the server cannot be
   * used; RangeError when an option is out of range
   */
  static async open<Data>(options: BullJobQueueOptions<Data>): Promise<BullJobQueue<Data>> {
    validateLimits(options);
    const connection = { ...options, timeoutMs: options.answerMs ?? 5000 };
    await probeRedis(connection);
    const { processor } = options;
    const worker = processor === undefined ? undefined : await BullJobWorker.open({ ...options, processor });
    const keys = new QueueKeys(options.name);
    const queue = new BullJobQueue(options, connectRedis(connection), keys, worker);
    try {
      await queue.#open(keys);
    } catch (error) {
      await queue.close();
      throw redisFailure('The queue cannot be opened', error);
    }
    return queue;
  }

  async add(data: Data, { priority = 0 }: AddJobOptions = {}): Promise<Job<Data>> {
    this.#refuseIfClosedOrFull();
    claimOf(this.#options.fairness ?? {}, data); // throws before anything is written
    const addedAt = (this.#options.now ?? Date.now)();
    const record = newRecord({ id: this.#newId(), data, priority, addedAt });
    this.#addingCount += 1;
    try {
      await this.#save(record);
    } finally {
      this.#addingCount -= 1;
    }
    this.#table.add(record);
    const job = jobOf(record);
    this.#listeners.emit('added', job);
    this.#listeners.emit('moved');
    this.#releaseNext();
    return job;
  }

  async cancel(id: JobId): Promise<boolean> {
    const record = this.#table.get(id);
    if (record === undefined || this.#state === 'closed') return false;
    try {
      if (await withinTime(this.#cancel(id), this.#answerMs)) await this.#end(id, 'cancelled');
      return true;
    } catch (error) {
      throw redisFailure('This could not be cancelled', error);
    }
  }

  get(id: JobId): Job<Data> | undefined {
    const record = this.#table.get(id);
    return record === undefined ? undefined : jobOf(record);
  }

  position(id: JobId): number | undefined {
    return this.#table.position(id);
  }

  list(): readonly Job<Data>[] {
    return this.#table.inRunningOrder().map((record) => jobOf(record));
  }

  on<E extends keyof JobQueueEvents<Data>>(event: E, listener: JobQueueEvents<Data>[E]): void {
    this.#listeners.on(event, listener);
  }

  off<E extends keyof JobQueueEvents<Data>>(event: E, listener: JobQueueEvents<Data>[E]): void {
    this.#listeners.off(event, listener);
  }

  async start(): Promise<void> {
    if (this.#state !== 'opened') return;
    this.#state = 'started';
    for (const stored of this.#endedWhileAway.splice(0)) await this.#tellEndOf(stored);
    await this.#worker?.start();
    await this.#slots.start();
    this.#releaseNext();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #open(keys: QueueKeys): Promise<void> {
    this.#lease = await FrontLease.acquire(this.#redis, keys, () => {
      this.#options.onWarning('Another program has taken over the queue; this one adds no more jobs to it.');
      void this.close();
    });
    const lastEventId = await this.#store.lastEventId();
    await this.#readAll();
    this.#events.start(lastEventId);
    this.#redis.on('ready', () => void this.#readAgain());
  }

  #refuseIfClosedOrFull(): void {
    if (this.#state === 'closed') throw closedQueue();
    const { maxWaiting = 1000 } = this.#options;
    if (this.#table.waitingCount + this.#addingCount >= maxWaiting) throw fullQueue(maxWaiting);
  }

  async #save(record: JobRecord<Data>): Promise<void> {
    try {
      if (this.#redis.status !== 'ready') throw new Error('Connection is closed.');
      await this.#store.add(record, this.#answerMs);
    } catch (error) {
      this.#ended.add(record.id); // the server may have it for a moment all the same
      throw redisFailure('The request could not be saved, so it was not accepted', error);
    }
  }

  /** True when the job is gone now, false when its worker will stop it. */
  async #cancel(id: JobId): Promise<boolean> {
    if (!this.#table.isReleased(id) && (await this.#store.remove(id))) return true;
    // Noted first: should this program die now, the job must not run again.
    this.#table.change(id, { isCancelling: true });
    await this.#flags.raise(id);
    return false;
  }

  #releaseNext(): void {
    if (this.#state === 'started') this.#releaser.fill(this.#slots.count);
  }

  #onReleaseFailed(error: unknown): void {
    this.#options.onWarning(redisFailure('A job could not be begun', error).message, error);
    setTimeout(() => void this.#readAgain(), RETRY_MS).unref();
  }

  async #onActive(id: JobId): Promise<void> {
    const record = this.#table.get(id) ?? (await this.#adopt(id));
    if (record === undefined || record.state === 'active') return;
    this.#table.release(id);
    const active = this.#table.change(id, { state: 'active', attempts: record.attempts + 1 });
    if (active !== undefined) this.#listeners.emit('active', jobOf(active));
    this.#listeners.emit('moved');
  }

  async #onWaiting(id: JobId): Promise<void> {
    const record = this.#table.get(id) ?? (await this.#adopt(id));
    if (record?.state !== 'active') return;
    this.#table.change(id, { state: 'waiting' });
    this.#listeners.emit('moved');
  }

  async #onEnd(id: JobId, failure?: JobFailure): Promise<void> {
    if ((this.#table.get(id) ?? (await this.#adopt(id))) === undefined) return;
    if (failure === undefined) await this.#end(id, 'completed');
    else if (failure.type === 'cancelled') await this.#end(id, 'cancelled');
    else await this.#end(id, 'failed', errorOf(failure.error, this.#options.reviveError));
  }

  /** Takes up a job that the server has and this process did not know of; undefined when there is no such live job. */
  async #adopt(id: JobId): Promise<JobRecord<Data> | undefined> {
    if (this.#ended.has(id)) return undefined;
    const stored = await this.#store.get(id).catch(() => undefined);
    if (stored === undefined || this.#ended.has(id) || this.#table.get(id) !== undefined) {
      return this.#table.get(id);
    }
    this.#table.add(stored.record, stored.type !== 'live' || stored.isReleased);
    return stored.record;
  }

  async #end(id: JobId, state: EndState, error?: unknown): Promise<void> {
    const record = this.#table.remove(id);
    if (record === undefined) return;
    this.#ended.add(id);
    const job = jobOf(record, state);
    if (state === 'failed') this.#listeners.emit('failed', job, error);
    else this.#listeners.emit(state, job);
    this.#listeners.emit('moved');
    this.#releaseNext();
    await this.#forget(id, record.isCancelling || state === 'cancelled');
  }

  /** The end was told: the server need not keep it. If this fails it is told again after the next start. */
  async #forget(id: JobId, hasFlag: boolean): Promise<void> {
    try {
      await this.#store.remove(id);
      if (hasFlag) await this.#flags.lower(id);
    } catch (error) {
      this.#options.onWarning('A job that has ended could not be removed from the queue.', error);
    }
  }

  /** After the server was away: what it knows now counts, and jobs that it has forgotten are told to it again. */
  async #readAgain(): Promise<void> {
    if (this.#state === 'closed') return;
    try {
      await this.#readAll();
      for (const stored of this.#endedWhileAway.splice(0)) await this.#tellEndOf(stored);
      this.#releaseNext();
    } catch (error) {
      this.#options.onWarning('The queue could not be read again.', error);
    }
  }

  async #readAll(): Promise<void> {
    const known = this.#table.inOrderOfArrival();
    const jobs = await this.#store.all();
    for (const stored of jobs.values()) this.#take(stored);
    for (const { id } of known) {
      if (!jobs.has(id) && this.#table.get(id) !== undefined) await this.#restore(id);
    }
    this.#listeners.emit('moved');
  }

  #take(stored: StoredJob<Data>): void {
    const { id, state, attempts } = stored.record;
    if (this.#ended.has(id)) void this.#forget(id, false);
    else if (stored.type !== 'live') this.#endedWhileAway.push(stored);
    else if (this.#table.get(id) === undefined) this.#table.add(stored.record, stored.isReleased);
    else {
      if (stored.isReleased) this.#table.release(id);
      else if (this.#table.isReleased(id)) this.#releaser.again(id);
      this.#table.change(id, { state, attempts });
    }
  }

  async #restore(id: JobId): Promise<void> {
    if ((await this.#store.get(id)) !== undefined) return; // it was just moving
    const record = this.#table.remove(id);
    if (record === undefined) return;
    this.#options.onWarning(`The queue’s server had forgotten job ${id}; it was told again.`);
    const again: JobRecord<Data> = { ...record, state: 'waiting' };
    await this.#store.add(again, this.#answerMs);
    this.#table.add(again);
  }

  async #tellEndOf(stored: Exclude<StoredJob<Data>, { type: 'live' }>): Promise<void> {
    const { id } = stored.record;
    if (this.#ended.has(id)) return;
    if (this.#table.get(id) === undefined) this.#table.add(stored.record, true);
    await this.#onEnd(id, stored.type === 'ended' ? stored.failure : undefined);
  }

  get #answerMs(): number {
    return this.#options.answerMs ?? 5000;
  }

  async #close(): Promise<void> {
    this.#state = 'closed';
    this.#slots.stop();
    await this.#worker?.close();
    await settledWithin([this.#leave()], 2000);
    await this.#events.close();
    this.#redis.disconnect();
  }

  async #leave(): Promise<void> {
    try {
      await this.#readAll(); // what the worker has handed back
      await this.#lease?.release();
      await this.#store.close();
    } catch (error) {
      this.#options.onWarning('The queue could not be closed cleanly.', error);
    }
  }
}
