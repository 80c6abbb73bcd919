import type { Route } from '../router.js';

/** How many sessions the bot may still start today. */
export interface SessionStartLimit {
  readonly total: number;
  readonly remaining: number;
  readonly reset_after: number;
  readonly max_concurrency: number;
}

/** Where the gateway is. */
export function gatewayRoutes(gatewayUrl: string, sessionStartLimit: () => SessionStartLimit): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/gateway',
      auth: 'none',
      handle: () => ({ status: 200, body: { url: gatewayUrl } }),
    },
    {
      method: 'GET',
      pattern: '/gateway/bot',
      auth: 'bot',
      handle: () => ({
        status: 200,
        body: { url: gatewayUrl, shards: 1, session_start_limit: sessionStartLimit() },
      }),
    },
  ];
}
