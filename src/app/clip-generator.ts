import type { JobOf } from '../commands/clip-job.js';
import { clip as clipView } from '../commands/clip-view.js';
import { CommandError } from '../commands/errors.js';
import type { InputStore } from '../commands/input-store.js';
import type { MessageView } from '../commands/message-view.js';
import { progress } from '../commands/replies.js';
import type { GenerationRequest } from '../engine/generation-request.js';
import type { AudioFormat } from '../engine/limits.js';
import type { GeneratedClip, GenerationProgress, MusicEngine } from '../engine/music-engine.js';
import type { Job } from '../queue/job.js';
import { retryingFaults } from './engine-retry.js';
import { readInput } from './read-input.js';
import type { StatusMessages } from './status-messages.js';

export interface ClipGeneratorOptions {
  readonly engine: MusicEngine;
  readonly inputs: InputStore;
  readonly statuses: StatusMessages;
}

/** A job that the model is needed for. */
export type GeneratingJob = Job<JobOf<'riff' | 'remix'>>;

const PREVIEW_INTERVAL_MS = 3000;
/** The kind of audio file that is smallest. */
const SMALLEST_FORMAT: AudioFormat = 'ogg';

/** Clips that the model makes: from words, or from words and a clip. */
export class ClipGenerator {
  readonly #options: ClipGeneratorOptions;

  constructor(options: ClipGeneratorOptions) {
    this.#options = options;
  }

  /**
   * The finished clip as it is to be posted.
   * @throws CommandError `clip_too_large` when even the smallest kind of file may not be uploaded, `input_lost`;
   * RetryableError, EngineError, CancelledError
   */
  async make(job: GeneratingJob, signal: AbortSignal): Promise<MessageView> {
    const { attachmentSizeLimit } = job.data;
    const request = await this.#requestOf(job.data);
    for (const audioFormat of new Set([request.audioFormat, SMALLEST_FORMAT])) {
      const clip = await this.#generate(job, { ...request, audioFormat }, signal);
      if (clip.picture.length > attachmentSizeLimit) break;
      if (clip.audio.bytes.length <= attachmentSizeLimit) return clipView(job, clip);
    }
    throw new CommandError('clip_too_large');
  }

  async #requestOf(data: GeneratingJob['data']): Promise<GenerationRequest> {
    if (data.kind === 'riff') return data.request;
    const bytes = await readInput(this.#options.inputs, data.input);
    return { ...data.request, strength: data.strength, init: { kind: 'file', bytes } };
  }

  #generate(job: GeneratingJob, request: GenerationRequest, signal: AbortSignal): Promise<GeneratedClip> {
    const { engine, statuses } = this.#options;
    return retryingFaults(() =>
      engine.generate(request, {
        signal,
        onProgress: (state: GenerationProgress) => statuses.show(job, progress(job, state)),
        previewIntervalMs: PREVIEW_INTERVAL_MS,
      }),
    );
  }
}
