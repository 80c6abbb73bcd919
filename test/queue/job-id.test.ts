import { describe, expect, it } from 'vitest';

import { createJobIdGenerator } from '../../src/queue/job-id.js';

describe('createJobIdGenerator', () => {
  it('makes ids that a Discord nonce can hold', () => {
    const newId = createJobIdGenerator();
    for (let index = 0; index < 100; index++) expect(newId()).toMatch(/^[0-9a-z]{21}$/);
  });

  it('makes ids that sort in the order in which they were made, even 47,000 in one millisecond', () => {
    const newId = createJobIdGenerator(() => 1_800_000_000_000);
    const ids = Array.from({ length: 47_000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sorts on when the clock steps back', () => {
    const times = [1000, 2000, 500, 2001];
    const newId = createJobIdGenerator(() => times.shift() ?? 0);
    const ids = [newId(), newId(), newId(), newId()];
    expect([...ids].sort()).toEqual(ids);
  });

  it('begins with the time in base 36', () => {
    expect(createJobIdGenerator(() => 1_800_000_000_000)().slice(0, 9)).toBe('0mywpiww0');
  });

  it('differs between two generators at one time', () => {
    const now = (): number => 5;
    expect(createJobIdGenerator(now)()).not.toBe(createJobIdGenerator(now)());
  });
});
