/** The command line, put together: what its commands may use, made when they ask for it. */
import { CliError } from '../cli/cli-error.js';
import type { CliParts } from '../cli/cli-parts.js';
import { ConfigError, parseBotConfig, parseCliConfig, readEnvironment } from '../config.js';
import type { EngineConfig } from '../config.js';
import { EngineProcess } from '../engine/process/engine-process.js';
import { ThreadedWorkshop } from '../engine/workshop/threaded-workshop.js';
import { engineSettings } from './engine-settings.js';

export function composeCli(): CliParts {
  return {
    createEngine: () => new EngineProcess({ settings: engineSettings(config()), priority: 0 }),
    createWorkshop: () => new ThreadedWorkshop({ priority: 0 }),
    modelRoots: () => engineSettings(config()).modelRoots,
    device: () => config().device,
    botSettings() {
      const environment = readEnvironment();
      const token = environment['DISCORD_TOKEN']?.trim() ?? '';
      try {
        // Without a token the other settings are still worth a look.
        const { dataFolder } = parseBotConfig({
          ...environment,
          DISCORD_TOKEN: token === '' ? 'none' : token,
        });
        return { hasToken: token !== '', dataFolder };
      } catch (error) {
        return { hasToken: token !== '', fault: sentenceOf(error) };
      }
    },
  };
}

function config(): EngineConfig {
  try {
    return parseCliConfig(readEnvironment());
  } catch (cause) {
    throw new CliError('usage', sentenceOf(cause), { cause });
  }
}

/** @throws what is no fault of the settings */
function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  throw error;
}
