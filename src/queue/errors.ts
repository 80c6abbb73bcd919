export type QueueErrorCode = 'closed' | 'full' | 'storage_failed';

/** An error of the queue; `message` is fit to be shown to a user. */
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
