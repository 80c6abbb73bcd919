import { randomBytes } from 'node:crypto';

import type { JobId } from './job.js';

const TIME_LENGTH = 9; // base 36: enough until the year 5188
const COUNTER_LENGTH = 3;
const COUNTER_LIMIT = 36 ** COUNTER_LENGTH;
const RANDOM_LENGTH = 9; // 46 bits: ids of two processes started in one millisecond still differ

/**
 * Makes ids of 21 characters, only digits and lower-case letters, that sort in the order in which they were made,
 * even within a millisecond and when the clock steps back. Short enough for a Discord nonce (25).
 *
 * @param now - Milliseconds since the epoch.
 */
export function createJobIdGenerator(now: () => number = Date.now): () => JobId {
  let time = 0;
  let counter = 0;
  return () => {
    const current = now();
    counter = current > time ? 0 : counter + 1;
    if (counter === COUNTER_LIMIT) {
      counter = 0;
      time += 1;
    }
    time = Math.max(time, current);
    return (
      base36(time, TIME_LENGTH) + base36(counter, COUNTER_LENGTH) + base36(randomNumber(), RANDOM_LENGTH)
    );
  };
}

function randomNumber(): number {
  return randomBytes(6).readUIntBE(0, 6) % 36 ** RANDOM_LENGTH;
}

function base36(value: number, length: number): string {
  return value.toString(36).padStart(length, '0');
}
