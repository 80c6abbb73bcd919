import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';

import type { JobQueue } from '../../queue/job-queue.js';
import type { ClipJob } from '../clip-job.js';
import type { PrivateCommand, UpdatingButton } from '../command.js';
import { CommandError } from '../errors.js';
import { phrasesFor } from '../language/languages.js';
import type { MessageView } from '../message-view.js';
import { queuePayload } from '../payloads/queue.js';
import { CANCEL_LISTED_ACTION, queueView } from './queue-view.js';
import { mayCancel, viewerOf } from './viewer.js';

/** `/queue`: what is being made and what waits, for who asks alone. */
export class QueueCommand implements PrivateCommand {
  readonly name = queuePayload.name;
  readonly answers = 'privately';
  readonly #queue: JobQueue<ClipJob>;

  constructor(queue: JobQueue<ClipJob>) {
    this.#queue = queue;
  }

  execute(interaction: ChatInputCommandInteraction): MessageView {
    return queueView(this.#queue.list(), viewerOf(interaction), phrasesFor(interaction.locale));
  }
}

/** A button of that list: cancels one's own clip, and shows the list as it then is. */
export class CancelListedButton implements UpdatingButton {
  readonly name = CANCEL_LISTED_ACTION;
  readonly answers = 'update';
  readonly #queue: JobQueue<ClipJob>;

  constructor(queue: JobQueue<ClipJob>) {
    this.#queue = queue;
  }

  /** @throws CommandError `job_over`, `not_your_job` */
  async execute(interaction: ButtonInteraction, jobId: string): Promise<void> {
    const viewer = viewerOf(interaction);
    const job = this.#queue.get(jobId);
    if (job !== undefined && !mayCancel(viewer, job.data)) throw new CommandError('not_your_job');
    const isCancelled = await this.#queue.cancel(jobId);
    // An active job is in the list until its work has stopped, which may take as long as one step.
    const left = this.#queue.list().filter(({ id }) => id !== jobId);
    const { content, embeds = [], components = [] } = queueView(left, viewer, phrasesFor(interaction.locale));
    await interaction.editReply({ content, embeds, components, allowedMentions: { parse: [] } });
    if (!isCancelled) throw new CommandError('job_over');
  }
}
