import type { JobQueueEvents } from './job-queue.js';

type Event = keyof JobQueueEvents<unknown>;

/** Who listens to a queue. What a listener throws, at once or later, goes to `onError` and never into the queue. */
export class JobListeners<Data> {
  readonly #onError: (event: Event, error: unknown) => void;
  readonly #listeners = new Map<Event, Set<unknown>>();

  constructor(onError: (event: Event, error: unknown) => void) {
    this.#onError = onError;
  }

  on<E extends Event>(event: E, listener: JobQueueEvents<Data>[E]): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  off<E extends Event>(event: E, listener: JobQueueEvents<Data>[E]): void {
    this.#listeners.get(event)?.delete(listener);
  }

  emit<E extends Event>(event: E, ...args: Parameters<JobQueueEvents<Data>[E]>): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      void this.#call(event, listener as (...args: unknown[]) => unknown, args);
    }
  }

  /** Runs the listener at once; awaits it only to catch what an async one rejects with. */
  async #call(event: Event, listener: (...args: unknown[]) => unknown, args: unknown[]): Promise<void> {
    try {
      await listener(...args);
    } catch (error) {
      this.#onError(event, error);
    }
  }
}
