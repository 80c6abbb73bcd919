export type HubErrorCode =
  | 'hub_unreachable' // no connection, or one that broke and broke again
  | 'hub_busy' // it answers that it cannot answer now
  | 'hub_refused' // it wants a token, or terms accepted, before it gives this
  | 'hub_not_found' // no such model, revision or file
  | 'hub_answer_invalid' // it answers what no hub would
  | 'download_corrupt' // the file arrived, and is not the one that was announced
  | 'disk_full' // no space left to write to
  | 'io_failed'; // any other failure to read or write a file here

export interface HubErrorOptions extends ErrorOptions {
  /** The same request may succeed in a moment. @defaultValue false */
  readonly isTransient?: boolean;
  /** Milliseconds that the hub asks to wait before that. */
  readonly retryAfterMs?: number | undefined;
}

/** A model could not be had from the hub; `message` is fit to be shown to a user and holds no token. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly code: HubErrorCode;
  readonly isTransient: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: HubErrorCode, message: string, options: HubErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.isTransient = options.isTransient ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}
