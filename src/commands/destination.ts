import { ApplicationIntegrationType, InteractionContextType, PermissionFlagsBits } from 'discord.js';
import type { RepliableInteraction } from 'discord.js';

import type { ClipDestination } from './clip-job.js';

/** What a clip's message needs, by the name that Discord's settings show. */
const POSTING_PERMISSIONS: Readonly<Record<string, bigint>> = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Attach Files': PermissionFlagsBits.AttachFiles,
};

/** Where the bot may post what it makes. */
export function chooseDestination(interaction: RepliableInteraction): ClipDestination {
  const { authorizingIntegrationOwners: owners, context } = interaction;
  if (context === InteractionContextType.BotDM) return { type: 'channel' };
  if (owners[ApplicationIntegrationType.GuildInstall] === undefined) {
    return { type: 'reply', missingPermissions: [] };
  }
  const missingPermissions = missingPostingPermissions(interaction);
  return missingPermissions.length === 0 ? { type: 'channel' } : { type: 'reply', missingPermissions };
}

/** By the names that Discord's settings show. */
export function missingPostingPermissions({
  appPermissions,
  channel,
}: Pick<RepliableInteraction, 'appPermissions' | 'channel'>): string[] {
  const sending = channel?.isThread()
    ? { 'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads }
    : { 'Send Messages': PermissionFlagsBits.SendMessages };
  return Object.entries({ ...POSTING_PERMISSIONS, ...sending })
    .filter(([, permission]) => !appPermissions.has(permission))
    .map(([name]) => name);
}
