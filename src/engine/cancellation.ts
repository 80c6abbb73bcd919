import { CancelledError } from './errors.js';

/** Called between the steps of long work. @throws CancelledError once the signal has aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError('Cancelled.', { cause: signal.reason });
}
