/** Tells Discord of the commands: registers what is new, changes what differs, removes what is gone. */
import { parseArgs } from 'node:util';
import { DiscordAPIError, REST } from 'discord.js';

import { CommandRegistration } from './src/commands/deploy/command-registration.js';
import { payloads } from './src/commands/payloads/index.js';
import { ConfigError, parseDeployConfig, readEnvironment } from './src/config.js';

const USAGE = `Usage: npm run deploy [-- --guild <id>]

Registers the bot's commands with Discord, only those that differ from what is registered.
  --guild <id>  for one guild alone, where they count at once; without it, everywhere
  --help        this text`;

try {
  await deploy();
} catch (error) {
  process.exitCode = 1;
  console.error(explain(error));
}

async function deploy(): Promise<void> {
  const { values } = parseArgs({ options: { guild: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.guild !== undefined && !/^\d{1,20}$/.test(values.guild)) {
    throw new ConfigError(`--guild takes a guild's id, which is a number, not "${values.guild}".`);
  }
  const { token, apiUrl } = parseDeployConfig(readEnvironment());
  const rest = new REST(apiUrl === undefined ? {} : { api: apiUrl }).setToken(token);
  const registration = new CommandRegistration({ rest, guildId: values.guild });
  await registration.apply(await registration.plan(payloads), (line) => console.log(line));
}

/** A sentence with a way out. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof TypeError && 'code' in error) return `${error.message}\n\n${USAGE}`;
  if (!(error instanceof DiscordAPIError)) {
    return `Discord could not be reached (${String(error)}): please check the network and try again.`;
  }
  switch (error.status) {
    case 401:
      return 'Discord does not accept the token: please copy it again from the developer portal into .env as DISCORD_TOKEN.';
    case 403:
    case 404:
      return 'Discord knows no such guild for this bot: please check the id and invite the bot there first.';
    default:
      return `Discord refused the commands: ${error.message}.`;
  }
}
