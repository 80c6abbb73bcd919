import type { AddJobOptions, Job, JobId } from './job.js';

/** What listeners hear, each with the job as it then stands. */
export interface JobQueueEvents<Data> {
  /** A job was accepted, and will survive a restart. */
  added: (job: Job<Data>) => void;
  active: (job: Job<Data>) => void;
  completed: (job: Job<Data>) => void;
  failed: (job: Job<Data>, error: unknown) => void;
  cancelled: (job: Job<Data>) => void;
  /** The order or number of waiting jobs has changed: positions told before may be stale. */
  moved: () => void;
}

/**
 * Who waits and who runs. Generic: it knows no music and no Discord. Not part of the contract: where results
 * go (the processor delivers them) and progress (the processor reports it to whom it concerns).
 */
export interface JobQueue<Data> {
  /** Resolves once the job is safely recorded. @throws QueueError `closed`, `full` or `storage_failed` */
  add(data: Data, options?: AddJobOptions): Promise<Job<Data>>;
  /** False when there is no such job or it has already ended. An active job's signal aborts. */
  cancel(id: JobId): Promise<boolean>;
  get(id: JobId): Job<Data> | undefined;
  /** Jobs that will run before this one: 0 = active or next. Undefined when it is not in the queue. */
  position(id: JobId): number | undefined;
  /** Waiting and active jobs, in the order in which they will run. */
  list(): readonly Job<Data>[];
  on<E extends keyof JobQueueEvents<Data>>(event: E, listener: JobQueueEvents<Data>[E]): void;
  off<E extends keyof JobQueueEvents<Data>>(event: E, listener: JobQueueEvents<Data>[E]): void;
  /** Begins to run jobs, those left by an earlier run first. */
  start(): Promise<void>;
  /** Stops taking and starting jobs; active ones are aborted and wait again, to be run after a restart. */
  close(): Promise<void>;
}
