import type { JobId } from './job.js';
import type { JobChange, JobRecord } from './job-record.js';

interface Row<Data> {
  readonly record: JobRecord<Data>;
  /** Order of arrival; a job that waits again takes its old place. */
  readonly sequence: number;
}

/** The live jobs and their order, in memory: higher priority first, then first come, first served. */
export class JobTable<Data> {
  readonly #rows = new Map<JobId, Row<Data>>();
  /** Sorted; every waiting row and no other. */
  readonly #waiting: Row<Data>[] = [];
  #nextSequence = 0;

  /** Adds a record behind those of its priority. @throws Error when the id is taken */
  add(record: JobRecord<Data>): void {
    if (this.#rows.has(record.id)) throw new Error(`Expected a new job id, got ${record.id} a second time.`);
    this.#put({ record, sequence: this.#nextSequence++ });
  }

  /** Returns the record as changed; undefined when there is no such job. */
  change(id: JobId, change: Partial<JobChange>): JobRecord<Data> | undefined {
    const row = this.#take(id);
    if (row === undefined) return undefined;
    const record = { ...row.record, ...change };
    this.#put({ record, sequence: row.sequence });
    return record;
  }

  /** Returns the record that was removed; undefined when there is no such job. */
  remove(id: JobId): JobRecord<Data> | undefined {
    return this.#take(id)?.record;
  }

  get(id: JobId): JobRecord<Data> | undefined {
    return this.#rows.get(id)?.record;
  }

  /** The waiting job that runs next. */
  next(): JobRecord<Data> | undefined {
    return this.#waiting[0]?.record;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** Waiting jobs ahead of this one, 0 for an active one; undefined when there is no such job. */
  position(id: JobId): number | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    return row.record.state === 'active' ? 0 : this.#waiting.indexOf(row);
  }

  /** Active records, then waiting ones, in running order. */
  inRunningOrder(): JobRecord<Data>[] {
    const active = [...this.#rows.values()].filter((row) => row.record.state === 'active').sort(byPlace);
    return [...active, ...this.#waiting].map((row) => row.record);
  }

  /** All records, in order of arrival: adding them to an empty table in this order makes the same table. */
  inOrderOfArrival(): JobRecord<Data>[] {
    return [...this.#rows.values()].sort((a, b) => a.sequence - b.sequence).map((row) => row.record);
  }

  #put(row: Row<Data>): void {
    this.#rows.set(row.record.id, row);
    if (row.record.state !== 'waiting') return;
    const behind = this.#waiting.findIndex((other) => byPlace(row, other) < 0);
    this.#waiting.splice(behind === -1 ? this.#waiting.length : behind, 0, row);
  }

  #take(id: JobId): Row<Data> | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    this.#rows.delete(id);
    if (row.record.state === 'waiting') this.#waiting.splice(this.#waiting.indexOf(row), 1);
    return row;
  }
}

function byPlace(a: Row<unknown>, b: Row<unknown>): number {
  return b.record.priority - a.record.priority || a.sequence - b.sequence;
}
