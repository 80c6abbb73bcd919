interface Limits {
  readonly concurrency?: number;
  readonly maxWaiting?: number;
  readonly maxAttempts?: number;
  readonly timeoutMs?: number;
}

/** The longest time that a timer of Node knows. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** @throws RangeError when an option of a queue is out of range */
export function validateLimits({ concurrency, maxWaiting, maxAttempts, timeoutMs }: Limits): void {
  for (const [name, value] of Object.entries({ concurrency, maxWaiting, maxAttempts })) {
    if (value === undefined || (Number.isInteger(value) && value >= 1)) continue;
    throw new RangeError(`Expected ${name} to be a whole number of at least 1, got ${String(value)}.`);
  }
  if (timeoutMs === undefined || (timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS)) return;
  throw new RangeError(`Expected timeoutMs to be above 0 and at most ${MAX_TIMEOUT_MS}, got ${timeoutMs}.`);
}
