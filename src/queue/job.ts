/** Identifies a job for good: it is also the nonce under which its result is posted. */
export type JobId = string;

/** A job's life: waiting -> active -> completed | failed | cancelled; an active job may go back to waiting. */
export type JobState = 'waiting' | 'active' | 'completed' | 'failed' | 'cancelled';

export interface Job<Data> {
  readonly id: JobId;
  readonly data: Data;
  readonly state: JobState;
  /** Higher runs first; equal priorities run first come, first served. */
  readonly priority: number;
  /** How often it has been started, this time included. */
  readonly attempts: number;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

export interface AddJobOptions {
  /** @defaultValue 0 */
  readonly priority?: number;
}
