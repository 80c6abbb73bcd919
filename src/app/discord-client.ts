import { ActivityType, Client, Events, GatewayIntentBits, Options, Partials } from 'discord.js';

import type { DiscordConfig } from '../config.js';
import type { Logger } from '../logger.js';

/** Messages of each channel that are remembered: no more than the one that was just written and what it replies to. */
const REMEMBERED_MESSAGES = 10;

/**
 * The connection to Discord, not yet logged in. It asks for no privileged intent: commands and buttons need
 * none, guilds are needed to know threads from channels, and of messages Discord then shows the text of those alone
 * that are meant for the bot.
 */
export function createDiscordClient({ apiUrl }: DiscordConfig, logger: Logger): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // Direct messages come from channels that nobody has told of before.
    partials: [Partials.Channel],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: REMEMBERED_MESSAGES,
    }),
    presence: { activities: [{ type: ActivityType.Listening, name: '/riff' }] },
    allowedMentions: { parse: [] },
    ...(apiUrl !== undefined && { rest: { api: apiUrl } }),
  });
  client.on(Events.Error, (err) => logger.error('The Discord client failed.', { err }));
  client.on(Events.ShardError, (err) => logger.warn('The connection to Discord failed.', { err }));
  client.on(Events.ShardReconnecting, () => logger.info('Reconnecting to Discord.'));
  client.on(Events.ShardResume, () => logger.info('Connected to Discord again.'));
  client.rest.on('rateLimited', ({ method, route, retryAfter }) =>
    // The route has no ids or tokens in it, unlike the address.
    logger.debug('Discord asks to wait.', { method, route, retryAfter }),
  );
  return client;
}

/** Resolves once the client hears from Discord. @throws what login throws, `TokenInvalid` among it */
export async function logIn(client: Client, token: string): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  await client.login(token);
  return ready;
}
