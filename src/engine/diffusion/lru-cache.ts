/** A map that forgets what was not asked for longest. */
export class LruCache<Key, Value> {
  readonly #capacity: number;
  // A Map iterates in insertion order: the first entry is the one unused longest.
  readonly #entries = new Map<Key, Value>();

  /** @param capacity entries kept, at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
