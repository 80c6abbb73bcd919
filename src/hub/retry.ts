import { setTimeout as sleep } from 'node:timers/promises';

import { HubError } from './hub-error.js';

export interface RetryOptions {
  /** Milliseconds to wait before each further attempt; as many attempts as there are delays follow the first. */
  readonly delaysMs: readonly number[];
  readonly signal?: AbortSignal | undefined;
  /** A growing count of what attempts achieved. An attempt that moved it by enough starts the delays afresh. */
  readonly progress?: () => number;
  /** Hears what failed, and in how many milliseconds the next attempt begins. */
  readonly onRetry?: ((error: HubError, delayMs: number) => void) | undefined;
}

/** Bytes: less than this at a time would let a connection that always breaks go on for ever. */
const ENOUGH_PROGRESS = 2 ** 20;

/** Attempts again after transient errors. @throws the last of them; what is not transient; the signal's reason */
export async function retry<Result>(
  attempt: () => Promise<Result>,
  { delaysMs, signal, progress = () => 0, onRetry }: RetryOptions,
): Promise<Result> {
  let failures = 0;
  for (;;) {
    const before = progress();
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      failures = progress() - before >= ENOUGH_PROGRESS ? 0 : failures;
      const delayMs = delaysMs[failures];
      if (!(error instanceof HubError) || !error.isTransient || delayMs === undefined) throw error;
      failures += 1;
      const waitMs = error.retryAfterMs ?? jittered(delayMs);
      onRetry?.(error, waitMs);
      await pause(waitMs, signal);
    }
  }
}

/** Between half of the delay and all of it, so that many clients do not come back at the same moment. */
function jittered(delayMs: number): number {
  return delayMs * (0.5 + Math.random() / 2);
}

async function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(delayMs, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
