import { channelPayload, guildPayload, memberPayload } from '../../payloads/guild-payloads.js';
import { refusals } from '../../rules/api-error.js';
import type { Guild } from '../../state/guild.js';
import type { Route, RouteAnswer, RouteRequest } from '../router.js';

/** Guilds and who is in them. */
export const guildRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/guilds/:guild', auth: 'bot', handle: get },
  { method: 'GET', pattern: '/guilds/:guild/channels', auth: 'bot', handle: channels },
  { method: 'GET', pattern: '/guilds/:guild/members/:member', auth: 'bot', handle: member },
];

function get(request: RouteRequest): RouteAnswer {
  return { status: 200, body: guildPayload(findGuild(request)) };
}

function channels(request: RouteRequest): RouteAnswer {
  const { id } = findGuild(request);
  const inGuild = [...request.world.channels.values()].filter(
    (channel) => channel.kind === 'guild-text' && channel.guild.id === id,
  );
  return { status: 200, body: inGuild.map(channelPayload) };
}

function member(request: RouteRequest): RouteAnswer {
  const found = findGuild(request).members.get(request.params['member'] ?? '');
  if (found === undefined) throw refusals.unknownMember({ botAtFault: false });
  return { status: 200, body: memberPayload(found) };
}

function findGuild({ world, params }: RouteRequest): Guild {
  const guild = world.guilds.get(params['guild'] ?? '');
  if (guild?.members.has(world.bot.id) !== true) throw refusals.unknownGuild();
  return guild;
}
