/** Keys of one queue beside those of BullMQ; in one hash slot, so that a cluster keeps them together. */
export class QueueKeys {
  /** BullMQ's prefix for its own keys. */
  readonly prefix: string;
  /** Set of ids of jobs that were cancelled while they ran. */
  readonly cancelled: string;
  /** Set of ids of workers. */
  readonly workers: string;
  /** Who may add to the queue and order it. */
  readonly lease: string;
  /** Channel: ids of cancelled jobs. */
  readonly cancelChannel: string;
  /** Channel: workers came or went. */
  readonly workersChannel: string;

  constructor(name: string) {
    this.prefix = `{riffcord:${name}}`;
    this.cancelled = `${this.prefix}:cancelled`;
    this.workers = `${this.prefix}:workers`;
    this.lease = `${this.prefix}:lease`;
    this.cancelChannel = `${this.prefix}:cancel`;
    this.workersChannel = `${this.prefix}:workers-changed`;
  }

  /** Slots of a worker, as long as it lives. */
  worker(id: string): string {
    return `${this.prefix}:worker:${id}`;
  }
}
