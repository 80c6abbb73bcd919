import { describe, expect, it } from 'vitest';

import type { JobRecord } from '../../src/queue/job-record.js';
import { JobTable } from '../../src/queue/job-table.js';

describe('JobTable', () => {
  it('orders by priority, then by arrival', () => {
    const table = tableOf(['a', 0], ['b', 1], ['c', 0], ['d', 1], ['e', -1]);
    expect(runningOrder(table)).toEqual(['b', 'd', 'a', 'c', 'e']);
    expect(table.next()?.id).toBe('b');
    expect(table.waitingCount).toBe(5);
  });

  it('gives a job that waits again its old place', () => {
    const table = tableOf(['a', 0], ['b', 0], ['c', 0]);
    table.change('b', { state: 'active' });
    expect(runningOrder(table)).toEqual(['b', 'a', 'c']);
    expect(table.waitingCount).toBe(2);
    table.change('b', { state: 'waiting' });
    expect(runningOrder(table)).toEqual(['a', 'b', 'c']);
  });

  it('counts positions among waiting jobs only', () => {
    const table = tableOf(['a', 0], ['b', 0], ['c', 0]);
    table.change('a', { state: 'active' });
    expect(['a', 'b', 'c', 'd'].map((id) => table.position(id))).toEqual([0, 0, 1, undefined]);
  });

  it('remembers the order of arrival whatever has happened since', () => {
    const table = tableOf(['a', 0], ['b', 9], ['c', 0]);
    table.change('c', { state: 'active' });
    table.change('a', { attempts: 7 });
    expect(table.inOrderOfArrival().map((record) => record.id)).toEqual(['a', 'b', 'c']);
    expect(table.get('a')?.attempts).toBe(7);
  });

  it('forgets removed jobs, and says what they were', () => {
    const table = tableOf(['a', 0], ['b', 0]);
    expect(table.remove('a')?.id).toBe('a');
    expect(table.remove('a')).toBeUndefined();
    expect(table.change('a', { attempts: 1 })).toBeUndefined();
    expect(table.get('a')).toBeUndefined();
    expect(runningOrder(table)).toEqual(['b']);
  });

  it('refuses the same id twice', () => {
    expect(() => tableOf(['a', 0], ['a', 1])).toThrow('Expected a new job id, got a a second time.');
  });
});

function tableOf(...jobs: readonly (readonly [id: string, priority: number])[]): JobTable<null> {
  const table = new JobTable<null>();
  for (const [id, priority] of jobs) table.add(recordOf(id, priority));
  return table;
}

function recordOf(id: string, priority: number): JobRecord<null> {
  const progress = { state: 'waiting', attempts: 0, failedAttempts: 0, isCancelling: false } as const;
  return { id, data: null, priority, addedAt: 0, ...progress };
}

function runningOrder(table: JobTable<null>): string[] {
  return table.inRunningOrder().map((record) => record.id);
}
