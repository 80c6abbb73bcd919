import type { RequestFault } from './request-fault.js';

/**
 * Everything that can go wrong in the engine, by stable code. The code is for programs and for choosing a
 * sentence; the message says what happened and what to do about it, in words a user may read.
 */
export type EngineErrorCode =
  | 'invalid_request' // a parameter is missing or out of range
  | 'model_missing' // no such model, or one of its files is absent
  | 'model_corrupt' // a model file does not match its hash
  | 'model_unsupported' // a sound model of a kind that we do not run
  | 'device_unavailable' // the device that the settings insist on cannot be used here
  | 'audio_unreadable' // not audio, truncated, or of a kind we do not read
  | 'audio_too_long' // longer than the limit
  | 'audio_empty' // no samples in it
  | 'image_unreadable' // not a picture, or truncated
  | 'image_too_large' // more pixels than the limit
  | 'image_not_spectrogram' // a picture whose shape cannot be a spectrogram
  | 'recipe_missing' // the file carries no recipe
  | 'recipe_invalid' // the file carries one that we cannot read
  | 'disk_full' // no space left to write to
  | 'io_failed' // any other failure to read or write a file
  | 'engine_crashed' // the engine process, or the thread at work, died in the middle of a request
  | 'engine_hung' // the engine process stopped answering and was killed
  | 'engine_closed'; // the engine was disposed of

export interface EngineErrorOptions extends ErrorOptions {
  /** Of `invalid_request`, where it is about one parameter. */
  readonly fault?: RequestFault | undefined;
}

/** An error of the engine; `message` is fit to be shown to a user, `cause` is for the log. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  /** Does not travel between processes. */
  readonly fault: RequestFault | undefined;

  constructor(code: EngineErrorCode, message: string, options?: EngineErrorOptions) {
    super(message, options);
    this.code = code;
    this.fault = options?.fault;
  }

  /** True for faults of the engine itself, after which the same request may well succeed. */
  get isTransient(): boolean {
    return this.code === 'engine_crashed' || this.code === 'engine_hung';
  }
}

/** The caller's own signal ended the work; not a failure. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor(message = 'Cancelled.', options?: ErrorOptions) {
    super(message, options);
  }
}
