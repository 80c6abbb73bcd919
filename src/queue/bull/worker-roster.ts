import type { Redis } from 'ioredis';

import type { QueueKeys } from './queue-keys.js';

/** Which workers live, and how many jobs each can run at the same time. */
export class WorkerRoster {
  readonly #redis: Redis;
  readonly #keys: QueueKeys;

  constructor(redis: Redis, keys: QueueKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** A worker lives for so many milliseconds more. */
  async renew(id: string, slots: number, lifeMs: number): Promise<void> {
    await this.#redis
      .multi()
      .sadd(this.#keys.workers, id)
      .set(this.#keys.worker(id), slots, 'PX', lifeMs)
      .exec();
  }

  /** A worker came or went: whoever waits for slots looks again. */
  async announce(): Promise<void> {
    await this.#redis.publish(this.#keys.workersChannel, '');
  }

  async leave(id: string): Promise<void> {
    await this.#redis.multi().srem(this.#keys.workers, id).del(this.#keys.worker(id)).exec();
    await this.announce();
  }

  /** Slots of all living workers; forgets the dead. */
  async slots(): Promise<number> {
    const ids = await this.#redis.smembers(this.#keys.workers);
    if (ids.length === 0) return 0;
    const slots = await this.#redis.mget(ids.map((id) => this.#keys.worker(id)));
    const dead = ids.filter((_, index) => slots[index] === null);
    if (dead.length > 0) await this.#redis.srem(this.#keys.workers, ...dead);
    return slots.reduce((sum, count) => sum + Number(count ?? 0), 0);
  }
}
