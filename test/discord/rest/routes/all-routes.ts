import type { Route } from '../router.js';
import { applicationRoutes } from './application-routes.js';
import { channelRoutes } from './channel-routes.js';
import { commandRoutes } from './command-routes.js';
import { gatewayRoutes } from './gateway-routes.js';
import type { SessionStartLimit } from './gateway-routes.js';
import { guildRoutes } from './guild-routes.js';
import { interactionRoutes } from './interaction-routes.js';
import { messageRoutes } from './message-routes.js';
import { webhookRoutes } from './webhook-routes.js';

/** Every route that the local Discord knows; any other is a violation. */
export function allRoutes(gatewayUrl: string, sessionStartLimit: () => SessionStartLimit): Route[] {
  return [
    ...gatewayRoutes(gatewayUrl, sessionStartLimit),
    ...applicationRoutes,
    ...commandRoutes,
    ...interactionRoutes,
    ...webhookRoutes,
    ...messageRoutes,
    ...channelRoutes,
    ...guildRoutes,
  ];
}
