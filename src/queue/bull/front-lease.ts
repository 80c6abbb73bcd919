import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Redis } from 'ioredis';

import { QueueError } from '../errors.js';
import type { QueueKeys } from './queue-keys.js';

/** Milliseconds after which a process that has died no longer holds the queue. */
const LIFE_MS = 3000;
const RENEW_MS = 1000;
const RETRY_MS = 200;

const RENEW_SCRIPT = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if redis.call('EXISTS', KEYS[1]) == 1 then return -1 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;
const RELEASE_SCRIPT = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * Keeps the adding and ordering of a queue's jobs to one process. It guards the order, not the jobs: should two
 * processes hold it for a moment, each job is still run by one worker.
 */
export class FrontLease {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #token = randomUUID();
  #timer: NodeJS.Timeout | undefined;

  private constructor(redis: Redis, key: string) {
    this.#redis = redis;
    this.#key = key;
  }

  /**
   * Waits until a process that has died is known to be dead.
   *
   * @param onLost - Called once, when another process has it.
   * @throws QueueError `locked` when a living process holds it
   */
  static async acquire(redis: Redis, keys: QueueKeys, onLost: () => void): Promise<FrontLease> {
    const lease = new FrontLease(redis, keys.lease);
    const deadline = Date.now() + LIFE_MS + 2 * RETRY_MS;
    while (!(await lease.#renew())) {
      if (Date.now() > deadline) {
        const message =
          'Another program adds to this queue already: stop that one first, or use another queue.';
        throw new QueueError('locked', message);
      }
      await sleep(RETRY_MS);
    }
    lease.#keep(onLost);
    return lease;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#redis.eval(RELEASE_SCRIPT, 1, this.#key, this.#token);
  }

  #keep(onLost: () => void): void {
    const renew = async (): Promise<void> => {
      if (await this.#renew()) return;
      clearInterval(this.#timer);
      onLost();
    };
    // While the server is away the calls wait for it: who is first then has the lease.
    this.#timer = setInterval(() => void renew().catch(() => undefined), RENEW_MS);
    this.#timer.unref();
  }

  async #renew(): Promise<boolean> {
    return (await this.#redis.eval(RENEW_SCRIPT, 1, this.#key, this.#token, LIFE_MS)) === 1;
  }
}
