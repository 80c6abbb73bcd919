import { randomBytes } from 'node:crypto';

import type { ClipJob } from '../commands/clip-job.js';
import { phrasesFor } from '../commands/language/languages.js';
import { begun, cancelled, failed, restarting, waiting } from '../commands/replies.js';
import { sentenceFor } from '../commands/sentences.js';
import type { Logger } from '../logger.js';
import { RetryableError } from '../queue/errors.js';
import type { Job, JobId } from '../queue/job.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { StatusMessages } from './status-messages.js';

export interface JobAnnouncerOptions {
  readonly queue: JobQueue<ClipJob>;
  readonly statuses: StatusMessages;
  readonly logger: Logger;
}

/** Tells people how their jobs fare in the queue; how an active one gets on, its processor tells. */
export class JobAnnouncer {
  readonly #queue: JobQueue<ClipJob>;
  readonly #statuses: StatusMessages;
  readonly #logger: Logger;
  /** How many jobs were ahead of one when that was last told. */
  readonly #toldAhead = new Map<JobId, number>();

  constructor({ queue, statuses, logger }: JobAnnouncerOptions) {
    this.#queue = queue;
    this.#statuses = statuses;
    this.#logger = logger;
  }

  /** Begins to listen, and tells those whose jobs are left from an earlier run that they are not forgotten. */
  start(): void {
    this.#queue.on('added', (job) => this.#log('A job is accepted.', job));
    this.#queue.on('active', (job) => this.#onActive(job));
    this.#queue.on('moved', () => this.#tellPositions());
    this.#queue.on('completed', (job) => this.#onEnd(job));
    this.#queue.on('cancelled', (job) => this.#onCancelled(job));
    this.#queue.on('failed', (job, error) => this.#onFailed(job, error));
    this.#tellPositions();
  }

  /** Tells everybody who still waits, after the queue was closed, that their jobs will go on. Never rejects. */
  async announceRestart(): Promise<void> {
    const jobs = this.#queue.list();
    await Promise.all(jobs.map((job) => this.#statuses.tryToFinish(job, restarting(job))));
  }

  #tellPositions(): void {
    this.#queue.list().forEach((job, ahead) => {
      if (job.state !== 'waiting' || this.#toldAhead.get(job.id) === ahead) return;
      this.#toldAhead.set(job.id, ahead);
      this.#statuses.show(job, waiting(job, ahead));
    });
  }

  #onActive(job: Job<ClipJob>): void {
    this.#log('A job has begun.', job);
    this.#toldAhead.delete(job.id);
    this.#statuses.show(job, begun(job));
  }

  /** Its processor has told the rest. */
  #onEnd(job: Job<ClipJob>): void {
    this.#log('A job is completed.', job);
    this.#toldAhead.delete(job.id);
  }

  #onCancelled(job: Job<ClipJob>): void {
    this.#log('A job was cancelled.', job);
    this.#toldAhead.delete(job.id);
    void this.#statuses.tryToFinish(job, cancelled(job));
  }

  #onFailed(job: Job<ClipJob>, error: unknown): void {
    const reason = error instanceof RetryableError && error.cause !== undefined ? error.cause : error;
    const incident = randomBytes(4).toString('hex');
    this.#logger.error('A job failed.', { ...factsOf(job), incident, err: error });
    this.#toldAhead.delete(job.id);
    const phrases = phrasesFor(job.data.locale);
    const sentence = sentenceFor(reason, phrases) ?? phrases.failures.unexpected(incident);
    void this.#statuses.tryToFinish(job, failed(job, sentence));
  }

  #log(message: string, job: Job<ClipJob>): void {
    this.#logger.info(message, factsOf(job));
  }
}

function factsOf({ id, attempts, data }: Job<ClipJob>) {
  return { jobId: id, attempts, guildId: data.guildId, channelId: data.channelId };
}
