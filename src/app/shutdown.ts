import type { Logger } from '../logger.js';

export interface ShutdownOptions {
  /** Ends everything in order; what it leaves undone after the deadline is cut off. */
  readonly stop: () => Promise<void>;
  readonly logger: Logger;
  /** @defaultValue process.exit */
  readonly exit?: (code: number) => void;
  /** Milliseconds that stopping may take. @defaultValue 5000 */
  readonly deadlineMs?: number;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Ends the program once: in order when asked, at once when asked twice. */
export class Shutdown {
  readonly #options: ShutdownOptions;
  #hasBegun = false;

  constructor(options: ShutdownOptions) {
    this.#options = options;
  }

  /** Listens for signals, and for faults that nobody caught. */
  listen(): void {
    const { logger } = this.#options;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (this.#hasBegun) this.#exit(1);
        else void this.begin(0, `Received ${signal}.`);
      });
    }
    process.on('unhandledRejection', (err) => logger.error('A failure was not handled.', { err }));
    // After this nothing can be relied on any more; the journal keeps the jobs for the next start.
    process.on('uncaughtException', (err) => {
      logger.error('A fault was not caught.', { err });
      void this.begin(1, 'Stopping after a fault.');
    });
  }

  /** Stops and exits with this code; does nothing when that has already begun. */
  async begin(exitCode: number, reason: string): Promise<void> {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    const { stop, logger, deadlineMs = 5000 } = this.#options;
    logger.info('Stopping.', { reason });
    const deadline = setTimeout(() => {
      logger.error('Stopping took too long; the rest is cut off.', { deadlineMs });
      this.#exit(1);
    }, deadlineMs);
    try {
      await stop();
    } catch (err) {
      logger.error('Stopping failed.', { err });
    }
    clearTimeout(deadline);
    logger.info('Stopped.');
    this.#exit(exitCode);
  }

  #exit(code: number): void {
    const { exit = (status: number) => process.exit(status) } = this.#options;
    exit(code);
  }
}
