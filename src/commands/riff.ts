import { randomInt } from 'node:crypto';
import { ApplicationIntegrationType, InteractionContextType, PermissionFlagsBits } from 'discord.js';
import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';

import { parseGenerationRequest } from '../engine/generation-request.js';
import type { GenerationRequest } from '../engine/generation-request.js';
import { SEED_MAX } from '../engine/limits.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { Command, DeferredReply } from './command.js';
import { CommandError } from './errors.js';
import { riffPayload } from './payloads/riff.js';
import type { RiffOptionName } from './payloads/riff.js';
import type { ClipDestination, RiffJob } from './riff-job.js';

export interface RiffCommandOptions {
  readonly queue: JobQueue<RiffJob>;
  /** Offered while a prompt is typed. */
  readonly samplePrompts: readonly string[];
  /** Jobs that one person may have waiting or active. */
  readonly maxPerUser: number;
}

const MAX_CHOICES = 25; // Discord's limits
const MAX_CHOICE_LENGTH = 100;

/** What a clip's message needs, by the name that Discord's settings show. */
const POSTING_PERMISSIONS: Readonly<Record<string, bigint>> = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Attach Files': PermissionFlagsBits.AttachFiles,
};

/** `/riff`: puts a job into the queue. From there on the job's own reports fill in the reply. */
export class RiffCommand implements Command {
  readonly name = riffPayload.name;
  readonly #options: RiffCommandOptions;
  /** People whose job is being added and not yet in the queue's list, once for each job. */
  readonly #adding: string[] = [];

  constructor(options: RiffCommandOptions) {
    this.#options = options;
  }

  async execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void> {
    const job: RiffJob = {
      request: readRequest(interaction),
      userId: interaction.user.id,
      guildId: interaction.guildId,
      channelId: interaction.channelId,
      destination: chooseDestination(interaction),
      reply: {
        applicationId: interaction.applicationId,
        interactionToken: interaction.token,
        createdAt: interaction.createdTimestamp,
        messageId: reply.messageId,
      },
      locale: interaction.locale,
      attachmentSizeLimit: interaction.attachmentSizeLimit,
    };
    await this.#add(job);
  }

  autocomplete(interaction: AutocompleteInteraction): readonly string[] {
    const typed = interaction.options.getFocused().trim().toLowerCase();
    return this.#options.samplePrompts
      .filter((prompt) => prompt.length <= MAX_CHOICE_LENGTH && prompt.toLowerCase().includes(typed))
      .slice(0, MAX_CHOICES);
  }

  async #add(job: RiffJob): Promise<void> {
    const { queue, maxPerUser } = this.#options;
    const queued = queue.list().filter(({ data }) => data.userId === job.userId).length;
    const adding = this.#adding.filter((userId) => userId === job.userId).length;
    if (queued + adding >= maxPerUser) throw new CommandError('too_many_jobs');
    this.#adding.push(job.userId);
    try {
      await queue.add(job);
    } finally {
      this.#adding.splice(this.#adding.indexOf(job.userId), 1);
    }
  }
}

function readRequest({ options }: ChatInputCommandInteraction): GenerationRequest {
  const value = (name: RiffOptionName) => options.get(name)?.value;
  return parseGenerationRequest({
    prompt: value('prompt'),
    negativePrompt: value('negative'),
    seed: value('seed') ?? randomInt(SEED_MAX + 1),
    numInferenceSteps: value('steps'),
    guidanceScale: value('guidance'),
    scheduler: value('scheduler'),
    audioFormat: value('format'),
  });
}

function chooseDestination(interaction: ChatInputCommandInteraction): ClipDestination {
  const { authorizingIntegrationOwners: owners, context } = interaction;
  if (context === InteractionContextType.BotDM) return { type: 'channel' };
  if (owners[ApplicationIntegrationType.GuildInstall] === undefined) {
    return { type: 'reply', missingPermissions: [] };
  }
  const missingPermissions = missingPostingPermissions(interaction);
  return missingPermissions.length === 0 ? { type: 'channel' } : { type: 'reply', missingPermissions };
}

function missingPostingPermissions({ appPermissions, channel }: ChatInputCommandInteraction): string[] {
  const sending = channel?.isThread()
    ? { 'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads }
    : { 'Send Messages': PermissionFlagsBits.SendMessages };
  return Object.entries({ ...POSTING_PERMISSIONS, ...sending })
    .filter(([, permission]) => !appPermissions.has(permission))
    .map(([name]) => name);
}
