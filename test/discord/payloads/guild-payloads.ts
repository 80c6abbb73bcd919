import { ChannelType } from 'discord.js';
import { guildOf } from '../state/channel.js';
import type { Channel, GuildTextChannel, ThreadChannel } from '../state/channel.js';
import type { Guild, Member, Role } from '../state/guild.js';
import { userPayload } from '../state/user.js';
import type { World } from '../state/world.js';

/** A channel as the API shows it. */
export function channelPayload(channel: Channel): Record<string, unknown> {
  if (channel.kind === 'direct') {
    return {
      id: channel.id,
      type: ChannelType.DM,
      recipients: [userPayload(channel.recipient)],
      last_message_id: null,
      flags: 0,
    };
  }
  if (channel.kind === 'private') {
    return {
      id: channel.id,
      type: ChannelType.GroupDM,
      recipients: channel.members.map(userPayload),
      flags: 0,
    };
  }
  return channel.kind === 'thread' ? threadPayload(channel) : textChannelPayload(channel);
}

/** `ChannelType` of a channel. */
export function channelType(channel: Channel): ChannelType {
  return TYPE_OF_KIND[channel.kind];
}

const TYPE_OF_KIND: Readonly<Record<Channel['kind'], ChannelType>> = {
  'guild-text': ChannelType.GuildText,
  thread: ChannelType.PublicThread,
  direct: ChannelType.DM,
  private: ChannelType.GroupDM,
};

function threadPayload(thread: ThreadChannel): Record<string, unknown> {
  return {
    id: thread.id,
    type: ChannelType.PublicThread,
    guild_id: thread.guild.id,
    name: thread.name,
    parent_id: thread.parent.id,
    owner_id: thread.ownerId,
    last_message_id: null,
    message_count: 0,
    total_message_sent: 0,
    member_count: 1,
    rate_limit_per_user: 0,
    flags: 0,
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      auto_archive_duration: 1440,
      archive_timestamp: new Date(thread.createdAt).toISOString(),
      create_timestamp: new Date(thread.createdAt).toISOString(),
    },
  };
}

function textChannelPayload(channel: GuildTextChannel): Record<string, unknown> {
  return {
    id: channel.id,
    type: ChannelType.GuildText,
    guild_id: channel.guild.id,
    name: channel.name,
    nsfw: channel.nsfw,
    position: 0,
    parent_id: null,
    topic: null,
    rate_limit_per_user: 0,
    last_message_id: null,
    flags: 0,
    permission_overwrites: channel.overwrites.map(({ id, kind, allow, deny }) => ({
      id,
      type: kind === 'role' ? 0 : 1,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
  };
}

/** A member as the API shows it, with the user. */
export function memberPayload(member: Member): Record<string, unknown> {
  return {
    user: userPayload(member.user),
    nick: null,
    avatar: null,
    banner: null,
    roles: member.roleIds,
    joined_at: new Date(member.joinedAt).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  };
}

/** Only a community chooses a language; Discord calls any other guild American. */
export function guildFeatures({ locale }: Guild): string[] {
  return locale === 'en-US' ? [] : ['COMMUNITY'];
}

/** A guild as `GET /guilds/{id}` shows it. */
export function guildPayload(guild: Guild): Record<string, unknown> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()].map((role, position) => rolePayload(role, position)),
    emojis: [],
    stickers: [],
    features: guildFeatures(guild),
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
  };
}

/** A guild as GUILD_CREATE shows it; members other than the bot need the privileged intent or a voice state. */
export function guildCreatePayload(world: World, guild: Guild): Record<string, unknown> {
  const inGuild = [...world.channels.values()].filter((channel) => guildOf(channel)?.id === guild.id);
  const bot = guild.members.get(world.bot.id);
  return {
    ...guildPayload(guild),
    joined_at: new Date(bot?.joinedAt ?? world.clock.now()).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: bot === undefined ? [] : [memberPayload(bot)],
    channels: inGuild.filter(({ kind }) => kind === 'guild-text').map(channelPayload),
    threads: inGuild.filter(({ kind }) => kind === 'thread').map(channelPayload),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A role as the API shows it. */
export function rolePayload(role: Role, position: number): Record<string, unknown> {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: role.mentionable,
    flags: 0,
  };
}
