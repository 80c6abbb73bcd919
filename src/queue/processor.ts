import type { Job } from './job.js';

export interface ProcessorContext {
  /**
   * Aborts when the job is cancelled, its time is up or the queue closes; the slot is free only once the processor
   * has settled.
   */
  readonly signal: AbortSignal;
}

export interface RunningJobContext extends ProcessorContext {
  /** Tells listeners to the queue's `progress` how far the job is, wherever they are: anything that JSON can say. */
  readonly reportProgress: (progress: unknown) => void;
}

/**
 * Does a job. It may be called more than once for one job (a crash, a restart), so its effects must be
 * idempotent by job id. Throwing RetryableError asks for another try; any other throw fails the job for good.
 */
export type Processor<Data> = (job: Job<Data>, context: RunningJobContext) => Promise<void>;
