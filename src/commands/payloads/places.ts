import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';

/** Every command works in guilds, in direct messages, and where only the person has installed the bot. */
export const everywhere = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
};
