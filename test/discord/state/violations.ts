/** A rule of Discord that the bot has broken. */
export interface Violation {
  /** Milliseconds since the epoch, by the local Discord's clock. */
  readonly at: number;
  /** Discord's error or close code, or a short name where Discord has no code for it. */
  readonly code: number | string;
  readonly message: string;
  /** The request with which it happened, such as "POST /channels/1/messages". */
  readonly request?: string;
}
