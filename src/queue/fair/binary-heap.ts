/** The least of many things, found in logarithmic time. */
export class BinaryHeap<T> {
  readonly #isLess: (a: T, b: T) => boolean;
  readonly #items: T[] = [];

  constructor(isLess: (a: T, b: T) => boolean) {
    this.#isLess = isLess;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    let at = this.#items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfLess(at, parent)) return;
      at = parent;
    }
  }

  pop(): T | undefined {
    const least = this.#items[0];
    const last = this.#items.pop();
    if (this.#items.length === 0 || last === undefined) return least;
    this.#items[0] = last;
    this.#sink(0);
    return least;
  }

  #sink(from: number): void {
    for (let at = from; ;) {
      const left = 2 * at + 1;
      const child = left + 1 < this.#items.length && this.#less(left + 1, left) ? left + 1 : left;
      if (child >= this.#items.length || !this.#swapIfLess(child, at)) return;
      at = child;
    }
  }

  #less(a: number, b: number): boolean {
    return this.#isLess(this.#items[a] as T, this.#items[b] as T);
  }

  #swapIfLess(a: number, b: number): boolean {
    if (!this.#less(a, b)) return false;
    [this.#items[a], this.#items[b]] = [this.#items[b] as T, this.#items[a] as T];
    return true;
  }
}
