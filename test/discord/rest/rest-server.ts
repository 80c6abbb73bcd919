import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, refusals } from '../rules/api-error.js';
import type { World } from '../state/world.js';
import type { FaultEffect, FaultPlan } from './faults.js';
import { RateLimiter } from './rate-limiter.js';
import { readRequestBody } from './request-body.js';
import type { RequestBody } from './request-body.js';
import { findRoute } from './router.js';
import type { Route, RouteAnswer, RouteMatch } from './router.js';

const API_PATH = /^\/api(?:\/v(\d+))?(\/.*)$/;
const API_VERSION = '10';

/** One request that has been answered. */
export interface LoggedRequest {
  /** Milliseconds since the epoch, by the local Discord's clock. */
  readonly at: number;
  readonly method: string;
  /** Without `/api/v10` and the query. */
  readonly path: string;
  readonly json: unknown;
  readonly files: readonly { readonly filename: string; readonly size: number }[];
  /** 0 when the connection was broken on purpose. */
  readonly status: number;
}

/** What the server works with. */
export interface RestServerOptions {
  readonly world: World;
  readonly token: string;
  readonly routes: readonly Route[];
  readonly faults: FaultPlan;
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

interface Answer extends RouteAnswer {
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers requests to `/api/v10` by Discord's rules. */
export class RestServer {
  readonly requests: LoggedRequest[] = [];
  readonly #options: RestServerOptions;
  readonly #limiter: RateLimiter;

  constructor(options: RestServerOptions) {
    this.#options = options;
    this.#limiter = new RateLimiter(options.world.clock);
  }

  /** Answers one request, whatever becomes of it. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = parseExchange(request);
    const at = this.#options.world.clock.now();
    let body: RequestBody = { json: undefined, files: [] };
    let answer: Answer | undefined;
    try {
      body = await readRequestBody(request);
      answer = await this.#answerWithFaults(exchange, body);
    } catch (error) {
      answer = this.#refuse(exchange, error);
    }
    const files = body.files.map(({ filename, bytes }) => ({ filename, size: bytes.length }));
    const { method, path } = exchange;
    this.requests.push({ at, method, path, json: body.json, files, status: answer?.status ?? 0 });
    if (answer === undefined) response.destroy();
    else send(response, answer);
    this.#options.world.changes.notify();
  }

  async #answerWithFaults(exchange: Exchange, body: RequestBody): Promise<Answer | undefined> {
    const fault = this.#options.faults.take(exchange.method, exchange.path);
    if (fault?.kind === 'delay') await sleep(fault.ms);
    const planned = plannedAnswer(fault);
    if (planned !== undefined) return planned;
    if (fault?.kind !== 'disconnect') return this.#answer(exchange, body);
    if (fault.when === 'after') this.#answer(exchange, body);
    return undefined;
  }

  #answer(exchange: Exchange, body: RequestBody): Answer {
    const match = this.#match(exchange);
    if (match.route.auth === 'bot' && exchange.authorization !== `Bot ${this.#options.token}`) {
      throw refusals.unauthorized();
    }
    const verdict = this.#limiter.take(match);
    if (verdict.retryAfterMs > 0) {
      if (verdict.ignoredWait) this.#violation(exchange, 429, 'The bot did not wait for retry_after.');
      return rateLimited(verdict.retryAfterMs, verdict.headers);
    }
    try {
      const { world } = this.#options;
      const answer = match.route.handle({ world, params: match.params, query: exchange.query, body });
      return { ...answer, headers: verdict.headers };
    } catch (error) {
      return { ...this.#refuse(exchange, error), headers: verdict.headers };
    }
  }

  #match({ method, path }: Exchange): RouteMatch {
    const lookup = findRoute(this.#options.routes, method, path);
    if (lookup.kind === 'found') return lookup.match;
    throw lookup.kind === 'unknown' ? refusals.unknownRoute() : refusals.methodNotAllowed();
  }

  #refuse(exchange: Exchange, error: unknown): Answer {
    if (error instanceof ApiError) {
      if (error.botAtFault) {
        this.#violation(exchange, error.code === 0 ? error.status : error.code, error.message);
      }
      return { status: error.status, body: error.toBody(), headers: {} };
    }
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#violation(exchange, 'local-discord-failed', reason);
    return { status: 500, body: { message: '500: Internal Server Error', code: 0 }, headers: {} };
  }

  #violation({ method, path }: Exchange, code: number | string, message: string): void {
    this.#options.world.recordViolation({ code, message, request: `${method} ${path}` });
  }
}

function parseExchange(request: IncomingMessage): Exchange {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, version, path] = API_PATH.exec(url.pathname) ?? [];
  const isCurrent = version === undefined || version === API_VERSION;
  return {
    method: request.method ?? 'GET',
    path: isCurrent && path !== undefined ? path : url.pathname,
    query: url.searchParams,
    authorization: request.headers.authorization,
  };
}

function plannedAnswer(fault: FaultEffect | undefined): Answer | undefined {
  if (fault?.kind === 'rate-limit') {
    return rateLimited(fault.retryAfterMs, exhaustedHeaders(fault.retryAfterMs));
  }
  if (fault?.kind !== 'fail') return undefined;
  return { status: fault.status, body: { code: fault.code, message: fault.message }, headers: {} };
}

function rateLimited(retryAfterMs: number, headers: Readonly<Record<string, string>>): Answer {
  const retryAfter = retryAfterMs / 1000;
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfter, global: false },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': 'user',
      via: '1.1 google',
    },
  };
}

function exhaustedHeaders(retryAfterMs: number): Record<string, string> {
  return {
    'x-ratelimit-bucket': 'exhausted',
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': ((Date.now() + retryAfterMs) / 1000).toFixed(3),
    'x-ratelimit-reset-after': (retryAfterMs / 1000).toFixed(3),
  };
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const isEmpty = body === undefined;
  response.writeHead(status, isEmpty ? headers : { ...headers, 'content-type': 'application/json' });
  response.end(isEmpty ? undefined : JSON.stringify(body));
}
