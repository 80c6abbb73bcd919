import { isBroughtByUser } from '../rules/installations.js';
import { broughtPermissions, channelPermissions } from '../rules/permissions.js';
import { ATTACHMENT_SIZE_LIMIT } from '../rules/file-rules.js';
import { guildOf } from '../state/channel.js';
import type { Channel } from '../state/channel.js';
import type { GatewayEvent } from '../state/gateway-event.js';
import type { Interaction, InteractionKind } from '../state/interaction.js';
import { userPayload } from '../state/user.js';
import type { World } from '../state/world.js';
import { channelPayload, guildFeatures, memberPayload } from './guild-payloads.js';
import { messagePayload } from './message-payload.js';

const TYPE_OF_KIND: Readonly<Record<InteractionKind, number>> = {
  command: 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
};

/** `InteractionType` of a kind of interaction. */
export function interactionType(kind: InteractionKind): number {
  return TYPE_OF_KIND[kind];
}

/** INTERACTION_CREATE, which needs no intent. */
export function interactionEvent(world: World, interaction: Interaction): GatewayEvent {
  const payload = interactionPayload(world, interaction);
  return { name: 'INTERACTION_CREATE', intents: 0, payload: () => payload };
}

function interactionPayload(world: World, interaction: Interaction): Record<string, unknown> {
  const { channel, user, source } = interaction;
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: interactionType(interaction.kind),
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...channelPayload(channel), permissions: channelPermissions(channel, user).toString() },
    ...placePayload(interaction),
    locale: user.locale ?? 'en-US',
    app_permissions: appPermissions(world, interaction).toString(),
    authorizing_integration_owners: interaction.owners,
    entitlements: [],
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
    data: interaction.data,
    ...(source === undefined ? {} : { message: messagePayload(world, source) }),
  };
}

function placePayload({ channel, user }: Interaction): Record<string, unknown> {
  const guild = guildOf(channel);
  if (guild === undefined) {
    return { user: userPayload(user), context: contextOf(channel) };
  }
  const member = guild.members.get(user.id);
  const permissions = channelPermissions(channel, user).toString();
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: guildFeatures(guild) },
    guild_locale: guild.locale,
    context: 0,
    ...(member === undefined ? {} : { member: { ...memberPayload(member), permissions } }),
  };
}

function appPermissions(world: World, { channel, user, owners }: Interaction): bigint {
  return isBroughtByUser(owners) ? broughtPermissions(channel, user) : channelPermissions(channel, world.bot);
}

/** `InteractionContextType` of a channel. */
export function contextOf({ kind }: Channel): number {
  return kind === 'direct' ? 1 : kind === 'private' ? 2 : 0;
}
