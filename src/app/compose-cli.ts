/** The command line, put together: what its commands may use, made when they ask for it. */
import { CliError } from '../cli/cli-error.js';
import type { CliParts } from '../cli/cli-parts.js';
import { ConfigError, parseBotConfig, parseCliConfig, parseHubConfig, readEnvironment } from '../config.js';
import type { EngineConfig, Environment } from '../config.js';
import { EngineProcess } from '../engine/process/engine-process.js';
import { ModelStore } from '../engine/runtime/model-store.js';
import { ENGINE_VERSION } from '../engine/version.js';
import { ThreadedWorkshop } from '../engine/workshop/threaded-workshop.js';
import { HubClient } from '../hub/hub-client.js';
import { engineSettings } from './engine-settings.js';

export function composeCli(): CliParts {
  return {
    createEngine: () => new EngineProcess({ settings: engineSettings(config()), priority: 0 }),
    createWorkshop: () => new ThreadedWorkshop({ priority: 0 }),
    modelRoots: () => engineSettings(config()).modelRoots,
    createModelStore: () => new ModelStore(engineSettings(config())),
    createHubClient() {
      const { url: baseUrl, token } = parsed(parseHubConfig);
      return new HubClient({ baseUrl, token, userAgent: `riffcord/${ENGINE_VERSION}` });
    },
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
  return parsed(parseCliConfig);
}

function parsed<Config>(parse: (environment: Environment) => Config): Config {
  try {
    return parse(readEnvironment());
  } catch (cause) {
    throw new CliError('usage', sentenceOf(cause), { cause });
  }
}

/** @throws what is no fault of the settings */
function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  throw error;
}
