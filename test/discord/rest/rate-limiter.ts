import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { RateLimit, RouteMatch } from './router.js';

const DEFAULT_LIMIT: RateLimit = { requests: 50, perMs: 1000 };
/** Parameters that have a limit of their own for each value. */
const MAJOR_PARAMETERS = ['channel', 'guild', 'token'];

/** What the rate limit says about one request. */
export interface RateLimitVerdict {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds to wait; 0 when the request may go on. */
  readonly retryAfterMs: number;
  /** Whether this bucket has already been told to wait and has not done so. */
  readonly ignoredWait: boolean;
}

interface Bucket {
  used: number;
  resetAt: number;
  refused: boolean;
}

/** Counts requests in windows, one bucket for each route and major parameter. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a request, and says in the headers what is left. */
  take({ route, params }: RouteMatch): RateLimitVerdict {
    const limit = route.limit ?? DEFAULT_LIMIT;
    const name = route.bucket ?? `${route.method} ${route.pattern}`;
    const major = MAJOR_PARAMETERS.map((parameter) => params[parameter] ?? '').join(':');
    const bucket = this.#current(`${name}|${major}`, limit);
    const refused = bucket.used >= limit.requests;
    const ignoredWait = refused && bucket.refused;
    if (refused) bucket.refused = true;
    else bucket.used += 1;
    return {
      headers: this.#headers(name, limit, bucket),
      retryAfterMs: refused ? bucket.resetAt - this.#clock.now() : 0,
      ignoredWait,
    };
  }

  #current(key: string, limit: RateLimit): Bucket {
    const now = this.#clock.now();
    const existing = this.#buckets.get(key);
    if (existing !== undefined && existing.resetAt > now) return existing;
    const created = { used: 0, resetAt: now + limit.perMs, refused: false };
    this.#buckets.set(key, created);
    return created;
  }

  #headers(name: string, limit: RateLimit, bucket: Bucket): Record<string, string> {
    const resetAfterMs = bucket.resetAt - this.#clock.now();
    return {
      'x-ratelimit-bucket': createHash('md5').update(name).digest('hex'),
      'x-ratelimit-limit': String(limit.requests),
      'x-ratelimit-remaining': String(limit.requests - bucket.used),
      'x-ratelimit-reset': (bucket.resetAt / 1000).toFixed(3),
      'x-ratelimit-reset-after': (resetAfterMs / 1000).toFixed(3),
    };
  }
}
