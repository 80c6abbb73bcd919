/** Barks when it has not been fed for a while. */
export class Watchdog {
  readonly #timeoutMs: number;
  readonly #bark: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number, bark: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#bark = bark;
  }

  /** Starts it, or starts its time again. */
  feed(): void {
    this.stop();
    this.#timer = setTimeout(this.#bark, this.#timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
