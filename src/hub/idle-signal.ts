/** A signal that aborts when nothing was heard for a while, or when another signal does. */
export class IdleSignal {
  readonly signal: AbortSignal;
  readonly #silence = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(timeoutMs: number, other: AbortSignal | undefined) {
    this.signal = other ? AbortSignal.any([other, this.#silence.signal]) : this.#silence.signal;
    this.#timer = setTimeout(() => {
      this.#silence.abort(new DOMException('Nothing arrived for too long.', 'TimeoutError'));
    }, timeoutMs);
  }

  /** Something was heard: the wait begins again. */
  touch(): void {
    this.#timer.refresh();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
