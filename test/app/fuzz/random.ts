/** Chance that is the same for the same seed. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('There is nothing to choose from.');
    return item;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Uint8Array.from({ length }, () => this.below(256)));
  }

  /** Words, numbers, markup, mentions, other scripts, control characters and the very long. */
  text(): string {
    return this.of(TEXTS).replaceAll('#', () => String(this.below(1000)));
  }
}

const TEXTS: readonly string[] = [
  '',
  ' ',
  '0.5',
  '-1',
  '1e999',
  'NaN',
  'more jazzy 0.# seed #',
  'seed 99999999999999999999',
  'funk bass #',
  '@everyone @here <@&1> <@1> <#1>',
  '`code` **bold** [link](https://example.com) || hidden ||',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  "'; DROP TABLE jobs; --",
  '${jndi:ldap://127.0.0.1/a}',
  '%s%n%x {{7*7}} __proto__ constructor',
  'موسيقى 音楽 музыка 🎵🎶 ‮drawkcab',
  '\u0000\u0001\u001b[31m\ufeff\u200b',
  '\ud800 lone surrogate \udfff',
  'a'.repeat(1999),
  '🎷'.repeat(900),
  '(((((((((word:9)))))))',
  '((#:1.#)[#:#]',
];
