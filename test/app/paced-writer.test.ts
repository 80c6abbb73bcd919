import { describe, expect, it } from 'vitest';

import { PacedWriter } from '../../src/app/paced-writer.js';
import { ManualClock } from './manual-clock.js';

const INTERVAL_MS = 3000;

describe('PacedWriter', () => {
  it('writes the first value at once', async () => {
    const { writer, written } = setUp();
    writer.show('a');
    await settle();
    expect(written).toEqual(['a']);
  });

  it('writes once what is shown in one turn', async () => {
    const { writer, written } = setUp();
    for (const value of ['a', 'b']) writer.show(value);
    await settle();
    expect(written).toEqual(['b']);
  });

  it('writes only the newest of many values, once the interval is over', async () => {
    const { writer, written, clock } = setUp();
    writer.show('a');
    await settle();
    for (const value of ['b', 'c', 'd']) writer.show(value);
    await clock.advance(INTERVAL_MS - 1);
    expect(written).toEqual(['a']);
    await clock.advance(1);
    expect(written).toEqual(['a', 'd']);
    await clock.advance(10 * INTERVAL_MS);
    expect(written).toEqual(['a', 'd']);
  });

  it('joins what it skips with what comes after', async () => {
    const { writer, written, clock } = setUp({ merge: (older, newer) => older + newer });
    writer.show('a');
    await settle();
    for (const value of ['b', 'c']) writer.show(value);
    await clock.advance(INTERVAL_MS);
    expect(written).toEqual(['a', 'bc']);
  });

  it('never writes two at a time, however long one takes, and rests after it', async () => {
    const first = deferred();
    const { writer, written, clock } = setUp({ before: () => first.promise });
    writer.show('a');
    await settle();
    writer.show('b');
    await clock.advance(10 * INTERVAL_MS);
    expect(written).toEqual([]);
    first.resolve();
    await settle();
    expect(written).toEqual(['a']);
    await clock.advance(INTERVAL_MS);
    expect(written).toEqual(['a', 'b']);
  });

  it('goes on after a write that failed, and tells of it', async () => {
    const { writer, written, clock, errors } = setUp({ before: (value) => refuse(value, 'a') });
    writer.show('a');
    await settle();
    writer.show('b');
    await clock.advance(INTERVAL_MS);
    expect(written).toEqual(['b']);
    expect(errors).toEqual([new Error('a')]);
  });

  it('writes the last value without waiting for the interval, and nothing after it', async () => {
    const { writer, written, clock } = setUp();
    writer.show('a');
    await settle();
    writer.show('stale');
    await writer.finish('last');
    writer.show('too late');
    await clock.advance(10 * INTERVAL_MS);
    expect(written).toEqual(['a', 'last']);
  });

  it('rejects when the last value cannot be written', async () => {
    const { writer, errors } = setUp({ before: (value) => refuse(value, 'last') });
    await expect(writer.finish('last')).rejects.toThrow('last');
    expect(errors).toEqual([]);
  });
});

interface SetUpOptions {
  readonly before?: (value: string) => Promise<void>;
  readonly merge?: (older: string, newer: string) => string;
}

function setUp({ before, merge = (_older, newer) => newer }: SetUpOptions = {}) {
  const clock = new ManualClock();
  const written: string[] = [];
  const errors: unknown[] = [];
  const write = async (value: string) => {
    await before?.(value);
    written.push(value);
  };
  const onError = (error: unknown) => errors.push(error);
  const writer = new PacedWriter<string>({ write, merge, onError, intervalMs: INTERVAL_MS, clock });
  return { writer, written, errors, clock };
}

function refuse(value: string, refused: string): Promise<void> {
  return value === refused ? Promise.reject(new Error(value)) : Promise.resolve();
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
