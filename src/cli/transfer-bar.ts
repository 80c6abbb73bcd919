import type { SingleBar } from 'cli-progress';

import { byteSize } from './byte-size.js';
import { terminalBar } from './terminal-bar.js';

/** Bytes that are on their way, on a terminal: share, amount, speed, what is going on. Silent where there is none. */
export class TransferBar {
  readonly #totalBytes: number;
  readonly #bar: SingleBar | undefined;
  #bytes = 0;
  /** Where the measurement of speed began: what lay there before was not transferred. */
  #start: { readonly bytes: number; readonly atMs: number } | undefined;
  #label = '';

  constructor(stream: NodeJS.WriteStream, totalBytes: number) {
    this.#totalBytes = totalBytes;
    this.#bar = terminalBar(stream, '{bar} {percentage} %  {amount}{speed}  {label}');
    this.#bar?.start(Math.max(1, totalBytes), 0, { amount: '', speed: '', label: '' });
  }

  /** What is going on. */
  describe(label: string): void {
    this.#label = label;
    this.show(this.#bytes);
  }

  /** @param bytes of all files that are there */
  show(bytes: number): void {
    this.#bytes = bytes;
    this.#start ??= { bytes, atMs: performance.now() };
    const amount = `${byteSize(bytes)} of ${byteSize(this.#totalBytes)}`;
    this.#bar?.update(bytes, { amount, speed: this.#speed(), label: this.#label });
  }

  add(count: number): void {
    this.show(this.#bytes + count);
  }

  /** Wipes the bar and gives the cursor back. */
  stop(): void {
    this.#bar?.stop();
  }

  #speed(): string {
    if (!this.#start) return '';
    const seconds = (performance.now() - this.#start.atMs) / 1000;
    const bytes = this.#bytes - this.#start.bytes;
    return seconds < 1 || bytes <= 0 ? '' : `, ${byteSize(bytes / seconds)}/s`;
  }
}
