import { CommandError } from '../commands/errors.js';
import { progress } from '../commands/replies.js';
import type { RiffJob } from '../commands/riff-job.js';
import { EngineError } from '../engine/errors.js';
import type { AudioFormat } from '../engine/limits.js';
import type { GeneratedClip, GenerationProgress, MusicEngine } from '../engine/music-engine.js';
import type { Logger } from '../logger.js';
import { RetryableError } from '../queue/errors.js';
import type { Job } from '../queue/job.js';
import type { ProcessorContext } from '../queue/processor.js';
import type { ClipFolder } from './clip-folder.js';
import type { ClipPoster } from './clip-poster.js';
import type { StatusMessages } from './status-messages.js';

export interface RiffProcessorOptions {
  readonly engine: MusicEngine;
  readonly clips: ClipFolder;
  readonly statuses: StatusMessages;
  readonly poster: ClipPoster;
  readonly logger: Logger;
}

const PREVIEW_INTERVAL_MS = 3000;
/** The kind of audio file that is smallest. */
const SMALLEST_FORMAT: AudioFormat = 'ogg';

/**
 * Does a job: makes the clip, keeps it, posts it. Safe to run again after any interruption: what was made is not
 * made again, and what was posted is not posted again.
 */
export class RiffProcessor {
  readonly #options: RiffProcessorOptions;

  constructor(options: RiffProcessorOptions) {
    this.#options = options;
  }

  /** @throws RetryableError, EngineError, CommandError; CancelledError or AbortError after `signal` aborts */
  async process(job: Job<RiffJob>, { signal }: ProcessorContext): Promise<void> {
    const { clips, poster } = this.#options;
    const clip = (await clips.read(job.id)) ?? (await this.#make(job, signal));
    signal.throwIfAborted();
    await poster.post(job, clip, signal);
  }

  async #make(job: Job<RiffJob>, signal: AbortSignal): Promise<GeneratedClip> {
    const { clips, logger } = this.#options;
    const startedAt = Date.now();
    const clip = await this.#generateToFit(job, signal);
    logger.info('A clip is made.', { jobId: job.id, milliseconds: Date.now() - startedAt });
    try {
      await clips.save(job.id, clip);
    } catch (err) {
      // Not fatal: the clip is in memory, and only a crash before it is posted would cost the work again.
      logger.warn('A clip could not be kept on the disk.', { jobId: job.id, err });
    }
    return clip;
  }

  /** @throws CommandError `clip_too_large` when even the smallest kind of file may not be uploaded */
  async #generateToFit(job: Job<RiffJob>, signal: AbortSignal): Promise<GeneratedClip> {
    const { request, attachmentSizeLimit } = job.data;
    for (const audioFormat of new Set([request.audioFormat, SMALLEST_FORMAT])) {
      const clip = await this.#generate(job, audioFormat, signal);
      if (clip.picture.length > attachmentSizeLimit) break;
      if (clip.audio.bytes.length <= attachmentSizeLimit) return clip;
    }
    throw new CommandError('clip_too_large');
  }

  async #generate(job: Job<RiffJob>, audioFormat: AudioFormat, signal: AbortSignal): Promise<GeneratedClip> {
    const { engine, statuses } = this.#options;
    try {
      return await engine.generate(
        { ...job.data.request, audioFormat },
        {
          signal,
          onProgress: (state: GenerationProgress) => statuses.show(job, progress(job, state)),
          previewIntervalMs: PREVIEW_INTERVAL_MS,
        },
      );
    } catch (error) {
      if (!isWorthAnotherTry(error)) throw error;
      throw new RetryableError('The engine stopped in the middle of a clip.', { cause: error });
    }
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof EngineError && (error.isTransient || error.code === 'engine_closed');
}
