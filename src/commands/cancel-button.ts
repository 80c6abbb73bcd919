import type { ButtonInteraction } from 'discord.js';

import type { JobQueue } from '../queue/job-queue.js';
import type { ClipJob } from './clip-job.js';
import type { UpdatingButton } from './command.js';
import { CommandError } from './errors.js';
import { mayCancel, viewerOf } from './queueing/viewer.js';
import { CANCEL_ACTION } from './replies.js';

/** Takes a job out of the queue, or stops it; the job's own reports then change the message. */
export class CancelButton implements UpdatingButton {
  readonly name = CANCEL_ACTION;
  readonly answers = 'update';
  readonly #queue: JobQueue<ClipJob>;

  constructor(queue: JobQueue<ClipJob>) {
    this.#queue = queue;
  }

  /** @param jobId - The button's argument. @throws CommandError */
  async execute(interaction: ButtonInteraction, jobId: string): Promise<void> {
    const job = this.#queue.get(jobId);
    if (job === undefined) throw new CommandError('job_over');
    if (!mayCancel(viewerOf(interaction), job.data)) throw new CommandError('not_your_job');
    if (!(await this.#queue.cancel(jobId))) throw new CommandError('job_over');
  }
}
