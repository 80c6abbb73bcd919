import { claimOf } from './fair/claim.js';
import type { FairnessOptions } from './fair/claim.js';
import { FairOrder } from './fair/fair-order.js';
import type { Turn } from './fair/fair-order.js';
import type { JobId } from './job.js';
import type { JobChange, JobRecord } from './job-record.js';

interface Row<Data> {
  readonly record: JobRecord<Data>;
  /** Order of arrival; a job that waits again takes its old place. */
  readonly sequence: number;
  /** It waits no longer for its turn, only for whoever will run it. */
  readonly isReleased: boolean;
}

export interface JobTableOptions<Data> extends FairnessOptions<Data> {
  /** Milliseconds since the epoch. @defaultValue Date.now */
  readonly now?: () => number;
}

/** The live jobs and their order, in memory: higher priority first, then fair shares, then first come, first served. */
export class JobTable<Data> {
  readonly #options: JobTableOptions<Data>;
  readonly #now: () => number;
  readonly #rows = new Map<JobId, Row<Data>>();
  /** Every waiting row that is not released, and no other. */
  readonly #order: FairOrder;
  #waitingCount = 0;
  #nextSequence = 0;
  /** All waiting ids in running order, as long as nothing has changed. */
  #waitingIds: ReadonlyMap<JobId, number> | undefined;

  constructor(options: JobTableOptions<Data> = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#order = new FairOrder(options);
  }

  /**
   * Adds a record behind those that it shares with.
   * @throws Error when the id is taken; RangeError when its claim is none
   */
  add(record: JobRecord<Data>, isReleased = false): void {
    if (this.#rows.has(record.id)) throw new Error(`Expected a new job id, got ${record.id} a second time.`);
    this.#put({ record, sequence: this.#nextSequence++, isReleased });
  }

  /** Returns the record as changed; undefined when there is no such job. */
  change(id: JobId, change: Partial<JobChange>): JobRecord<Data> | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    const record = { ...row.record, ...change };
    this.#replace(row, { ...row, record });
    return record;
  }

  /** The job is handed over to whoever runs it: it goes before all that are not. */
  release(id: JobId): void {
    const row = this.#rows.get(id);
    if (row !== undefined) this.#replace(row, { ...row, isReleased: true });
  }

  isReleased(id: JobId): boolean {
    return this.#rows.get(id)?.isReleased ?? false;
  }

  /** Returns the record that was removed; undefined when there is no such job. */
  remove(id: JobId): JobRecord<Data> | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    this.#forget(row);
    this.#order.remove(id);
    this.#order.end(id);
    return row.record;
  }

  get(id: JobId): JobRecord<Data> | undefined {
    return this.#rows.get(id)?.record;
  }

  /** The waiting job that runs next; undefined when none waits or none may run now. */
  next(slots?: number): JobRecord<Data> | undefined {
    const turn: Turn = slots === undefined ? { now: this.#now() } : { now: this.#now(), slots };
    const id = this.#order.next(turn);
    return id === undefined ? undefined : this.get(id);
  }

  get size(): number {
    return this.#rows.size;
  }

  get waitingCount(): number {
    return this.#waitingCount;
  }

  /** Jobs that wait for their turn: those that are neither released nor active. */
  get heldCount(): number {
    return this.#order.size;
  }

  /** Waiting jobs ahead of this one, 0 for an active one; undefined when there is no such job. */
  position(id: JobId): number | undefined {
    if (!this.#rows.has(id)) return undefined;
    return this.#places().get(id) ?? 0;
  }

  /** Active records, then waiting ones, in running order. */
  inRunningOrder(): JobRecord<Data>[] {
    const active = this.#rowsThat(({ record }) => record.state === 'active');
    const waiting = [...this.#places().keys()].flatMap((id) => this.get(id) ?? []);
    return [...active.map(({ record }) => record), ...waiting];
  }

  /** All records, in order of arrival: adding them to an empty table in this order makes the same table. */
  inOrderOfArrival(): JobRecord<Data>[] {
    return this.#rowsThat(() => true).map(({ record }) => record);
  }

  #places(): ReadonlyMap<JobId, number> {
    if (this.#waitingIds === undefined) {
      const released = this.#rowsThat(({ record, isReleased }) => isReleased && record.state === 'waiting');
      const ids = [...released.map(({ record }) => record.id), ...this.#order.ids(this.#now())];
      this.#waitingIds = new Map(ids.map((id, place) => [id, place]));
    }
    return this.#waitingIds;
  }

  #rowsThat(isWanted: (row: Row<Data>) => boolean): Row<Data>[] {
    return [...this.#rows.values()].filter(isWanted).sort((a, b) => a.sequence - b.sequence);
  }

  #put(row: Row<Data>): void {
    // The claim first: it may throw, and then nothing must have changed.
    const { id, data, priority } = row.record;
    const claim = claimOf(this.#options, data);
    this.#rows.set(id, row);
    this.#waitingIds = undefined;
    if (row.record.state === 'waiting') this.#waitingCount += 1;
    // Every job goes through the order, so that it knows what runs.
    this.#order.add({ id, claim, priority, sequence: row.sequence }, this.#now());
    if (!isHeld(row)) this.#order.start(id, this.#now());
  }

  #replace(old: Row<Data>, row: Row<Data>): void {
    const { id } = row.record;
    if (isHeld(row) && !isHeld(old)) {
      this.#order.end(id);
      this.#forget(old);
      this.#put(row);
      return;
    }
    if (isHeld(old) && !isHeld(row)) this.#order.start(id, this.#now());
    this.#forget(old);
    this.#rows.set(id, row);
    if (row.record.state === 'waiting') this.#waitingCount += 1;
  }

  #forget({ record }: Row<Data>): void {
    this.#rows.delete(record.id);
    this.#waitingIds = undefined;
    if (record.state === 'waiting') this.#waitingCount -= 1;
  }
}

/** Whether a job waits for its turn. */
function isHeld({ record, isReleased }: Row<unknown>): boolean {
  return record.state === 'waiting' && !isReleased;
}
