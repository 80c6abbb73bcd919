import { may } from '../rules/permissions.js';
import type { GatewayEvent } from '../state/gateway-event.js';
import type { Message } from '../state/message.js';
import type { World } from '../state/world.js';

/** Tells the gateway about a message, unless only one person sees it or the bot cannot look into its channel. */
export function announce(world: World, message: Message, event: GatewayEvent): void {
  if (message.ephemeral || !may(message.channel, world.bot, 'ViewChannel')) world.changes.notify();
  else world.publish(event);
}
