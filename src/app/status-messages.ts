import type { MessageView } from '../commands/message-view.js';
import type { ClipJob } from '../commands/clip-job.js';
import type { Logger } from '../logger.js';
import type { Job, JobId } from '../queue/job.js';
import type { Clock } from './clock.js';
import type { DiscordMessages } from './discord-messages.js';
import { PacedWriter } from './paced-writer.js';

export interface StatusMessagesOptions {
  readonly messages: DiscordMessages;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Least milliseconds between two edits of one message. @defaultValue 3000 */
  readonly intervalMs?: number;
}

/** The replies that show how jobs stand, each edited at a pace that Discord allows. */
export class StatusMessages {
  readonly #options: StatusMessagesOptions;
  readonly #writers = new Map<JobId, PacedWriter<MessageView>>();

  constructor(options: StatusMessagesOptions) {
    this.#options = options;
  }

  /** Shows this soon, unless something newer comes first. */
  show(job: Job<ClipJob>, view: MessageView): void {
    this.#writerOf(job).show(view);
  }

  /** Shows this as the last word on the job. @throws DiscordAPIError, or what the network throws */
  async finish(job: Job<ClipJob>, view: MessageView): Promise<void> {
    const writer = this.#writerOf(job);
    this.#writers.delete(job.id);
    await writer.finish(view);
  }

  /** The same where nothing depends on it: a failure is only logged. */
  async tryToFinish(job: Job<ClipJob>, view: MessageView): Promise<void> {
    try {
      await this.finish(job, view);
    } catch (error) {
      this.#logFailure(job, error);
    }
  }

  #writerOf(job: Job<ClipJob>): PacedWriter<MessageView> {
    const existing = this.#writers.get(job.id);
    if (existing !== undefined) return existing;
    const { messages, clock, intervalMs = 3000 } = this.#options;
    const writer = new PacedWriter<MessageView>({
      write: (view) => messages.editReply(job.data, view),
      merge: keepFiles,
      onError: (error) => this.#logFailure(job, error),
      intervalMs,
      clock,
    });
    this.#writers.set(job.id, writer);
    return writer;
  }

  #logFailure({ id }: Job<ClipJob>, err: unknown): void {
    this.#options.logger.warn('A status message could not be edited.', { jobId: id, err });
  }
}

/** A picture that was not shown yet is still of interest beside newer words. */
function keepFiles(older: MessageView, newer: MessageView): MessageView {
  const files = newer.files ?? older.files;
  return files === undefined ? newer : { ...newer, files };
}
