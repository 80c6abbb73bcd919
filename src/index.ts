/** `npm start`: the bot, until a signal ends it. */
import { composeBot } from './app/compose-bot.js';
import type { Bot } from './app/compose-bot.js';
import { Shutdown } from './app/shutdown.js';
import { explainDisconnect, explainStartFailure } from './app/start-failures.js';
import { parseBotConfig, readEnvironment } from './config.js';
import type { BotConfig } from './config.js';
import { PinoLogger } from './logger.js';

try {
  await run(parseBotConfig(readEnvironment()));
} catch (error) {
  console.error(explainStartFailure(error));
  process.exit(1);
}

async function run(config: BotConfig): Promise<void> {
  const logger = new PinoLogger(config.logLevel);
  let bot: Bot | undefined = undefined;
  const shutdown = new Shutdown({ stop: async () => bot?.stop(), logger });
  shutdown.listen();
  const onDisconnected = (code: number) => {
    console.error(explainDisconnect(code));
    void shutdown.begin(1, 'Discord ended the connection.');
  };
  bot = await composeBot({ config, logger, onDisconnected });
  await bot.start();
}
