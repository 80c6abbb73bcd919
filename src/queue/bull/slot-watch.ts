import type { Redis } from 'ioredis';

import type { QueueKeys } from './queue-keys.js';
import { WorkerRoster } from './worker-roster.js';

const LOOK_EVERY_MS = 1000;

/** Knows how many jobs all living workers can run at the same time. */
export class SlotWatch {
  readonly #roster: WorkerRoster;
  readonly #subscriber: Redis;
  readonly #channel: string;
  readonly #onChange: () => void;
  #count = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(redis: Redis, keys: QueueKeys, onChange: () => void) {
    this.#roster = new WorkerRoster(redis, keys);
    this.#subscriber = redis.duplicate();
    this.#subscriber.on('error', () => undefined); // the other connection says so
    this.#channel = keys.workersChannel;
    this.#onChange = onChange;
  }

  get count(): number {
    return this.#count;
  }

  async start(): Promise<void> {
    this.#subscriber.on('message', () => void this.#look());
    await this.#subscriber.subscribe(this.#channel);
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    await this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#subscriber.disconnect();
  }

  async #look(): Promise<void> {
    // What is unknown stays as it was: the server is away, and nothing is released meanwhile.
    const count = await this.#roster.slots().catch(() => this.#count);
    if (count === this.#count) return;
    this.#count = count;
    this.#onChange();
  }
}
