import type { Redis } from 'ioredis';

import type { QueueKeys } from './queue-keys.js';

/**
 * Tells workers to stop a job, wherever it runs. The flag stays until the job has ended, and is read when a job
 * begins and again and again while it runs; the message only makes it quick. So no cancel is missed: not by a worker
 * that was just taking the job, nor by one that was cut off, nor by the next one after a death.
 */
export class CancelFlags {
  readonly #redis: Redis;
  readonly #keys: QueueKeys;

  constructor(redis: Redis, keys: QueueKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** The flag before the message: whoever misses the message finds the flag. */
  async raise(id: string): Promise<void> {
    await this.#redis.sadd(this.#keys.cancelled, id);
    await this.#redis.publish(this.#keys.cancelChannel, id);
  }

  async lower(id: string): Promise<void> {
    await this.#redis.srem(this.#keys.cancelled, id);
  }

  /** Those of the jobs that were cancelled. */
  async raised(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const flags = await this.#redis.smismember(this.#keys.cancelled, ...ids);
    return ids.filter((_, index) => flags[index] === 1);
  }
}
