import { QueueError, RetryableError } from '../errors.js';
import type { QueueErrorCode } from '../errors.js';

/** An error as it travels between machines: what JSON can say of it, without its stack. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly cause?: PlainError;
}

/** Makes an error of the program's own kinds again; undefined for others. */
export type ReviveError = (plain: PlainError) => Error | undefined;

/** Why a job ended without having been done. */
export type JobFailure =
  { readonly type: 'cancelled' } | { readonly type: 'failed'; readonly error: PlainError };

/** Causes of causes that travel along. */
const MAX_DEPTH = 4;

export function failureOf(error: unknown): JobFailure {
  return { type: 'failed', error: plainOf(error, MAX_DEPTH) };
}

export function formatFailure(failure: JobFailure): string {
  return JSON.stringify(failure);
}

/** Understands anything: what it does not know is an error with that message. */
export function parseFailure(text: string): JobFailure {
  try {
    const raw = JSON.parse(text) as { type?: unknown; error?: PlainError } | null;
    if (raw?.type === 'cancelled') return { type: 'cancelled' };
    if (raw?.type === 'failed' && typeof raw.error?.message === 'string') {
      return { type: 'failed', error: raw.error };
    }
  } catch {
    // Not ours: BullMQ failed the job by itself.
  }
  return { type: 'failed', error: { name: 'Error', message: text } };
}

export function errorOf(plain: PlainError, revive: ReviveError = () => undefined): Error {
  const revived = revive(plain);
  if (revived !== undefined) return revived;
  const options = plain.cause === undefined ? undefined : { cause: errorOf(plain.cause, revive) };
  if (plain.name === 'QueueError') {
    return new QueueError(plain.code as QueueErrorCode, plain.message, options);
  }
  if (plain.name === 'RetryableError') return new RetryableError(plain.message, options);
  const error = new Error(plain.message, options);
  return plain.name === 'Error' ? error : Object.assign(error, { name: plain.name });
}

function plainOf(error: unknown, depth: number): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(cause === undefined || depth === 0 ? {} : { cause: plainOf(cause, depth - 1) }),
  };
}
