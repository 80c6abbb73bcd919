const NONE = -1;

/**
 * Priority queue of the items 0..capacity - 1 with a small number of whole priorities: the highest first, the newest
 * first among equals. Each item may be in it once; adding and taking cost next to nothing.
 */
export class BucketQueue {
  /** Newest item of each priority. */
  readonly #newest: Int32Array;
  /** Per item, the one added before it with the same priority. */
  readonly #older: Int32Array;
  /** No item has a higher priority than this. */
  #top = NONE;

  /** @param priorities they run from 0 to `priorities - 1` */
  constructor(capacity: number, priorities: number) {
    this.#newest = new Int32Array(priorities).fill(NONE);
    this.#older = new Int32Array(capacity);
  }

  push(item: number, priority: number): void {
    this.#older[item] = this.#newest[priority]!;
    this.#newest[priority] = item;
    if (priority > this.#top) this.#top = priority;
  }

  /** The item of highest priority, or -1 when there is none. */
  pop(): number {
    while (this.#top >= 0 && this.#newest[this.#top] === NONE) this.#top -= 1;
    if (this.#top < 0) return NONE;
    const item = this.#newest[this.#top]!;
    this.#newest[this.#top] = this.#older[item]!;
    return item;
  }
}
