import type { ClipJob } from '../commands/clip-job.js';
import type { MessageView } from '../commands/message-view.js';
import type { Logger } from '../logger.js';
import type { Job } from '../queue/job.js';
import type { ProcessorContext } from '../queue/processor.js';
import type { ClipConverter } from './clip-converter.js';
import type { ClipExporter } from './clip-exporter.js';
import type { ClipGenerator } from './clip-generator.js';
import type { ClipPoster } from './clip-poster.js';
import type { PostFolder } from './post-folder.js';

export interface ClipProcessorOptions {
  readonly generator: ClipGenerator;
  readonly converter: ClipConverter;
  readonly exporter: ClipExporter;
  readonly posts: PostFolder;
  readonly poster: ClipPoster;
  readonly logger: Logger;
}

/**
 * Does a job: makes the clip, keeps it, posts it. Safe to run again after any interruption: what was made is not
 * made again, and what was posted is not posted again.
 */
export class ClipProcessor {
  readonly #options: ClipProcessorOptions;

  constructor(options: ClipProcessorOptions) {
    this.#options = options;
  }

  /** @throws RetryableError, EngineError, CommandError; CancelledError or AbortError after `signal` aborts */
  async process(job: Job<ClipJob>, { signal }: ProcessorContext): Promise<void> {
    const { posts, poster } = this.#options;
    const clip = (await posts.read(job.id)) ?? (await this.#makeAndKeep(job, signal));
    signal.throwIfAborted();
    await poster.post(job, clip, signal);
  }

  async #makeAndKeep(job: Job<ClipJob>, signal: AbortSignal): Promise<MessageView> {
    const { posts, logger } = this.#options;
    const startedAt = Date.now();
    const clip = await this.#make(job, signal);
    const milliseconds = Date.now() - startedAt;
    logger.info('A clip is made.', { jobId: job.id, kind: job.data.kind, milliseconds });
    try {
      await posts.save(job.id, clip);
    } catch (err) {
      // Not fatal: the clip is in memory, and only a crash before it is posted would cost the work again.
      logger.warn('A clip could not be kept on the disk.', { jobId: job.id, err });
    }
    return clip;
  }

  #make(job: Job<ClipJob>, signal: AbortSignal): Promise<MessageView> {
    const { generator, converter, exporter } = this.#options;
    const { data } = job;
    switch (data.kind) {
      case 'riff':
      case 'remix':
      case 'morph':
      case 'longer':
        return generator.make({ ...job, data }, signal);
      case 'rounds':
        return exporter.rounds(data, signal);
      case 'voice-message':
        return exporter.voiceMessage(data, signal);
      case 'listen':
        return converter.listen(data, signal);
      case 'see':
        return converter.see(data, signal);
    }
  }
}
