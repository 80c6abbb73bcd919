import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { BaseInteraction } from 'discord.js';

import type { ClipJob } from '../clip-job.js';

/** Whoever looks at the queue, and what of it is their business. */
export interface Viewer {
  readonly userId: string;
  readonly guildId: string | null;
  /** Whether words that were said in a channel of the guild may be shown. */
  canSee(channelId: string): boolean;
  /** Of messages in the channel: such people may end other people's jobs in the guild. */
  readonly mayManage: boolean;
}

export function viewerOf(interaction: BaseInteraction): Viewer {
  return {
    userId: interaction.user.id,
    guildId: interaction.guildId,
    canSee: (channelId) => channelId === interaction.channelId || isOpenTo(interaction, channelId),
    mayManage: interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false,
  };
}

export function isOwn({ userId }: Viewer, job: Pick<ClipJob, 'userId'>): boolean {
  return job.userId === userId;
}

export function mayCancel(viewer: Viewer, job: Pick<ClipJob, 'userId' | 'guildId'>): boolean {
  const isOfGuild = viewer.guildId !== null && job.guildId === viewer.guildId;
  return isOwn(viewer, job) || (viewer.mayManage && isOfGuild);
}

/** What nothing is known of is closed, and so are private threads: who is in one, the bot is not told. */
function isOpenTo(interaction: BaseInteraction, channelId: string): boolean {
  if (!interaction.inCachedGuild()) return false;
  const channel = interaction.guild.channels.cache.get(channelId);
  if (channel === undefined || channel.type === ChannelType.PrivateThread) return false;
  return channel.permissionsFor(interaction.member).has(PermissionFlagsBits.ViewChannel);
}
