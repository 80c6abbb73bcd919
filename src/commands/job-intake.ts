import type { RepliableInteraction } from 'discord.js';

import type { AddJobOptions } from '../queue/job.js';
import type { JobQueue } from '../queue/job-queue.js';
import { inputsOf } from './clip-job.js';
import type { ClipJob, ClipWork, JobPlace } from './clip-job.js';
import type { DeferredReply } from './command.js';
import { chooseDestination } from './destination.js';
import type { InputStore } from './input-store.js';
import { guildLocale } from './language/guild-locale.js';
import { askerOf } from './settings/asker.js';
import type { Asker } from './settings/asker.js';
import type { HouseRules } from './settings/house-rules.js';
import type { Quotas } from './settings/quotas.js';

export interface JobIntakeOptions {
  readonly queue: JobQueue<ClipJob>;
  readonly inputs: InputStore;
  readonly rules: HouseRules;
  readonly quotas: Quotas;
}

/** Of jobs that are done in a moment: they need not wait for clips that the model makes. */
export const CONVERSION_PRIORITY = 1;

/** Where a job is to be reported and posted, but for what the guild's rules say about it. */
export type OpenPlace = Omit<JobPlace, 'isSpoiler'>;

/** Where commands hand in what people ask for, and what the guild's rules refuse goes no further. */
export class JobIntake {
  readonly #options: JobIntakeOptions;

  constructor(options: JobIntakeOptions) {
    this.#options = options;
  }

  /**
   * Puts a job into the queue. From there on the job's own reports fill in the reply.
   *
   * @param prepare - Makes the work. Called only when the person may have one more job, which this one counts as.
   * @throws CommandError `too_many_jobs`, RuleError, QueueError, and what `prepare` throws
   */
  async accept(
    interaction: RepliableInteraction,
    reply: DeferredReply,
    prepare: () => ClipWork | Promise<ClipWork>,
    options?: AddJobOptions,
  ): Promise<void> {
    await this.acceptFrom(askerOf(interaction), () => placeOf(interaction, reply), prepare, options);
  }

  /** The same for what did not come by an interaction. */
  async acceptFrom(
    asker: Asker,
    placeOfJob: () => OpenPlace,
    prepare: () => ClipWork | Promise<ClipWork>,
    options?: AddJobOptions,
  ): Promise<void> {
    const { rules, quotas } = this.#options;
    rules.checkAsker(asker);
    const reservation = quotas.reserve(asker);
    try {
      const work = await prepare();
      await this.#removingInputs(work, async () => {
        const allowed = rules.applyTo(work, asker);
        const takeBack = reservation.charge(allowed);
        const job = { ...this.#styled(placeOfJob(), asker), ...allowed };
        await this.#options.queue.add(job, options).catch((error: unknown) => {
          takeBack();
          throw error;
        });
      });
    } finally {
      reservation.end();
    }
  }

  #styled(place: OpenPlace, asker: Asker): JobPlace {
    const { isSpoiler, language } = this.#options.rules.styleFor(asker);
    return { ...place, isSpoiler, ...(language !== null && { postLocale: language }) };
  }

  /** What was kept for work that is refused is of no use to anybody. */
  async #removingInputs(work: ClipWork, add: () => Promise<void>): Promise<void> {
    try {
      await add();
    } catch (error) {
      for (const { key } of inputsOf(work)) await this.#options.inputs.remove(key);
      throw error;
    }
  }
}

function placeOf(interaction: RepliableInteraction, reply: DeferredReply): OpenPlace {
  if (interaction.channelId === null) throw new TypeError('Expected an interaction that has a channel.');
  return {
    userId: interaction.user.id,
    guildId: interaction.guildId,
    channelId: interaction.channelId,
    destination: chooseDestination(interaction),
    reply: {
      type: 'interaction',
      applicationId: interaction.applicationId,
      interactionToken: interaction.token,
      createdAt: interaction.createdTimestamp,
      messageId: reply.messageId,
    },
    locale: interaction.locale,
    postLocale: guildLocale(interaction.guild),
    attachmentSizeLimit: interaction.attachmentSizeLimit,
  };
}
