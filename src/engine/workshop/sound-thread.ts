/** One worker thread, from start to exit: one task at a time. It is never restarted; a new one is made. */
import { Worker } from 'node:worker_threads';

import { throwIfCancelled } from '../cancellation.js';
import { CancelledError, EngineError } from '../errors.js';
import { fromFailure } from '../failure.js';
import { postAndGiveAway } from './post-message.js';
import type { SoundTask, TaskName, TaskResult } from './sound-tasks.js';
import type { FromThread, ThreadSettings } from './thread-protocol.js';

export interface SoundThreadOptions extends ThreadSettings {
  /** Compiled entry file of the thread. */
  readonly entry: URL;
  /** Megabytes of heap, beyond which the thread ends; arrays of samples are not part of it. */
  readonly maxHeapMb: number;
  /** Called exactly once, however the thread ended. */
  readonly onExit: (thread: SoundThread) => void;
}

export interface PerformOptions {
  /** Ends the thread with its task: the work in it never looks up. */
  readonly signal: AbortSignal | undefined;
  /** Move the input's buffers instead of copying them. */
  readonly giveAway: boolean;
}

interface CurrentTask {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class SoundThread {
  readonly #worker: Worker;
  #current: CurrentTask | undefined;
  /** What ended the thread, if it was not asked to end. */
  #fault: unknown;
  #isEnding = false;

  constructor({ entry, maxHeapMb, priority, onExit }: SoundThreadOptions) {
    const settings: ThreadSettings = { priority };
    this.#worker = new Worker(entry, {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    });
    this.#worker.unref();
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('error', (error) => (this.#fault = error));
    this.#worker.once('exit', (code) => {
      this.#isEnding = true;
      this.#current?.reject(threadDied(this.#fault ?? `exit code ${code}`));
      onExit(this);
    });
  }

  /** False from the moment at which it was told to end. */
  get isUsable(): boolean {
    return !this.#isEnding;
  }

  /** @throws EngineError, also `engine_crashed` when the thread ends in the middle; CancelledError */
  async perform<Name extends TaskName>(
    task: SoundTask<Name>,
    { signal, giveAway }: PerformOptions,
  ): Promise<TaskResult<Name>> {
    throwIfCancelled(signal);
    const cancel = (): void => {
      this.#current?.reject(new CancelledError('Cancelled.', { cause: signal?.reason }));
      void this.end();
    };
    signal?.addEventListener('abort', cancel);
    // Only a thread with something to do keeps the process alive.
    this.#worker.ref();
    try {
      const result = await new Promise((resolve, reject) => {
        this.#current = { resolve, reject };
        if (giveAway) postAndGiveAway(this.#worker, task);
        else this.#worker.postMessage(task);
      });
      return result as TaskResult<Name>;
    } finally {
      this.#current = undefined;
      this.#worker.unref();
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends it in the middle of whatever it does; resolves when it is gone. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#worker.terminate();
  }

  #receive(message: FromThread): void {
    if (message.type === 'done') this.#current?.resolve(message.result);
    else this.#current?.reject(fromFailure(message.failure));
  }
}

function threadDied(cause: unknown): EngineError {
  const message = 'The engine broke down in the middle of this request. Please try again.';
  return new EngineError('engine_crashed', message, { cause });
}
