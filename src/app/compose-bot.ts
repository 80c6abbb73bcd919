/** The bot, put together: every object is made here and handed what it needs. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Events } from 'discord.js';
import type { REST } from 'discord.js';

import { CancelButton } from '../commands/cancel-button.js';
import { CommandRegistration } from '../commands/deploy/command-registration.js';
import { isUpToDate } from '../commands/deploy/registration-plan.js';
import { Dispatcher } from '../commands/dispatcher.js';
import { payloads } from '../commands/payloads/index.js';
import { Registry } from '../commands/registry.js';
import { parseRiffJob } from '../commands/riff-job.js';
import type { RiffJob } from '../commands/riff-job.js';
import { RiffCommand } from '../commands/riff.js';
import type { BotConfig } from '../config.js';
import { EngineProcess } from '../engine/process/engine-process.js';
import type { Logger } from '../logger.js';
import { JournalJobQueue } from '../queue/journal-job-queue.js';
import type { Job } from '../queue/job.js';
import type { JobQueue } from '../queue/job-queue.js';
import { ClipFolder } from './clip-folder.js';
import { ClipPoster } from './clip-poster.js';
import { systemClock } from './clock.js';
import { createDiscordClient, logIn } from './discord-client.js';
import { DiscordMessages } from './discord-messages.js';
import { engineSettings } from './engine-settings.js';
import { JobAnnouncer } from './job-announcer.js';
import { RiffProcessor } from './riff-processor.js';
import { StatusMessages } from './status-messages.js';

/** Milliseconds that stopping waits for the processor, and then for the last edits, before it goes on. */
const CLOSE_GRACE_MS = 2500;
const LAST_EDITS_MS = 1500;

export interface Bot {
  /** Resolves once commands are taken. @throws what engine and Discord throw */
  start(): Promise<void>;
  /** Ends in order: no new jobs, the active one back into the queue, the engine, the connection. */
  stop(): Promise<void>;
}

export interface ComposeBotOptions {
  readonly config: BotConfig;
  readonly logger: Logger;
  /** Hears that Discord has ended the connection for good, with its close code. */
  readonly onDisconnected: (code: number) => void;
}

/** @throws EngineError without a model, QueueError when the data folder is in use or cannot be written to */
export async function composeBot({ config, logger, onDisconnected }: ComposeBotOptions): Promise<Bot> {
  const engine = new EngineProcess({
    settings: engineSettings(config.engine),
    onExecutionPlan: ({ sentence, executionProvider, precision }) =>
      logger.info(sentence, { executionProvider, precision }),
    onLog: (line) => logger.info('The engine says:', { line }),
  });
  const [defaultModel] = await engine.models();

  const client = createDiscordClient(config.discord, logger);
  const messages = new DiscordMessages(client.rest, systemClock);
  const statuses = new StatusMessages({ messages, logger, clock: systemClock });
  const clips = new ClipFolder(join(config.dataFolder, 'clips'));
  const poster = new ClipPoster({ messages, statuses, clips, logger });
  const processor = new RiffProcessor({ engine, clips, statuses, poster, logger });
  const queue = await JournalJobQueue.open<RiffJob>({
    folder: join(config.dataFolder, 'queue'),
    processor: (job, context) => processor.process(job, context),
    parseData: parseRiffJob,
    onWarning: (message, err) => logger.warn(message, { err }),
    maxWaiting: config.maxWaiting,
    closeGraceMs: CLOSE_GRACE_MS,
  });
  const announcer = new JobAnnouncer({ queue, statuses, logger });

  const samplePrompts = defaultModel?.samplePrompts ?? [];
  const riff = new RiffCommand({ queue, samplePrompts, maxPerUser: config.maxPerUser });
  const registry = new Registry([riff], [new CancelButton(queue)]);
  const dispatcher = new Dispatcher(registry, logger);

  removeClipsOfEndedJobs(queue, clips, logger);
  client.on(Events.InteractionCreate, (interaction) => void dispatcher.dispatch(interaction));
  client.once(Events.ShardDisconnect, ({ code }) => onDisconnected(code));

  return {
    async start() {
      const { user, rest } = await logIn(client, config.discord.token);
      logger.info('Connected to Discord.', { userId: user.id, guilds: client.guilds.cache.size });
      announcer.start();
      await clips.sweep((id) => queue.get(id) !== undefined);
      await queue.start();
      void warnWhenCommandsDiffer(rest, logger);
    },
    async stop() {
      await queue.close();
      await Promise.race([announcer.announceRestart(), sleep(LAST_EDITS_MS)]);
      await engine.dispose();
      await client.destroy();
    },
  };
}

/** A clip that could not be delivered, whose job then failed, stays. */
function removeClipsOfEndedJobs(queue: JobQueue<RiffJob>, clips: ClipFolder, logger: Logger): void {
  const remove = ({ id }: Job<RiffJob>) => {
    clips.remove(id).catch((err: unknown) => {
      logger.warn('A clip could not be removed from the disk.', { jobId: id, err });
    });
  };
  queue.on('completed', remove);
  queue.on('cancelled', remove);
}

async function warnWhenCommandsDiffer(rest: REST, logger: Logger): Promise<void> {
  try {
    const plan = await new CommandRegistration({ rest }).plan(payloads);
    if (!isUpToDate(plan)) logger.warn('Discord has other commands than this bot: run "npm run deploy".');
  } catch (err) {
    logger.warn('Discord did not say which commands it has.', { err });
  }
}
