import { attempt } from './attempt.js';
import type { Outcome } from './attempt.js';
import { abandonedAfter, closedQueue, fullQueue, RetryableError } from './errors.js';
import { claimOf } from './fair/claim.js';
import type { FairnessOptions } from './fair/claim.js';
import type { AddJobOptions, Job, JobId } from './job.js';
import { createJobIdGenerator } from './job-id.js';
import { JobJournal } from './job-journal.js';
import { JobListeners } from './job-listeners.js';
import type { JobQueue, JobQueueEvents } from './job-queue.js';
import { jobOf, newRecord } from './job-record.js';
import type { EndState, JobRecord } from './job-record.js';
import type { Processor } from './processor.js';
import { settledWithin } from './settled-within.js';
import { validateLimits } from './limits.js';

export interface JournalJobQueueOptions<Data> {
  /** Folder that keeps the jobs, for this queue alone; made when missing. */
  readonly folder: string;
  readonly processor: Processor<Data>;
  /** Checks a job's data as read back. @throws when it is not a job's data: the job is then set aside */
  readonly parseData: (raw: unknown) => Data;
  /** Hears what went wrong without being fatal: damaged entries, a full disk, a listener that threw. */
  readonly onWarning: (message: string, cause?: unknown) => void;
  /** Jobs that run at the same time. @defaultValue 1 */
  readonly concurrency?: number;
  /** Jobs that may wait. @defaultValue 1000 */
  readonly maxWaiting?: number;
  /** How jobs share the slots. @defaultValue first come, first served */
  readonly fairness?: FairnessOptions<Data>;
  /** Milliseconds that one try may take; then it is aborted and the job fails. @defaultValue unlimited */
  readonly timeoutMs?: number;
  /** Tries that a job gets, counting RetryableErrors and deaths of the program. @defaultValue 3 */
  readonly maxAttempts?: number;
  /** Milliseconds that close() waits for aborted processors. @defaultValue 10000 */
  readonly closeGraceMs?: number;
  /** Bytes of journal beyond which ended jobs are dropped from it. @defaultValue 1 MiB */
  readonly compactAtBytes?: number;
  /** Milliseconds since the epoch. @defaultValue Date.now */
  readonly now?: () => number;
  /** Never the same twice. @defaultValue 21 digits and lower-case letters that sort by time */
  readonly newId?: () => JobId;
}

/** `opened`: takes jobs; `started`: also runs them; `closed`: does neither. */
type QueueState = 'opened' | 'started' | 'closed';

interface ActiveJob {
  readonly abort: AbortController;
  /** Resolves when the processor has settled and its end is noted. */
  readonly finished: Promise<void>;
}

/** A job queue in this process that survives its death: every accepted job is in a journal on the disk. */
export class JournalJobQueue<Data> implements JobQueue<Data> {
  readonly #options: JournalJobQueueOptions<Data>;
  readonly #journal: JobJournal<Data>;
  readonly #listeners: JobListeners<Data>;
  readonly #newId: () => JobId;
  readonly #active = new Map<JobId, ActiveJob>();
  /** Calls of add() whose job is not yet in the table: they count against maxWaiting. */
  #addingCount = 0;
  #state: QueueState = 'opened';
  #closing: Promise<void> | undefined;

  private constructor(options: JournalJobQueueOptions<Data>, journal: JobJournal<Data>) {
    this.#options = options;
    this.#journal = journal;
    this.#newId = options.newId ?? createJobIdGenerator(options.now);
    this.#listeners = new JobListeners((event, error) => {
      options.onWarning(`A listener to "${event}" of the queue threw.`, error);
    });
  }

  /**
   * Opens the folder and reads the jobs of an earlier run; they wait until start().
   * @throws QueueError `locked` when another process has the folder, `storage_failed` when it cannot be used;
   * RangeError when an option is out of range
   */
  static async open<Data>(options: JournalJobQueueOptions<Data>): Promise<JournalJobQueue<Data>> {
    validateLimits(options);
    const { now = Date.now, fairness } = options;
    const journal = await JobJournal.open({ ...options, fairness: { ...fairness, now } });
    return new JournalJobQueue(options, journal);
  }

  async add(data: Data, { priority = 0 }: AddJobOptions = {}): Promise<Job<Data>> {
    this.#refuseIfClosedOrFull();
    claimOf(this.#options.fairness ?? {}, data); // throws before anything is written
    const addedAt = (this.#options.now ?? Date.now)();
    const record = newRecord({ id: this.#newId(), data, priority, addedAt });
    this.#addingCount += 1;
    try {
      await this.#journal.add(record);
    } finally {
      this.#addingCount -= 1;
    }
    const job = jobOf(record);
    this.#listeners.emit('added', job);
    this.#listeners.emit('moved');
    this.#startNext();
    return job;
  }

  async cancel(id: JobId): Promise<boolean> {
    const record = this.#journal.table.get(id);
    if (record === undefined || this.#state === 'closed') return false;
    if (record.state === 'waiting') {
      await this.#end(id, 'cancelled');
      return true;
    }
    // Noted before the processor stops: should the program die now, the job must not run again.
    const noted = this.#journal.change(id, { isCancelling: true });
    this.#active.get(id)?.abort.abort();
    await noted;
    return true;
  }

  get(id: JobId): Job<Data> | undefined {
    const record = this.#journal.table.get(id);
    return record === undefined ? undefined : jobOf(record);
  }

  position(id: JobId): number | undefined {
    return this.#journal.table.position(id);
  }

  list(): readonly Job<Data>[] {
    return this.#journal.table.inRunningOrder().map((record) => jobOf(record));
  }

  on<E extends keyof JobQueueEvents<Data>>(event: E, listener: JobQueueEvents<Data>[E]): void {
    this.#listeners.on(event, listener);
  }

  off<E extends keyof JobQueueEvents<Data>>(event: E, listener: JobQueueEvents<Data>[E]): void {
    this.#listeners.off(event, listener);
  }

  async start(): Promise<void> {
    if (this.#state !== 'opened') return;
    this.#state = 'started';
    await Promise.all(this.#journal.table.inOrderOfArrival().map((record) => this.#endIfHopeless(record)));
    this.#startNext();
  }

  /**
   * Leaves nothing of ended jobs on the disk, which otherwise holds them until the journal has grown.
   * What the disk refuses is told as a warning.
   */
  async forgetEnded(): Promise<void> {
    if (this.#state !== 'closed') await this.#journal.forgetEnded();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #refuseIfClosedOrFull(): void {
    if (this.#state === 'closed') throw closedQueue();
    const { maxWaiting = 1000 } = this.#options;
    if (this.#journal.table.waitingCount + this.#addingCount >= maxWaiting) throw fullQueue(maxWaiting);
  }

  /** Ends a job of an earlier run that must not be run again. */
  async #endIfHopeless({ id, isCancelling, failedAttempts }: JobRecord<Data>): Promise<void> {
    if (isCancelling) {
      await this.#end(id, 'cancelled');
    } else if (failedAttempts >= this.#maxAttempts) {
      await this.#end(id, 'failed', abandonedAfter(failedAttempts));
    }
  }

  get #maxAttempts(): number {
    return this.#options.maxAttempts ?? 3;
  }

  #startNext(): void {
    const { concurrency = 1 } = this.#options;
    while (this.#state === 'started' && this.#active.size < concurrency) {
      const next = this.#journal.table.next(concurrency);
      if (next === undefined) return;
      this.#activate(next);
    }
  }

  #activate(record: JobRecord<Data>): void {
    const change = { state: 'active', attempts: record.attempts + 1 } as const;
    const job = jobOf({ ...record, ...change });
    const abort = new AbortController();
    // Noted before the processor is called: a job that kills the program is known by it afterwards.
    const noted = this.#journal.change(job.id, change);
    const finished = noted.then(() => this.#run(job, abort));
    this.#active.set(job.id, { abort, finished });
    this.#listeners.emit('active', job);
    this.#listeners.emit('moved');
  }

  /** Runs an active job to its end; only then is its slot free. Never rejects. */
  async #run(job: Job<Data>, abort: AbortController): Promise<void> {
    const { processor, timeoutMs } = this.#options;
    const onProgress = (progress: unknown): void => this.#listeners.emit('progress', job, progress);
    const outcome = await attempt(processor, job, { abort, timeoutMs, onProgress });
    if (!this.#active.delete(job.id)) return; // close() has given up on it
    await this.#settle(job.id, outcome, abort.signal);
    this.#startNext();
  }

  async #settle(id: JobId, outcome: Outcome, signal: AbortSignal): Promise<void> {
    const record = this.#journal.table.get(id);
    if (record === undefined) return;
    if (outcome.type === 'done') return this.#end(id, 'completed');
    if (record.isCancelling) return this.#end(id, 'cancelled');
    if (outcome.type === 'timed_out') return this.#end(id, 'failed', outcome.error);
    if (signal.aborted) return this.#waitAgain(id, record.failedAttempts);
    const failedAttempts = record.failedAttempts + 1;
    const mayRetry = outcome.error instanceof RetryableError && failedAttempts < this.#maxAttempts;
    return mayRetry ? this.#waitAgain(id, failedAttempts) : this.#end(id, 'failed', outcome.error);
  }

  async #waitAgain(id: JobId, failedAttempts: number): Promise<void> {
    await this.#journal.change(id, { state: 'waiting', failedAttempts });
    this.#listeners.emit('moved');
  }

  async #end(id: JobId, state: EndState, error?: unknown): Promise<void> {
    const job = await this.#journal.end(id, state);
    if (job === undefined) return;
    if (state === 'failed') this.#listeners.emit('failed', job, error);
    else this.#listeners.emit(state, job);
    this.#listeners.emit('moved');
  }

  async #close(): Promise<void> {
    this.#state = 'closed';
    for (const { abort } of this.#active.values()) abort.abort();
    await settledWithin(
      [...this.#active.values()].map(({ finished }) => finished),
      this.#options.closeGraceMs ?? 10_000,
    );
    await Promise.all([...this.#active.keys()].map((id) => this.#giveUpOn(id)));
    await this.#journal.close();
  }

  /** Puts back a job whose processor ignores its signal; whatever that does later no longer counts. */
  async #giveUpOn(id: JobId): Promise<void> {
    this.#active.delete(id);
    this.#options.onWarning(`Job ${id} did not stop in time: it will be run again after a restart.`);
    await this.#waitAgain(id, this.#journal.table.get(id)?.failedAttempts ?? 0);
  }
}
