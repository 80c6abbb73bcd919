import type { GeneratingKind, JobInput, JobOf } from '../commands/clip-job.js';
import { clips as clipsView } from '../commands/clip-view.js';
import { CommandError } from '../commands/errors.js';
import type { InputStore } from '../commands/input-store.js';
import type { MessageView } from '../commands/message-view.js';
import { progress } from '../commands/replies.js';
import type { BatchPart } from '../commands/replies.js';
import type { GenerationRequest, InitSource } from '../engine/generation-request.js';
import { SEED_MAX } from '../engine/limits.js';
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
export type GeneratingJob = Job<JobOf<GeneratingKind>>;

const PREVIEW_INTERVAL_MS = 3000;
/** The kind of audio file that is smallest. */
const SMALLEST_FORMAT: AudioFormat = 'ogg';
/** Bytes that all files of a message may have, with room for its words: Discord takes 25 MiB at once. */
const MESSAGE_MAX_BYTES = 24 * 2 ** 20;
/** How much of a longer clip's second half is new: so much that it goes somewhere, and so little that the beat stays. */
const LONGER_STRENGTH = 0.9;

/** Clips that the model makes: from words, or from words and clips. */
export class ClipGenerator {
  readonly #options: ClipGeneratorOptions;

  constructor(options: ClipGeneratorOptions) {
    this.#options = options;
  }

  /**
   * All clips of a job, as they are to be posted.
   * @throws CommandError `clip_too_large` when even the smallest kind of file may not be uploaded, `input_lost`;
   * RetryableError, EngineError, CancelledError
   */
  async make(job: GeneratingJob, signal: AbortSignal): Promise<MessageView> {
    const count = job.data.kind === 'riff' ? (job.data.count ?? 1) : 1;
    const request = await this.#requestOf(job.data);
    const made: GeneratedClip[] = [];
    for (let index = 0; index < count; index++) {
      const seed = (request.seed + index) % (SEED_MAX + 1);
      made.push(await this.#fitting(job, { ...request, seed }, { index, count }, signal));
    }
    const view = clipsView(job, made);
    const bytes = (view.files ?? []).reduce((sum, file) => sum + file.bytes.length, 0);
    if (bytes > MESSAGE_MAX_BYTES) throw new CommandError('clip_too_large');
    return view;
  }

  /** One clip whose files may be uploaded. */
  async #fitting(
    job: GeneratingJob,
    request: GenerationRequest,
    part: BatchPart,
    signal: AbortSignal,
  ): Promise<GeneratedClip> {
    const { attachmentSizeLimit } = job.data;
    for (const audioFormat of new Set([request.audioFormat, SMALLEST_FORMAT])) {
      const clip = await this.#generate(job, { ...request, audioFormat }, part, signal);
      if (clip.picture.length > attachmentSizeLimit) break;
      if (clip.audio.bytes.length <= attachmentSizeLimit) return clip;
    }
    throw new CommandError('clip_too_large');
  }

  async #requestOf(data: GeneratingJob['data']): Promise<GenerationRequest> {
    const { request } = data;
    switch (data.kind) {
      case 'riff':
        return request;
      case 'remix':
        return { ...request, strength: data.strength, init: await this.#file(data.input) };
      case 'longer': {
        const mask = { kind: 'mask-picture', name: 'second-half' } as const;
        return { ...request, strength: LONGER_STRENGTH, init: await this.#file(data.input), mask };
      }
      case 'morph':
        return this.#morph(data);
    }
  }

  async #morph({ request, strength, input, endInput }: JobOf<'morph'>): Promise<GenerationRequest> {
    if (!input) return request;
    const init = await this.#file(input);
    const endInit = endInput && (await this.#file(endInput));
    const end = request.end && { ...request.end, ...(endInit && { init: endInit }) };
    return { ...request, strength, init, end };
  }

  async #file(input: JobInput): Promise<InitSource> {
    return { kind: 'file', bytes: await readInput(this.#options.inputs, input) };
  }

  #generate(
    job: GeneratingJob,
    request: GenerationRequest,
    part: BatchPart,
    signal: AbortSignal,
  ): Promise<GeneratedClip> {
    const { engine, statuses } = this.#options;
    return retryingFaults(() =>
      engine.generate(request, {
        signal,
        onProgress: (state: GenerationProgress) => statuses.show(job, progress(job, state, part)),
        previewIntervalMs: PREVIEW_INTERVAL_MS,
      }),
    );
  }
}
