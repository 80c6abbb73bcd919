import type { Guild } from './guild.js';
import type { User } from './user.js';

/** Permissions given to or taken from one role or member in one channel. */
export interface Overwrite {
  readonly id: string;
  readonly kind: 'role' | 'member';
  readonly allow: bigint;
  readonly deny: bigint;
}

/** A text channel of a guild. */
export interface GuildTextChannel {
  readonly kind: 'guild-text';
  readonly id: string;
  readonly name: string;
  readonly nsfw: boolean;
  readonly guild: Guild;
  readonly overwrites: readonly Overwrite[];
}

/** A conversation between the bot and one person. */
export interface DirectChannel {
  readonly kind: 'direct';
  readonly id: string;
  readonly recipient: User;
  /** Whether the person takes no messages from the bot. */
  closed: boolean;
}

export type Channel = GuildTextChannel | DirectChannel;

/** The guild of a channel, if it has one. */
export function guildOf(channel: Channel): Guild | undefined {
  return channel.kind === 'guild-text' ? channel.guild : undefined;
}
