import type { JobId } from '../job.js';
import type { JobTable } from '../job-table.js';
import type { BullJobStore } from './bull-job-store.js';

export interface JobReleaserOptions<Data> {
  readonly table: JobTable<Data>;
  readonly store: BullJobStore<Data>;
  /** A job that is released in the table may not be so on the server: call again() for it later. */
  readonly onFailure: (error: unknown) => void;
}

/** Hands jobs over to the workers when it is their turn: as many as there are slots, until then the order may change. */
export class JobReleaser<Data> {
  readonly #options: JobReleaserOptions<Data>;

  constructor(options: JobReleaserOptions<Data>) {
    this.#options = options;
  }

  /** Fills all slots that are free. */
  fill(slots: number): void {
    const { table } = this.#options;
    while (table.size - table.heldCount < slots) {
      const next = table.next(slots);
      if (next === undefined) return;
      table.release(next.id);
      this.again(next.id);
    }
  }

  again(id: JobId): void {
    this.#options.store.release(id).catch(this.#options.onFailure);
  }
}
