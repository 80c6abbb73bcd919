import { guildOf } from '../state/channel.js';
import type { Channel } from '../state/channel.js';
import type { CommandForm } from './command-form.js';
import type { Message } from '../state/message.js';
import type { User } from '../state/user.js';
import type { World } from '../state/world.js';

const GUILD_INSTALL = 0;
const USER_INSTALL = 1;

/** Who has brought the bot to where an interaction is: by installation type, a guild's or a person's id. */
export type IntegrationOwners = Readonly<Record<string, string>>;

/** For a command: the installations that it is offered by. Empty where it is not offered. */
export function ownersOfCommand(
  world: World,
  { integration_types }: CommandForm,
  channel: Channel,
  user: User,
): IntegrationOwners {
  const types = integration_types ?? [GUILD_INSTALL];
  return {
    ...(types.includes(GUILD_INSTALL) ? ownersByGuild(world, channel) : {}),
    ...(types.includes(USER_INSTALL) && world.userInstalls.has(user.id) ? { [USER_INSTALL]: user.id } : {}),
  };
}

/** For a component, whoever uses it: of the guild, and of the person who has brought the message about. */
export function ownersOfComponent(world: World, { channel, origin }: Message): IntegrationOwners {
  return { ...ownersByGuild(world, channel), ...origin?.owners };
}

/** Whether the bot is there for one person's sake alone, and may say but little. */
export function isBroughtByUser(owners: IntegrationOwners): boolean {
  return owners[GUILD_INSTALL] === undefined;
}

function ownersByGuild(world: World, channel: Channel): IntegrationOwners {
  if (channel.kind === 'direct') return { [GUILD_INSTALL]: '0' };
  const guild = guildOf(channel);
  return guild?.members.has(world.bot.id) === true ? { [GUILD_INSTALL]: guild.id } : {};
}
