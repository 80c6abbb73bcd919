import { PermissionFlagsBits } from 'discord.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { User } from '../state/user.js';

export type PermissionName = keyof typeof PermissionFlagsBits;

const ALL = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);
/** What both sides may do in a conversation. */
const IN_DIRECT_MESSAGES = bitsOf([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
  'SendVoiceMessages',
]);

const ANSWERING = bitsOf(['AttachFiles', 'EmbedLinks', 'MentionEveryone', 'UseExternalEmojis']);

/** The bits of some permissions together. */
export function bitsOf(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** What a member may do in a guild as a whole: the union of the roles. */
export function guildPermissions(guild: Guild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (member === undefined) return 0n;
  if (guild.ownerId === userId) return ALL;
  const roles = [guild.id, ...member.roleIds].map((id) => guild.roles.get(id)?.permissions ?? 0n);
  const bits = roles.reduce((all, permissions) => all | permissions, 0n);
  return (bits & PermissionFlagsBits.Administrator) === 0n ? bits : ALL;
}

/** What a user may do in a channel, by Discord's order of overwrites: everyone, roles, member. */
export function channelPermissions(channel: Channel, user: User): bigint {
  if (channel.kind === 'direct') return IN_DIRECT_MESSAGES;
  if (channel.kind === 'private') {
    return channel.members.some(({ id }) => id === user.id) ? IN_DIRECT_MESSAGES : 0n;
  }
  if (channel.kind === 'thread') return threadPermissions(channelPermissions(channel.parent, user));
  const { guild } = channel;
  const base = guildPermissions(guild, user.id);
  if (base === ALL || base === 0n) return base;
  const roleIds = guild.members.get(user.id)?.roleIds ?? [];
  const steps = [
    channel.overwrites.filter(({ id }) => id === guild.id),
    channel.overwrites.filter(({ id, kind }) => kind === 'role' && id !== guild.id && roleIds.includes(id)),
    channel.overwrites.filter(({ id, kind }) => kind === 'member' && id === user.id),
  ];
  return steps.reduce((bits, overwrites) => {
    const deny = overwrites.reduce((all, overwrite) => all | overwrite.deny, 0n);
    const allow = overwrites.reduce((all, overwrite) => all | overwrite.allow, 0n);
    return (bits & ~deny) | allow;
  }, base);
}

/** Whether a user has every one of some permissions in a channel. */
export function may(channel: Channel, user: User, ...names: PermissionName[]): boolean {
  const bits = bitsOf(names);
  return (channelPermissions(channel, user) & bits) === bits;
}

/** What the bot may do with the answer to somebody who has brought it along: what they may, and no more than this. */
export function broughtPermissions(channel: Channel, user: User): bigint {
  return channelPermissions(channel, user) & ANSWERING;
}

/** Writing in a thread has a permission of its own. */
function threadPermissions(inParent: bigint): bigint {
  const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  const mayWrite = (inParent & SendMessagesInThreads) !== 0n;
  return mayWrite ? inParent | SendMessages : inParent & ~SendMessages;
}
