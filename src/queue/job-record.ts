import type { Job, JobId, JobState } from './job.js';

/** A job that has not ended, with what the queue must know beyond what it shows: all that outlives a restart. */
export interface JobRecord<Data> {
  readonly id: JobId;
  readonly data: Data;
  readonly priority: number;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
  readonly state: LiveState;
  /** How often it has been started. */
  readonly attempts: number;
  /** Attempts that ended in a RetryableError or in the death of the program: too many and the job fails. */
  readonly failedAttempts: number;
  /** Somebody cancelled it while it was active: it must not run again. */
  readonly isCancelling: boolean;
}

export type LiveState = Extract<JobState, 'waiting' | 'active'>;
export type EndState = Exclude<JobState, LiveState>;

/** The part of a record that changes. */
export type JobChange = Pick<JobRecord<unknown>, 'state' | 'attempts' | 'failedAttempts' | 'isCancelling'>;

/** The record of a job that was never started. */
export function newRecord<Data>(
  fields: Pick<JobRecord<Data>, 'id' | 'data' | 'priority' | 'addedAt'>,
): JobRecord<Data> {
  return { ...fields, state: 'waiting', attempts: 0, failedAttempts: 0, isCancelling: false };
}

/** What the outside sees of a record. */
export function jobOf<Data>(record: JobRecord<Data>, state: JobState = record.state): Job<Data> {
  const { id, data, priority, addedAt, attempts } = record;
  return Object.freeze({ id, data, state, priority, attempts, addedAt });
}
