import { z } from 'zod';
import { channelPayload } from '../../payloads/guild-payloads.js';
import { refusals } from '../../rules/api-error.js';
import { snowflake } from '../../rules/fields.js';
import { parseForm } from '../../rules/form.js';
import { may } from '../../rules/permissions.js';
import type { Channel } from '../../state/channel.js';
import { openDirectChannel } from '../../state/direct-channels.js';
import type { Route, RouteAnswer, RouteRequest } from '../router.js';

/** Channels, conversations and the sign that somebody is typing. */
export const channelRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/channels/:channel', auth: 'bot', handle: get },
  { method: 'POST', pattern: '/channels/:channel/typing', auth: 'bot', handle: typing },
  { method: 'POST', pattern: '/users/@me/channels', auth: 'bot', handle: openDirect },
];

/**
 * The channel of a request.
 *
 * @throws ApiError 10003, 50001
 */
export function findChannel({ world, params }: RouteRequest): Channel {
  const channel = world.channels.get(params['channel'] ?? '');
  if (channel === undefined) throw refusals.unknownChannel();
  if (!may(channel, world.bot, 'ViewChannel')) throw refusals.missingAccess();
  return channel;
}

function get(request: RouteRequest): RouteAnswer {
  return { status: 200, body: channelPayload(findChannel(request)) };
}

function typing(request: RouteRequest): RouteAnswer {
  if (!may(findChannel(request), request.world.bot, 'SendMessages')) throw refusals.missingPermissions();
  return { status: 204 };
}

function openDirect({ world, body }: RouteRequest): RouteAnswer {
  const { recipient_id: recipientId } = parseForm(z.object({ recipient_id: snowflake }), body.json);
  const recipient = world.users.get(recipientId);
  if (recipient === undefined) throw refusals.unknownUser();
  return { status: 200, body: channelPayload(openDirectChannel(world, recipient)) };
}
