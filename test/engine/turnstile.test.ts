import { setTimeout } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { CancelledError } from '../../src/engine/errors.js';
import { Turnstile } from '../../src/engine/turnstile.js';

describe('Turnstile', () => {
  it('lets one through at a time, in order, also after one that failed', async () => {
    const turnstile = new Turnstile();
    const log: string[] = [];
    const work = (label: string, ms: number) => async () => {
      log.push(`${label} in`);
      await setTimeout(ms);
      log.push(`${label} out`);
      if (label === 'b') throw new Error('b failed');
      return label;
    };
    const passing = [
      turnstile.pass(work('a', 15)),
      turnstile.pass(work('b', 1)),
      turnstile.pass(work('c', 5)),
    ];
    const results = await Promise.allSettled(passing);
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('one who leaves the line lets nobody past the one inside', async () => {
    const turnstile = new Turnstile();
    const abortion = new AbortController();
    let isInside = false;
    const first = turnstile.pass(async () => {
      isInside = true;
      await setTimeout(20);
      isInside = false;
    });
    const leaving = turnstile.pass(() => Promise.resolve('worked'), abortion.signal);
    const last = turnstile.pass(() => Promise.resolve(isInside));
    abortion.abort();
    await expect(leaving).rejects.toBeInstanceOf(CancelledError);
    expect(isInside).toBe(true);
    await first;
    expect(await last).toBe(false);
  });

  it('when closed it turns away those who wait, and waits for the one inside', async () => {
    const turnstile = new Turnstile();
    let isDone = false;
    const inside = turnstile.pass(async () => {
      await setTimeout(20);
      isDone = true;
    });
    await setTimeout(0);
    const waiting = turnstile.pass(() => Promise.resolve('worked'));
    const turnedAway = expect(waiting).rejects.toMatchObject({ code: 'engine_closed' });
    await turnstile.close();
    expect(isDone).toBe(true);
    await Promise.all([inside, turnedAway]);
    await expect(turnstile.pass(() => Promise.resolve(''))).rejects.toMatchObject({ code: 'engine_closed' });
  });
});
