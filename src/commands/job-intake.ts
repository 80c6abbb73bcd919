import type { RepliableInteraction } from 'discord.js';

import type { AddJobOptions } from '../queue/job.js';
import type { JobQueue } from '../queue/job-queue.js';
import { inputsOf } from './clip-job.js';
import type { ClipJob, ClipWork, JobPlace } from './clip-job.js';
import type { DeferredReply } from './command.js';
import { chooseDestination } from './destination.js';
import { CommandError } from './errors.js';
import type { InputStore } from './input-store.js';

export interface JobIntakeOptions {
  readonly queue: JobQueue<ClipJob>;
  readonly inputs: InputStore;
  /** Jobs that one person may have waiting or active. */
  readonly maxPerUser: number;
}

/** Of jobs that are done in a moment: they need not wait for clips that the model makes. */
export const CONVERSION_PRIORITY = 1;

/** Where commands hand in what people ask for, and nobody gets more than a fair share of the queue. */
export class JobIntake {
  readonly #options: JobIntakeOptions;
  /** People whose job is being prepared and not yet in the queue's list, once for each job. */
  readonly #preparing: string[] = [];

  constructor(options: JobIntakeOptions) {
    this.#options = options;
  }

  /**
   * Puts a job into the queue. From there on the job's own reports fill in the reply.
   *
   * @param prepare - Makes the work. Called only when the person may have one more job, which this one counts as.
   * @throws CommandError `too_many_jobs`, QueueError, and what `prepare` throws
   */
  async accept(
    interaction: RepliableInteraction,
    reply: DeferredReply,
    prepare: () => ClipWork | Promise<ClipWork>,
    options?: AddJobOptions,
  ): Promise<void> {
    const userId = interaction.user.id;
    this.#checkShare(userId);
    this.#preparing.push(userId);
    try {
      await this.#add(placeOf(interaction, reply), await prepare(), options);
    } finally {
      this.#preparing.splice(this.#preparing.indexOf(userId), 1);
    }
  }

  #checkShare(userId: string): void {
    const { queue, maxPerUser } = this.#options;
    const queued = queue.list().filter(({ data }) => data.userId === userId).length;
    const preparing = this.#preparing.filter((id) => id === userId).length;
    if (queued + preparing >= maxPerUser) throw new CommandError('too_many_jobs');
  }

  async #add(place: JobPlace, work: ClipWork, options?: AddJobOptions): Promise<void> {
    try {
      await this.#options.queue.add({ ...place, ...work }, options);
    } catch (error) {
      for (const { key } of inputsOf(work)) await this.#options.inputs.remove(key);
      throw error;
    }
  }
}

function placeOf(interaction: RepliableInteraction, reply: DeferredReply): JobPlace {
  if (interaction.channelId === null) throw new TypeError('Expected an interaction that has a channel.');
  return {
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
    postLocale: chosenLocale(interaction),
    attachmentSizeLimit: interaction.attachmentSizeLimit,
  };
}

/** Only a community chooses its language: any other guild is said to be American. */
function chosenLocale({ guild }: RepliableInteraction): string | undefined {
  return guild?.features.includes('COMMUNITY') ? guild.preferredLocale : undefined;
}
