import { ChannelType, DiscordAPIError, DiscordjsError, PermissionFlagsBits } from 'discord.js';
import type { Client, Guild, GuildBasedChannel, GuildMember } from 'discord.js';

const READING = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];

/**
 * Whether a person may read the messages of a channel, by what Discord says now. False as well when it cannot be told:
 * the bot is not there, or the thread is a private one.
 * @throws what the network throws
 */
export async function mayRead(
  client: Client,
  userId: string,
  guildId: string,
  channelId: string,
): Promise<boolean> {
  const guild = client.guilds.cache.get(guildId);
  if (guild === undefined) return false;
  try {
    const channel = await channelOf(guild, channelId);
    if (channel === null || channel.type === ChannelType.PrivateThread) return false;
    const member = await guild.members.fetch({ user: userId, force: true });
    return permits(channel, member);
  } catch (error) {
    // The first when the channel is another guild's.
    if (error instanceof DiscordjsError) return false;
    if (error instanceof DiscordAPIError && error.status < 500) return false;
    throw error;
  }
}

async function channelOf(guild: Guild, channelId: string): Promise<GuildBasedChannel | null> {
  return guild.channels.cache.get(channelId) ?? guild.channels.fetch(channelId);
}

function permits(channel: GuildBasedChannel, member: GuildMember): boolean {
  return channel.permissionsFor(member).has(READING);
}
