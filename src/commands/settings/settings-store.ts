import type { GuildSettings } from './guild-settings.js';

/** Keeps what guilds have decided, over restarts and crashes. */
export interface SettingsStore {
  /** As last changed; the defaults for a guild that never changed any, and for direct messages. */
  read(guildId: string | null): GuildSettings;
  /**
   * Changes them, one caller after the other, and resolves once that is safe. Those that equal the defaults are kept no
   * longer.
   * @throws QueueError `storage_failed`: nothing has changed then; and what `change` throws
   */
  change(guildId: string, change: (settings: GuildSettings) => GuildSettings): Promise<GuildSettings>;
}
