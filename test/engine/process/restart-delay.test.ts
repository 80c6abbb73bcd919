import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { RestartDelay } from '../../../src/engine/process/restart-delay.js';

describe('RestartDelay', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  it('doubles with each failure in a row, up to half a minute', () => {
    const delay = new RestartDelay(250);
    const delays = Array.from({ length: 10 }, () => {
      delay.failed();
      return delay.remainingMs;
    });
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  });

  it('passes', () => {
    const delay = new RestartDelay(250);
    delay.failed();
    vi.advanceTimersByTime(200);
    expect(delay.remainingMs).toBe(50);
    vi.advanceTimersByTime(100);
    expect(delay.remainingMs).toBe(0);
  });

  it('is forgotten after a success', () => {
    const delay = new RestartDelay(250);
    delay.failed();
    delay.failed();
    delay.succeeded();
    expect(delay.remainingMs).toBe(0);
    delay.failed();
    expect(delay.remainingMs).toBe(250);
  });
});
