import type { World } from '../state/world.js';
import type { RequestBody } from './request-body.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route's handler is given. */
export interface RouteRequest {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: RequestBody;
}

/** What it answers; without a body the answer is empty. */
export interface RouteAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** How many requests a bucket takes in a window. */
export interface RateLimit {
  readonly requests: number;
  readonly perMs: number;
}

/** One method of one path. */
export interface Route {
  readonly method: Method;
  /** Such as `/channels/:channel/messages`. */
  readonly pattern: string;
  /** `bot`: the header `Authorization: Bot <token>` is needed. `none`: the path carries a token of its own. */
  readonly auth: 'bot' | 'none';
  /** @defaultValue 50 requests in a second */
  readonly limit?: RateLimit;
  /** Routes with the same name here share their limit. @defaultValue method and pattern */
  readonly bucket?: string;
  handle(request: RouteRequest): RouteAnswer;
}

/** A route with what its pattern has read from a path. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type RouteLookup =
  | { readonly kind: 'found'; readonly match: RouteMatch }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'unknown' };

/** Finds the route of a path; paths are decoded, so `%40original` is `@original`. */
export function findRoute(routes: readonly Route[], method: string, path: string): RouteLookup {
  const matches = routes.flatMap((route) => {
    const params = matchPattern(route.pattern, path);
    return params === undefined ? [] : [{ route, params }];
  });
  const match = matches.find(({ route }) => route.method === method);
  if (match !== undefined) return { kind: 'found', match };
  return { kind: matches.length > 0 ? 'wrong-method' : 'unknown' };
}

/** The parameters of a path, or undefined when it does not fit the pattern. */
export function matchPattern(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/').map(decodeURIComponent);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}
