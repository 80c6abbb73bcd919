/**
 * What a queue can refuse, by stable code.
 * - `closed`: the queue no longer takes jobs
 * - `full`: as many jobs wait as may
 * - `storage_failed`: the job could not be recorded, so it was not accepted
 * - `locked`: another process uses the queue's folder, or adds to the same queue of a server
 * - `abandoned`: the job was running each time the program died, and is not tried again
 * - `timed_out`: one try took longer than it may
 */
export type QueueErrorCode = 'closed' | 'full' | 'storage_failed' | 'locked' | 'abandoned' | 'timed_out';

/** An error of the queue; `message` is fit to be shown to a user, `cause` is for the log. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly code: QueueErrorCode;

  constructor(code: QueueErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Thrown by a processor when the job should be tried again: nothing was wrong with the job itself. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
}

/** The end of a job that outlived too many crashes. */
export function abandonedAfter(failedAttempts: number): QueueError {
  const times = `${failedAttempts} time${failedAttempts === 1 ? '' : 's'}`;
  const message = `The program stopped ${times} while it worked on this, so it is not tried again.`;
  return new QueueError('abandoned', message);
}

/** The refusal of a queue that no longer takes jobs. */
export function closedQueue(): QueueError {
  return new QueueError('closed', 'The queue is shutting down. Please try again in a minute.');
}

/** The refusal of a queue in which as many jobs wait as may. */
export function fullQueue(maxWaiting: number): QueueError {
  const message = `The queue is full: ${maxWaiting} jobs are waiting already. Please try again later.`;
  return new QueueError('full', message);
}
