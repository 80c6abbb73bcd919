import { Redis } from 'ioredis';

import { redisFailure, withinTime } from './redis-failure.js';

export interface RedisConnectionOptions {
  /** redis:// or rediss:// with host, port, and user, password and number of the database where needed. */
  readonly url: string;
  /** Milliseconds within which the server must answer. */
  readonly timeoutMs: number;
  /** Hears what is wrong with the server without being fatal. */
  readonly onWarning: (message: string, cause?: unknown) => void;
}

const LONGEST_PAUSE_MS = 2000;
const PROBE_KEY = 'riffcord:probe';

/**
 * Looks whether a server can keep a queue: it is there, lets us in, and can be written to.
 * @throws QueueError `storage_failed` with a sentence that says what to do
 */
export async function probeRedis({ url, timeoutMs, onWarning }: RedisConnectionOptions): Promise<void> {
  const probe = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let lastError: unknown;
  probe.on('error', (error) => (lastError = error));
  try {
    await withinTime(probe.connect(), timeoutMs);
    await withinTime(probe.set(PROBE_KEY, '1', 'PX', 1000), timeoutMs);
    warnOfSettings(await withinTime(probe.info(), timeoutMs), onWarning);
  } catch (error) {
    throw redisFailure(`The queue at ${placeOf(url)} cannot be used`, lastError ?? error);
  } finally {
    probe.disconnect();
  }
}

/** Connects for good: a connection that is lost is made again, with commands that were under way. */
export function connectRedis({ url, onWarning }: RedisConnectionOptions): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null, // what BullMQ needs: it waits for the server
    retryStrategy: (times) => Math.min(50 * 2 ** times, LONGEST_PAUSE_MS),
    // After a failover the address leads to another server: look again.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  let isDown = false;
  let lastError: unknown = new Error('Connection is closed.');
  redis.on('error', (error) => (lastError = error));
  redis.on('reconnecting', () => {
    if (!isDown) {
      onWarning(redisFailure(`The queue at ${placeOf(url)} is cut off`, lastError).message, lastError);
    }
    isDown = true;
  });
  redis.on('ready', () => {
    if (isDown) onWarning(`The queue at ${placeOf(url)} can be reached again.`);
    isDown = false;
  });
  return redis;
}

function warnOfSettings(info: string, onWarning: (message: string) => void): void {
  const valueOf = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const policy = valueOf('maxmemory_policy');
  if (policy !== '' && policy !== 'noeviction') {
    onWarning(
      `The queue’s server throws jobs away when its memory is full: set its maxmemory-policy to noeviction.`,
    );
  }
  if (valueOf('aof_enabled') === '0') {
    onWarning(`The queue’s server may forget jobs when it stops: set its appendonly to yes.`);
  }
}

/** Where the server is, without what is secret in the address. */
function placeOf(url: string): string {
  try {
    const { host } = new URL(url);
    return host === '' ? 'an unknown address' : host;
  } catch {
    return 'an unknown address';
  }
}
