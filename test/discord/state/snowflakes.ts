import type { Clock } from '../clock.js';

const DISCORD_EPOCH = 1_420_070_400_000;

/** Makes ids as Discord makes them: time, worker, process and a counter in one 64-bit number. */
export class SnowflakeGenerator {
  readonly #clock: Clock;
  #counter = 0n;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new id; later ones sort after earlier ones. */
  next(): string {
    const milliseconds = BigInt(this.#clock.now() - DISCORD_EPOCH);
    this.#counter = (this.#counter + 1n) & 0xfffn;
    return ((milliseconds << 22n) | (1n << 17n) | this.#counter).toString();
  }
}

/** The moment at which a snowflake was made, in milliseconds since the epoch. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}
