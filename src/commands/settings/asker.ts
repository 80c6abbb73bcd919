import type { BaseInteraction } from 'discord.js';

/** Who asks for something and where, as far as rules look at it. */
export interface Asker {
  readonly userId: string;
  /** Null in direct messages. */
  readonly guildId: string | null;
  /** The channel, and the one that it is a thread of. */
  readonly channelIds: readonly string[];
  readonly roleIds: readonly string[];
  readonly isAgeRestricted: boolean;
}

/** An interaction, or as much of a message. */
export type Occasion = Pick<BaseInteraction, 'guildId' | 'channelId' | 'channel' | 'member'> & {
  readonly user: { readonly id: string };
};

export function askerOf({ user, guildId, channelId, channel, member }: Occasion): Asker {
  const parent = channel?.isThread() ? channel.parent : null;
  const place = parent ?? channel;
  return {
    userId: user.id,
    guildId,
    channelIds: [channelId, parent?.id].filter((id) => typeof id === 'string'),
    roleIds: roleIdsOf(member),
    isAgeRestricted: place !== null && 'nsfw' in place && place.nsfw,
  };
}

/** Where the bot is no member, Discord's bare form of a member is all that there is. */
function roleIdsOf(member: Occasion['member']): readonly string[] {
  if (member === null) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}
