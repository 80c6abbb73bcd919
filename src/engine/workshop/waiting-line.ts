import { throwIfCancelled } from '../cancellation.js';
import { CancelledError } from '../errors.js';
import type { Urgency } from './sound-workshop.js';

interface Waiting {
  readonly letIn: () => void;
  readonly turnAway: (error: unknown) => void;
}

/** Lets so many in at a time: live before batch, and otherwise in the order in which they came. */
export class WaitingLine {
  readonly #waiting: Readonly<Record<Urgency, Set<Waiting>>> = { live: new Set(), batch: new Set() };
  #free: number;

  constructor(places: number) {
    this.#free = places;
  }

  /**
   * Resolves when there is a place, which the caller leaves again.
   * @throws CancelledError at once when the signal aborts; what `turnAllAway` was given
   */
  async enter(urgency: Urgency, signal: AbortSignal | undefined): Promise<void> {
    throwIfCancelled(signal);
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    const line = this.#waiting[urgency];
    let cancel = (): void => {};
    try {
      await new Promise<void>((letIn, turnAway) => {
        const waiting: Waiting = { letIn, turnAway };
        line.add(waiting);
        cancel = () => {
          line.delete(waiting);
          turnAway(new CancelledError('Cancelled.', { cause: signal?.reason }));
        };
        signal?.addEventListener('abort', cancel);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  leave(): void {
    const { live, batch } = this.#waiting;
    const line = live.size > 0 ? live : batch;
    const [next] = line;
    if (!next) {
      this.#free++;
      return;
    }
    line.delete(next);
    next.letIn();
  }

  turnAllAway(error: unknown): void {
    for (const line of Object.values(this.#waiting)) {
      for (const { turnAway } of line) turnAway(error);
      line.clear();
    }
  }
}
