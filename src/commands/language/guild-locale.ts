import type { Guild } from 'discord.js';

/** The language that a guild has chosen. Only a community can: any other guild is said to be American. */
export function guildLocale(guild: Guild | null): string | undefined {
  return guild?.features.includes('COMMUNITY') ? guild.preferredLocale : undefined;
}
