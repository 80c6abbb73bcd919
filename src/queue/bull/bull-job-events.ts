import { QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';

import type { JobId } from '../job.js';
import { BULL_QUEUE } from './bull-job-store.js';
import { parseFailure } from './job-failure.js';
import type { JobFailure } from './job-failure.js';
import type { QueueKeys } from './queue-keys.js';

/** What happens to jobs, wherever they run. */
export interface BullJobListener {
  readonly active: (id: JobId) => void;
  /** An active job waits again. */
  readonly waiting: (id: JobId) => void;
  readonly progress: (id: JobId, progress: unknown) => void;
  readonly completed: (id: JobId) => void;
  readonly failed: (id: JobId, failure: JobFailure) => void;
}

/** Hears from the server what happens to jobs, in order, from a given moment on, across cuts of the connection. */
export class BullJobEvents {
  readonly #redis: Redis;
  readonly #keys: QueueKeys;
  readonly #listener: BullJobListener;
  #events: QueueEvents | undefined;

  constructor(redis: Redis, keys: QueueKeys, listener: BullJobListener) {
    this.#redis = redis;
    this.#keys = keys;
    this.#listener = listener;
  }

  start(lastEventId: string): void {
    const connection = this.#redis.duplicate();
    connection.on('error', () => undefined); // the other connection says so
    const events = new QueueEvents(BULL_QUEUE, { connection, prefix: this.#keys.prefix, lastEventId });
    const { active, waiting, progress, completed, failed } = this.#listener;
    events.on('active', ({ jobId }) => active(jobId));
    events.on('waiting', ({ jobId, prev }) => prev === 'active' && waiting(jobId));
    events.on('progress', ({ jobId, data }) => progress(jobId, data));
    events.on('completed', ({ jobId }) => completed(jobId));
    events.on('failed', ({ jobId, failedReason }) => failed(jobId, parseFailure(failedReason)));
    events.on('error', () => undefined); // it tries again by itself
    this.#events = events;
  }

  async close(): Promise<void> {
    await this.#events?.close().catch(() => undefined);
  }
}
