/** The bot, put together: every object is made here and handed what it needs. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Events } from 'discord.js';
import type { Client, REST } from 'discord.js';

import { inputsOf, parseClipJob } from '../commands/clip-job.js';
import type { ClipJob } from '../commands/clip-job.js';
import { CommandRegistration } from '../commands/deploy/command-registration.js';
import { isUpToDate } from '../commands/deploy/registration-plan.js';
import { Dispatcher } from '../commands/dispatcher.js';
import type { InputStore } from '../commands/input-store.js';
import { payloads } from '../commands/payloads/index.js';
import type { BotConfig } from '../config.js';
import type { MusicEngine } from '../engine/music-engine.js';
import { EngineProcess } from '../engine/process/engine-process.js';
import { ThreadedWorkshop } from '../engine/workshop/threaded-workshop.js';
import type { Logger } from '../logger.js';
import { JournalJobQueue } from '../queue/journal-job-queue.js';
import type { Job } from '../queue/job.js';
import type { JobQueue } from '../queue/job-queue.js';
import { ChosenClipsFolder } from './chosen-clips-folder.js';
import { ClipConverter } from './clip-converter.js';
import { ClipExporter } from './clip-exporter.js';
import { ClipGenerator } from './clip-generator.js';
import { ClipPoster } from './clip-poster.js';
import { ClipProcessor } from './clip-processor.js';
import { systemClock } from './clock.js';
import { composeCommands } from './compose-commands.js';
import { composeRules } from './compose-rules.js';
import { createDiscordClient, logIn } from './discord-client.js';
import { DiscordMessages } from './discord-messages.js';
import { engineSettings } from './engine-settings.js';
import { InputFolder } from './input-folder.js';
import { JobAnnouncer } from './job-announcer.js';
import { PostFolder } from './post-folder.js';
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
  const models = await engine.models();

  const client = createDiscordClient(config.discord, logger);
  const work = composeWork({ engine, client, config, logger });
  const { statuses, inputs, posts, chosen, workshop, processor } = work;
  const queue = await JournalJobQueue.open<ClipJob>({
    folder: join(config.dataFolder, 'queue'),
    processor: (job, context) => processor.process(job, context),
    parseData: parseClipJob,
    onWarning: (message, err) => logger.warn(message, { err }),
    maxWaiting: config.maxWaiting,
    closeGraceMs: CLOSE_GRACE_MS,
  });
  const announcer = new JobAnnouncer({ queue, statuses, logger });

  const house = await composeRules({ queue, models, config, logger });
  const samplePrompts = models[0]?.samplePrompts ?? [];
  const { registry, remixByReply } = composeCommands({
    client,
    queue,
    inputs,
    workshop,
    samplePrompts,
    models,
    house,
    chosen,
    records: [house.usage, posts, chosen, { forget: () => queue.forgetEnded() }],
    config,
    logger,
  });
  const dispatcher = new Dispatcher(registry, logger);

  removeFilesOfEndedJobs({ queue, posts, inputs, logger });
  client.on(Events.InteractionCreate, (interaction) => void dispatcher.dispatch(interaction));
  client.on(Events.MessageCreate, (message) => void remixByReply.hear(message));
  client.once(Events.ShardDisconnect, ({ code }) => onDisconnected(code));

  return {
    async start() {
      await inputs.sweep(new Set(queue.list().flatMap(({ data }) => inputsOf(data).map(({ key }) => key))));
      const { user, rest } = await logIn(client, config.discord.token);
      logger.info('Connected to Discord.', { userId: user.id, guilds: client.guilds.cache.size });
      announcer.start();
      await chosen.sweep();
      await posts.sweep((id) => queue.get(id) !== undefined);
      await queue.start();
      void warnWhenCommandsDiffer(rest, logger);
    },
    async stop() {
      await queue.close();
      await house.usage.close();
      await Promise.race([announcer.announceRestart(), sleep(LAST_EDITS_MS)]);
      await Promise.all([engine.dispose(), workshop.dispose()]);
      await client.destroy();
    },
  };
}

interface WorkParts {
  readonly engine: MusicEngine;
  readonly client: Client;
  readonly config: BotConfig;
  readonly logger: Logger;
}

/** What jobs are done with. */
function composeWork({ engine, client, config, logger }: WorkParts) {
  const messages = new DiscordMessages(client.rest, systemClock);
  const statuses = new StatusMessages({ messages, logger, clock: systemClock });
  const inputs = new InputFolder(join(config.dataFolder, 'inputs'), logger);
  const posts = new PostFolder(join(config.dataFolder, 'clips'));
  const poster = new ClipPoster({ messages, statuses, posts, logger });
  const generator = new ClipGenerator({ engine, inputs, statuses });
  const workshop = new ThreadedWorkshop();
  const converter = new ClipConverter({ workshop, inputs });
  const exporter = new ClipExporter({ workshop, inputs });
  const processor = new ClipProcessor({ generator, converter, exporter, posts, poster, logger });
  const chosen = new ChosenClipsFolder({
    path: join(config.dataFolder, 'chosen'),
    clock: systemClock,
    logger,
  });
  return { statuses, inputs, posts, chosen, workshop, processor };
}

interface EndedJobs {
  readonly queue: JobQueue<ClipJob>;
  readonly posts: PostFolder;
  readonly inputs: InputStore;
  readonly logger: Logger;
}

/** A clip that could not be delivered, whose job then failed, stays. */
function removeFilesOfEndedJobs({ queue, posts, inputs, logger }: EndedJobs): void {
  const removePost = ({ id }: Job<ClipJob>) => {
    posts.remove(id).catch((err: unknown) => {
      logger.warn('A clip could not be removed from the disk.', { jobId: id, err });
    });
  };
  const removeInput = ({ data }: Job<ClipJob>) => {
    for (const { key } of inputsOf(data)) void inputs.remove(key);
  };
  queue.on('completed', removePost);
  queue.on('cancelled', removePost);
  queue.on('completed', removeInput);
  queue.on('cancelled', removeInput);
  queue.on('failed', removeInput);
}

async function warnWhenCommandsDiffer(rest: REST, logger: Logger): Promise<void> {
  try {
    const plan = await new CommandRegistration({ rest }).plan(payloads);
    if (!isUpToDate(plan)) logger.warn('Discord has other commands than this bot: run "npm run deploy".');
  } catch (err) {
    logger.warn('Discord did not say which commands it has.', { err });
  }
}
