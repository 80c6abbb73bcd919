/**
 * Sound work in worker threads, as many as there are cores. The threads are our own, because piscina 5.3.2 leaves what
 * waits in its queue unbegun for ever when the last running task is aborted or its thread dies, and lets work that can be
 * aborted pass by its priority queue; tinypool has no priorities at all.
 */
import { availableParallelism } from 'node:os';

import type { AudioClip } from '../audio/audio-clip.js';
import type { AudioTags } from '../files/audio-tags.js';
import type { PictureTarget, WholeClip, WholeClipTarget } from '../files/clip-as-picture.js';
import type { ConvertedFile, FileConversion } from '../files/convert-file.js';
import type { ClipExport, ExportedSound } from '../files/export-clip.js';
import type { HeardPicture } from '../files/hear-picture.js';
import type { SeenSound } from '../files/see-sound.js';
import type { AudioFormat } from '../limits.js';
import type { EncodedAudio } from '../music-engine.js';
import type { PictureToSoundOptions } from '../spectrogram/picture-to-sound.js';
import type { EncodedPicture, SoundToPictureOptions } from '../spectrogram/sound-to-picture.js';
import type { SpectrogramParams } from '../spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import { engineClosed } from '../turnstile.js';
import type { SoundTask, TaskName, TaskResult } from './sound-tasks.js';
import { SoundThread } from './sound-thread.js';
import type { SoundWorkshop, WorkOptions } from './sound-workshop.js';
import { WaitingLine } from './waiting-line.js';

export interface ThreadedWorkshopOptions {
  /** Threads at most, each begun when there is work for it. @defaultValue as many as cores that may be used */
  readonly threads?: number;
  /** Milliseconds after which a thread without work ends and gives back its memory. @defaultValue 30000 */
  readonly idleTimeoutMs?: number;
  /**
   * Nice value of the threads, 0..19: above 0, the program's own thread comes first. Where threads have none of their
   * own, which is everywhere but on Linux, it does nothing. @defaultValue 10
   */
  readonly priority?: number;
  /** Megabytes of heap that a thread may have; arrays of samples are not part of it. @defaultValue 512 */
  readonly maxHeapMb?: number;
  /** Compiled entry file of a thread. @defaultValue thread-main.js beside this file */
  readonly entry?: URL;
}

export class ThreadedWorkshop implements SoundWorkshop {
  readonly #options: Required<ThreadedWorkshopOptions>;
  readonly #line: WaitingLine;
  /** All that have not exited, those that are ending included. */
  readonly #threads = new Set<SoundThread>();
  /** Those without work, longest first, each with what will end it. */
  readonly #idle = new Map<SoundThread, NodeJS.Timeout>();
  #isClosed = false;

  constructor(options: ThreadedWorkshopOptions = {}) {
    this.#options = {
      threads: availableParallelism(),
      idleTimeoutMs: 30_000,
      priority: 10,
      maxHeapMb: 512,
      entry: new URL('./thread-main.js', import.meta.url),
      ...options,
    };
    this.#line = new WaitingLine(this.#options.threads);
  }

  /** Threads that exist, busy or idle. */
  get threadCount(): number {
    return this.#threads.size;
  }

  pictureToSound(
    picture: SpectrogramPicture,
    params: SpectrogramParams,
    options: Omit<PictureToSoundOptions, 'signal'> = {},
    work: WorkOptions = {},
  ): Promise<AudioClip> {
    return this.#perform({ name: 'pictureToSound', input: [picture, params, options] }, work);
  }

  soundToPicture(
    clip: AudioClip,
    params: SpectrogramParams,
    options: Omit<SoundToPictureOptions, 'signal'> = {},
    work: WorkOptions = {},
  ): Promise<EncodedPicture> {
    return this.#perform({ name: 'soundToPicture', input: [clip, params, options] }, work);
  }

  writeAudio(
    clip: AudioClip,
    format: AudioFormat,
    tags: AudioTags = {},
    work: WorkOptions = {},
  ): Promise<EncodedAudio> {
    return this.#perform({ name: 'writeAudio', input: [clip, format, tags] }, work);
  }

  convertFile(conversion: FileConversion, work: WorkOptions = {}): Promise<ConvertedFile> {
    return this.#perform({ name: 'convertFile', input: [conversion] }, work);
  }

  clipAsPicture(
    bytes: Uint8Array,
    target: PictureTarget,
    work: WorkOptions = {},
  ): Promise<SpectrogramPicture> {
    return this.#perform({ name: 'clipAsPicture', input: [bytes, target] }, work);
  }

  wholeClipAsPicture(bytes: Uint8Array, target: WholeClipTarget, work: WorkOptions = {}): Promise<WholeClip> {
    return this.#perform({ name: 'wholeClipAsPicture', input: [bytes, target] }, work);
  }

  hearPicture(bytes: Uint8Array, format: AudioFormat, work: WorkOptions = {}): Promise<HeardPicture> {
    return this.#perform({ name: 'hearPicture', input: [bytes, format] }, work);
  }

  seeSound(bytes: Uint8Array, maxBytes: number, work: WorkOptions = {}): Promise<SeenSound> {
    return this.#perform({ name: 'seeSound', input: [bytes, maxBytes] }, work);
  }

  exportClip(bytes: Uint8Array, wanted: ClipExport, work: WorkOptions = {}): Promise<ExportedSound> {
    return this.#perform({ name: 'exportClip', input: [bytes, wanted] }, work);
  }

  async dispose(): Promise<void> {
    this.#isClosed = true;
    this.#line.turnAllAway(engineClosed());
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  async #perform<Name extends TaskName>(
    task: SoundTask<Name>,
    { signal, urgency = 'batch', giveAway = false }: WorkOptions,
  ): Promise<TaskResult<Name>> {
    this.#throwIfClosed();
    await this.#line.enter(urgency, signal);
    try {
      this.#throwIfClosed();
      const thread = this.#takeIdle() ?? this.#start();
      try {
        return await thread.perform(task, { signal, giveAway });
      } finally {
        if (thread.isUsable) this.#keep(thread);
      }
    } catch (error) {
      this.#throwIfClosed();
      throw error;
    } finally {
      this.#line.leave();
    }
  }

  /** The one that worked last, so that those there is no need for grow old. */
  #takeIdle(): SoundThread | undefined {
    const thread = [...this.#idle.keys()].at(-1);
    if (thread) this.#forgetIdle(thread);
    return thread;
  }

  #start(): SoundThread {
    const thread = new SoundThread({
      ...this.#options,
      onExit: () => {
        this.#threads.delete(thread);
        this.#forgetIdle(thread);
      },
    });
    this.#threads.add(thread);
    return thread;
  }

  #keep(thread: SoundThread): void {
    const end = (): void => {
      this.#forgetIdle(thread);
      void thread.end();
    };
    this.#idle.set(thread, setTimeout(end, this.#options.idleTimeoutMs).unref());
  }

  #forgetIdle(thread: SoundThread): void {
    clearTimeout(this.#idle.get(thread));
    this.#idle.delete(thread);
  }

  #throwIfClosed(): void {
    if (this.#isClosed) throw engineClosed();
  }
}
