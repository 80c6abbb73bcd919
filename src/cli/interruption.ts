const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Turns Ctrl-C and SIGTERM into an AbortSignal; a second one ends the program at once. */
export class Interruption {
  readonly #abort = new AbortController();
  readonly #onSignal = (): void => {
    if (this.#abort.signal.aborted) process.exit(130);
    this.#abort.abort();
  };

  constructor() {
    for (const name of SIGNALS) process.on(name, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Gives the signals back to whom they belonged. */
  dispose(): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
  }
}
