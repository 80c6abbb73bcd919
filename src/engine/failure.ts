/** Errors as plain data, for the way between processes and threads, which keeps no classes. */
import { CancelledError, EngineError } from './errors.js';
import type { EngineErrorCode } from './errors.js';

/** An error on its way. */
export type Failure =
  | {
      readonly kind: 'engine';
      readonly code: EngineErrorCode;
      readonly message: string;
      readonly stack: string;
    }
  | { readonly kind: 'cancelled' }
  /** A fault in the engine itself. */
  | { readonly kind: 'unexpected'; readonly stack: string };

export function toFailure(error: unknown): Failure {
  if (error instanceof CancelledError) return { kind: 'cancelled' };
  const stack = stackOf(error);
  if (error instanceof EngineError) {
    return { kind: 'engine', code: error.code, message: error.message, stack };
  }
  return { kind: 'unexpected', stack };
}

/** The error that `toFailure` was given, as far as it matters; stacks of the other side become the cause. */
export function fromFailure(failure: Failure): EngineError | CancelledError {
  switch (failure.kind) {
    case 'cancelled':
      return new CancelledError();
    case 'engine':
      return new EngineError(failure.code, failure.message, { cause: failure.stack });
    case 'unexpected':
      return new EngineError(
        'engine_crashed',
        'The engine failed in the middle of this request. Please try again.',
        { cause: failure.stack },
      );
  }
}

/** The error's stack and those of its causes. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\nCaused by: ${stackOf(error.cause)}`;
}
