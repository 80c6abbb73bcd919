import { throwIfCancelled } from './cancellation.js';
import { EngineError } from './errors.js';

/**
 * Lets one piece of work through at a time, in the order in which they came. Not a job queue: it keeps nothing and
 * knows no priorities.
 */
export class Turnstile {
  readonly #closing = new AbortController();
  #last: Promise<void> = Promise.resolve();

  /** Aborts when the turnstile closes; work inside should stop then. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Waits for all that came before, then works. The next comes in only once this work has settled.
   * @param signal leaves the line; work that has begun must watch it itself
   * @throws CancelledError when the signal aborts in the line, EngineError `engine_closed`, or what the work throws
   */
  async pass<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const ahead = this.#last;
    let leave = (): void => {};
    const left = new Promise<void>((resolve) => (leave = resolve));
    this.#last = ahead.then(() => left);
    try {
      await this.#wait(ahead, signal);
      return await work();
    } finally {
      leave();
    }
  }

  /** Turns away all who wait and all who come; resolves when the work inside, if any, has settled. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
  }

  /** @throws EngineError `engine_closed` */
  throwIfClosed(): void {
    if (this.closed.aborted) throw engineClosed();
  }

  async #wait(ahead: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    const interruption = interruptedBy([this.closed, ...(signal ? [signal] : [])]);
    try {
      await Promise.race([ahead, interruption.promise]);
    } finally {
      interruption.stopListening();
    }
    this.throwIfClosed();
    throwIfCancelled(signal);
  }
}

/** What calls reject with once the engine has been disposed of. */
export function engineClosed(): EngineError {
  return new EngineError('engine_closed', 'The engine has been shut down.');
}

/** A promise that resolves when any signal aborts, and leaves no listener behind. */
function interruptedBy(signals: readonly AbortSignal[]): {
  promise: Promise<void>;
  stopListening: () => void;
} {
  let onAbort = (): void => {};
  const promise = new Promise<void>((resolve) => (onAbort = resolve));
  for (const signal of signals) {
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
  }
  const stopListening = (): void => signals.forEach((signal) => signal.removeEventListener('abort', onAbort));
  return { promise, stopListening };
}
