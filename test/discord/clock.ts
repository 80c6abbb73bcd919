/** The time as the local Discord sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Real time, plus whatever a test has skipped: 15 minutes pass in no time, and nothing else has to wait. */
export class AdjustableClock implements Clock {
  #skippedMs = 0;

  now(): number {
    return Date.now() + this.#skippedMs;
  }

  /** Moves the clock forward by `ms`. */
  advance(ms: number): void {
    this.#skippedMs += ms;
  }
}
