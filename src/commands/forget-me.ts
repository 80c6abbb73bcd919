import type { ChatInputCommandInteraction } from 'discord.js';

import type { Job } from '../queue/job.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { ClipJob } from './clip-job.js';
import type { PrivateCommand } from './command.js';
import { phrasesFor } from './language/languages.js';
import type { MessageView } from './message-view.js';
import { forgetMePayload } from './payloads/forget-me.js';
import type { PersonalRecords } from './personal-records.js';
import { sentenceOnly } from './replies.js';

export interface ForgetMeCommandOptions {
  readonly queue: JobQueue<ClipJob>;
  /** Places that keep something about people beside their live jobs. */
  readonly records: readonly PersonalRecords[];
}

const STOPPING_MS = 60_000;

/** `/forget-me`: ends a person's jobs, and removes what is kept about the person. */
export class ForgetMeCommand implements PrivateCommand {
  readonly name = forgetMePayload.name;
  readonly answers = 'privately';
  readonly #options: ForgetMeCommandOptions;

  constructor(options: ForgetMeCommandOptions) {
    this.#options = options;
  }

  /** @throws what the file system throws */
  async execute({ user, locale }: ChatInputCommandInteraction): Promise<MessageView> {
    const { queue, records } = this.#options;
    const own = queue.list().filter(({ data }) => data.userId === user.id);
    const cancelled = await Promise.all(own.map(({ id }) => queue.cancel(id)));
    // What lasts until a job has ended is only then nobody's.
    await this.#ended(own);
    for (const place of records) await place.forget(user.id);
    return sentenceOnly(phrasesFor(locale).settings.forgotten(cancelled.filter(Boolean).length));
  }

  /** Resolves when none of the jobs is in the queue any more, or after a time that is long for one to stop. */
  async #ended(jobs: readonly Job<ClipJob>[]): Promise<void> {
    const { queue } = this.#options;
    const haveEnded = () => jobs.every(({ id }) => queue.get(id) === undefined);
    if (haveEnded()) return;
    await new Promise<void>((resolve) => {
      const stop = (): void => {
        clearTimeout(timer);
        queue.off('moved', look);
        resolve();
      };
      const look = (): void => {
        if (haveEnded()) stop();
      };
      const timer = setTimeout(stop, STOPPING_MS);
      queue.on('moved', look);
    });
  }
}
