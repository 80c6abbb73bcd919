import type { AddJobOptions, Job, JobId } from './job.js';

/** What listeners hear, each with the job as it then stands. A listener that throws is logged, never obeyed. */
export interface JobQueueEvents<Data> {
  /** A job was accepted, and will survive a restart. */
  added: (job: Job<Data>) => void;
  active: (job: Job<Data>) => void;
  /** What the processor of an active job reported. Reports may be lost, and never come after the job's end. */
  progress: (job: Job<Data>, progress: unknown) => void;
  completed: (job: Job<Data>) => void;
  /** `error` is what the processor threw, or QueueError `abandoned` (a job that outlived too many crashes) or `timed_out`. */
  failed: (job: Job<Data>, error: unknown) => void;
  cancelled: (job: Job<Data>) => void;
  /** The order or number of waiting jobs has changed: positions told before may be stale. */
  moved: () => void;
}

/**
 * Who waits and who runs. Generic: it knows no music and no Discord. Not part of the contract: where results
 * go (the processor delivers them).
 */
export interface JobQueue<Data> {
  /** Resolves once the job is safely recorded. @throws QueueError `closed`, `full` or `storage_failed` */
  add(data: Data, options?: AddJobOptions): Promise<Job<Data>>;
  /**
   * False when there is no such job or it has already ended. An active job's signal aborts; the job is
   * `cancelled` when its processor then throws, and still `completed` when it had already done its work.
   */
  cancel(id: JobId): Promise<boolean>;
  /** A waiting or active job; undefined when there is none of that id or it has ended. */
  get(id: JobId): Job<Data> | undefined;
  /** Waiting jobs that will run before this one: 0 = active or next. Undefined when it is not in the queue. */
  position(id: JobId): number | undefined;
  /** Active jobs, then waiting ones, in the order in which they will run. */
  list(): readonly Job<Data>[];
  on<E extends keyof JobQueueEvents<Data>>(event: E, listener: JobQueueEvents<Data>[E]): void;
  off<E extends keyof JobQueueEvents<Data>>(event: E, listener: JobQueueEvents<Data>[E]): void;
  /** Begins to run jobs, those left by an earlier run first. */
  start(): Promise<void>;
  /** Stops taking and starting jobs; active ones are aborted and wait again, to be run after a restart. */
  close(): Promise<void>;
}
