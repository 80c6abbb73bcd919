import type { Clock } from './clock.js';

export interface PacedWriterOptions<Value> {
  readonly write: (value: Value) => Promise<void>;
  /** Joins a value that was never written with the newer one that takes its place. */
  readonly merge: (older: Value, newer: Value) => Value;
  /** Hears of a write that failed, other than the last one's. */
  readonly onError: (error: unknown) => void;
  /** Least milliseconds from the end of one write to the beginning of the next. */
  readonly intervalMs: number;
  readonly clock: Clock;
}

/**
 * Writes the newest of many values: never two at a time, never too often, nothing stale. For progress, of which
 * only the latest is of interest; not for anything that must arrive, except the last.
 */
export class PacedWriter<Value> {
  readonly #options: PacedWriterOptions<Value>;
  #pending: { readonly value: Value } | undefined;
  #writing: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;
  #mayWriteAt = -Infinity;
  #isFinished = false;

  constructor(options: PacedWriterOptions<Value>) {
    this.#options = options;
  }

  /** Writes the value when its time comes, unless a newer one has taken its place. Not after finish(). */
  show(value: Value): void {
    if (this.#isFinished) return;
    this.#pending = { value: this.#pending ? this.#options.merge(this.#pending.value, value) : value };
    this.#schedule();
  }

  /** Drops what waits and writes a last value, at once or right after a write in progress. Rejects if that fails. */
  async finish(value: Value): Promise<void> {
    this.#isFinished = true;
    this.#pending = undefined;
    this.#cancelTimer?.();
    await this.#writing;
    await this.#options.write(value);
  }

  #schedule(): void {
    if (this.#writing !== undefined || this.#cancelTimer !== undefined || this.#pending === undefined) return;
    const { clock } = this.#options;
    const wait = this.#mayWriteAt - clock.now();
    if (wait <= 0) {
      this.#writing = this.#writePending();
      return;
    }
    this.#cancelTimer = clock.after(wait, () => {
      this.#cancelTimer = undefined;
      this.#schedule();
    });
  }

  /** Never rejects. */
  async #writePending(): Promise<void> {
    const { write, onError, clock, intervalMs } = this.#options;
    // What is shown in one turn of the program is one write.
    await Promise.resolve();
    const pending = this.#pending;
    this.#pending = undefined;
    try {
      if (pending !== undefined) await write(pending.value);
    } catch (error) {
      onError(error);
    }
    this.#mayWriteAt = clock.now() + intervalMs;
    this.#writing = undefined;
    this.#schedule();
  }
}
