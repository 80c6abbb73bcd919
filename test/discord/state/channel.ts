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

/** A thread of a text channel; who may do what in it is decided there. */
export interface ThreadChannel {
  readonly kind: 'thread';
  readonly id: string;
  readonly name: string;
  readonly nsfw: boolean;
  readonly guild: Guild;
  readonly parent: GuildTextChannel;
  readonly ownerId: string;
  readonly createdAt: number;
  /** Writing opens it again, unless it is locked. */
  archived: boolean;
  locked: boolean;
}

export type GuildChannel = GuildTextChannel | ThreadChannel;

/** A conversation between the bot and one person. */
export interface DirectChannel {
  readonly kind: 'direct';
  readonly id: string;
  readonly recipient: User;
  /** Whether the person takes no messages from the bot. */
  closed: boolean;
}

/** A conversation of people, of which the bot is no part. */
export interface PrivateChannel {
  readonly kind: 'private';
  readonly id: string;
  readonly members: readonly User[];
}

export type Channel = GuildChannel | DirectChannel | PrivateChannel;

/** The guild of a channel, if it has one. */
export function guildOf(channel: Channel): Guild | undefined {
  return 'guild' in channel ? channel.guild : undefined;
}
