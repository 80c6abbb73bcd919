import { QueueError } from './errors.js';
import type { Job } from './job.js';
import type { Processor } from './processor.js';

/** How a try ended. `timed_out`: it threw after its time was up. */
export type Outcome =
  | { readonly type: 'done' }
  | { readonly type: 'threw'; readonly error: unknown }
  | { readonly type: 'timed_out'; readonly error: QueueError };

export interface AttemptOptions {
  /** Aborts the processor. */
  readonly abort: AbortController;
  /** Milliseconds, up to 2^31 - 1; undefined = no limit. */
  readonly timeoutMs: number | undefined;
  /** Hears what the processor reports while it runs. */
  readonly onProgress: (progress: unknown) => void;
}

/** Calls the processor once, unless it is aborted already, and waits until it has settled. Never rejects. */
export async function attempt<Data>(
  processor: Processor<Data>,
  job: Job<Data>,
  { abort, timeoutMs, onProgress }: AttemptOptions,
): Promise<Outcome> {
  const { signal } = abort;
  let timedOut: QueueError | undefined;
  let isRunning = true;
  const onTimeout = (): void => {
    timedOut = timeoutAfter(timeoutMs ?? 0);
    abort.abort(timedOut);
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
  const reportProgress = (progress: unknown): void => {
    if (isRunning) onProgress(progress);
  };
  try {
    signal.throwIfAborted();
    await processor(job, { signal, reportProgress });
    return { type: 'done' };
  } catch (error) {
    return timedOut === undefined ? { type: 'threw', error } : { type: 'timed_out', error: timedOut };
  } finally {
    isRunning = false;
    clearTimeout(timer);
  }
}

function timeoutAfter(milliseconds: number): QueueError {
  const seconds = `${milliseconds / 1000} second${milliseconds === 1000 ? '' : 's'}`;
  return new QueueError(
    'timed_out',
    `This took longer than ${seconds}, so it was stopped. Please ask for less.`,
  );
}
