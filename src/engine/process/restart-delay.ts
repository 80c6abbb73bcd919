const LONGEST_DELAY_MS = 30_000;

/** How long to wait before starting a process again: twice as long after each failure, not at all after a success. */
export class RestartDelay {
  readonly #firstDelayMs: number;
  #failuresInARow = 0;
  #notBefore = 0;

  constructor(firstDelayMs: number) {
    this.#firstDelayMs = firstDelayMs;
  }

  /** Milliseconds still to wait. */
  get remainingMs(): number {
    return Math.max(0, this.#notBefore - performance.now());
  }

  failed(): void {
    const delayMs = Math.min(LONGEST_DELAY_MS, this.#firstDelayMs * 2 ** this.#failuresInARow);
    this.#failuresInARow++;
    this.#notBefore = performance.now() + delayMs;
  }

  succeeded(): void {
    this.#failuresInARow = 0;
    this.#notBefore = 0;
  }
}
