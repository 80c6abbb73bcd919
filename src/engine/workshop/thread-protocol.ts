/** What a thread and its owner say to each other. Both are the same program, so messages are not checked. */
import type { Failure } from '../failure.js';
import type { SoundTask } from './sound-tasks.js';

/** Settings of one thread. */
export interface ThreadSettings {
  /** Nice value that the thread takes, where threads have their own. */
  readonly priority: number;
}

export type ToThread = SoundTask;

export type FromThread =
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly failure: Failure };
