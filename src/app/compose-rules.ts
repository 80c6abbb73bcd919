/** Who may have what: guilds' settings and the operator's limits, put together. */
import { join } from 'node:path';

import type { ClipJob } from '../commands/clip-job.js';
import { HouseRules } from '../commands/settings/house-rules.js';
import { Quotas } from '../commands/settings/quotas.js';
import type { SettingsStore } from '../commands/settings/settings-store.js';
import type { BotConfig } from '../config.js';
import type { ModelDescription } from '../engine/music-engine.js';
import type { Logger } from '../logger.js';
import type { JobQueue } from '../queue/job-queue.js';
import { systemClock } from './clock.js';
import { SettingsFolder } from './settings-folder.js';
import { UsageFile } from './usage-file.js';

export interface ComposeRulesOptions {
  /** Must be open: only who has its lock may have the settings. */
  readonly queue: JobQueue<ClipJob>;
  readonly models: readonly ModelDescription[];
  readonly config: BotConfig;
  readonly logger: Logger;
}

export interface Rules {
  readonly settings: SettingsStore;
  readonly usage: UsageFile;
  readonly rules: HouseRules;
  readonly quotas: Quotas;
}

/** @throws the error of the file system when the data folder cannot be read */
export async function composeRules({ queue, models, config, logger }: ComposeRulesOptions): Promise<Rules> {
  const { dataFolder, maxPerUser, maxPerGuild, hourlyPerUser, hourlyPerGuild } = config;
  const settings = await SettingsFolder.open(join(dataFolder, 'settings'), logger);
  const usage = await UsageFile.open({ path: join(dataFolder, 'usage.json'), clock: systemClock, logger });
  const rules = new HouseRules({
    settings,
    models: models.map(({ name, defaults }) => ({ name, numInferenceSteps: defaults.numInferenceSteps })),
  });
  const operator = {
    maxPerUser,
    maxPerGuild,
    clipsPerHourPerUser: hourlyPerUser,
    clipsPerHourPerGuild: hourlyPerGuild,
  };
  return { settings, usage, rules, quotas: new Quotas({ queue, settings, usage, operator }) };
}
