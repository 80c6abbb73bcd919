/** What to wait for, and how long. */
export interface WaitOptions {
  /** @defaultValue 10000 real milliseconds */
  readonly timeoutMs?: number;
}

/** Tells waiting tests that something in the local Discord has changed. */
export class ChangeFeed {
  readonly #listeners = new Set<() => void>();

  /** Lets everybody who waits look again. */
  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * Resolves with the first value of `probe` that is not undefined.
   *
   * @param what names the awaited thing in the error of a timeout
   * @throws Error after `timeoutMs`
   */
  waitFor<T>(what: string, probe: () => T | undefined, options: WaitOptions = {}): Promise<T> {
    const timeoutMs = options.timeoutMs ?? 10_000;
    return new Promise<T>((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const look = (): void => {
        try {
          const value = probe();
          if (value === undefined) return;
          finish();
          resolve(value);
        } catch (error) {
          finish();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}.`));
      }, timeoutMs);
      this.#listeners.add(look);
      look();
    });
  }
}
