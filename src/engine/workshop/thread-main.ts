/** Entry file of a thread: one task after another, each answered with its result or its failure. */
import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

import { toFailure } from '../failure.js';
import { postAndGiveAway } from './post-message.js';
import { performTask } from './sound-tasks.js';
import type { FromThread, ThreadSettings, ToThread } from './thread-protocol.js';

giveWay((workerData as ThreadSettings).priority);
parentPort?.on('message', (task: ToThread) => void answer(task));

async function answer(task: ToThread): Promise<void> {
  const answered = await outcomeOf(task);
  if (parentPort) postAndGiveAway(parentPort, answered);
}

async function outcomeOf(task: ToThread): Promise<FromThread> {
  try {
    return { type: 'done', result: await performTask(task) };
  } catch (error) {
    return { type: 'failed', failure: toFailure(error) };
  }
}

/** Linux takes the calling thread for "this process"; elsewhere it would be the whole process, main thread included. */
function giveWay(priority: number): void {
  if (process.platform !== 'linux') return;
  try {
    // A process that already gives way more than that may not take it back.
    setPriority(Math.max(getPriority(), priority));
  } catch {
    // Sandboxes may forbid it. Sound is then made all the same.
  }
}
