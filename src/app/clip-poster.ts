import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, messageLink } from 'discord.js';

import { CommandError } from '../commands/errors.js';
import type { MessageView } from '../commands/message-view.js';
import { posted, whyInReply } from '../commands/replies.js';
import type { ClipJob } from '../commands/clip-job.js';
import type { Logger } from '../logger.js';
import { RetryableError } from '../queue/errors.js';
import type { Job } from '../queue/job.js';
import { isRefusal } from './discord-messages.js';
import type { DiscordMessages } from './discord-messages.js';
import type { PostFolder } from './post-folder.js';
import type { StatusMessages } from './status-messages.js';

export interface ClipPosterOptions {
  readonly messages: DiscordMessages;
  readonly statuses: StatusMessages;
  readonly posts: PostFolder;
  readonly logger: Logger;
  /** Milliseconds to wait before each further try while Discord is out of reach. */
  readonly retryDelaysMs?: readonly number[];
}

const RETRY_DELAYS_MS = [2_000, 10_000, 30_000, 60_000, 120_000, 300_000];

/**
 * Brings a finished clip to who asked for it, once, however often it is tried: as a message of the bot's own,
 * or in the command's reply where the bot may not post.
 */
export class ClipPoster {
  readonly #options: ClipPosterOptions;

  constructor(options: ClipPosterOptions) {
    this.#options = options;
  }

  /**
   * @throws CommandError `clip_undeliverable` when Discord takes it nowhere, RetryableError while it is out of
   * reach, AbortError after `signal` aborts while waiting for it
   */
  async post(job: Job<ClipJob>, clip: MessageView, signal: AbortSignal): Promise<void> {
    const { posts, statuses, logger } = this.#options;
    const { guildId, channelId } = job.data;
    const messageId =
      (await posts.postedAs(job.id)) ??
      (await this.#patiently(job, signal, () => this.#postMessage(job, clip)));
    if (messageId === undefined) {
      await this.#patiently(job, signal, () => this.#postAsReply(job, clip));
      logger.info('A clip is posted as a reply.', { jobId: job.id, guildId, channelId });
      return;
    }
    const link =
      guildId === null ? messageLink(channelId, messageId) : messageLink(channelId, messageId, guildId);
    await statuses.tryToFinish(job, posted(job, link));
    logger.info('A clip is posted.', { jobId: job.id, guildId, channelId, messageId });
  }

  /** The message's id, or undefined where the bot may not post. */
  async #postMessage(job: Job<ClipJob>, clip: MessageView): Promise<string | undefined> {
    if (job.data.destination.type === 'reply') return undefined;
    const { messages, logger } = this.#options;
    try {
      const messageId = await messages.post(job.data, job.id, clip);
      await this.#notePosted(job, messageId);
      return messageId;
    } catch (err) {
      if (!isRefusal(err)) throw err;
      logger.warn('Discord refused a clip as a message; it goes into the reply.', { jobId: job.id, err });
      return undefined;
    }
  }

  /** Editing a message twice in the same way is as good as once, so nothing needs to be noted. */
  async #postAsReply(job: Job<ClipJob>, clip: MessageView): Promise<void> {
    const { logger, posts, statuses } = this.#options;
    const view: MessageView = { ...clip, content: whyInReply(job.data) };
    try {
      await statuses.finish(job, view);
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
      const isTooLarge = cause instanceof DiscordAPIError && cause.status === 413;
      if (isTooLarge) throw new CommandError('clip_too_large', { cause });
      const path = posts.pathOf(job.id);
      logger.error('A clip can be delivered nowhere; it is kept.', { jobId: job.id, path, err: cause });
      throw new CommandError('clip_undeliverable', { cause });
    }
  }

  /** Not fatal: for some minutes Discord itself knows that the job was posted. */
  async #notePosted({ id }: Job<ClipJob>, messageId: string): Promise<void> {
    try {
      await this.#options.posts.notePosted(id, messageId);
    } catch (err) {
      this.#options.logger.warn('A post could not be noted on the disk.', { jobId: id, err });
    }
  }

  /** Tries again while it fails for no fault of the clip. */
  async #patiently<Result>(
    { id }: Job<ClipJob>,
    signal: AbortSignal,
    action: () => Promise<Result>,
  ): Promise<Result> {
    const delays = this.#options.retryDelaysMs ?? RETRY_DELAYS_MS;
    for (let tries = 0; ; tries++) {
      try {
        return await action();
      } catch (err) {
        const delay = delays[tries];
        if (err instanceof CommandError) throw err;
        if (delay === undefined) throw new RetryableError('Discord is out of reach.', { cause: err });
        this.#options.logger.warn('A clip could not be posted; it is tried again.', {
          jobId: id,
          delay,
          err,
        });
        await sleep(delay, undefined, { signal });
      }
    }
  }
}
