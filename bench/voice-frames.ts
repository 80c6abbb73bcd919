/**
 * How late a voice frame, due every 20 ms, comes on the main thread: alone, while clips are made on all cores in the
 * sound workshop, and while they are made on the main thread itself.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

import { ThreadedWorkshop, pictureToSound, readPicture } from '../src/engine/index.js';
import type { PictureFile } from '../src/engine/index.js';
import { THREAD_ENTRY } from './thread-entry.js';

const FRAME_MS = 20;
const FRAMES = 1500; // 30 s
/** Enough to see: there, nearly every frame is late. */
const FRAMES_BESIDE_WORK = 500;
const PICTURE = new URL('../test/fixtures/golden-audio/piano.png', import.meta.url);

interface Row {
  readonly name: string;
  /** Of each frame, milliseconds. */
  readonly latenesses: readonly number[];
  readonly clips: number;
}

export async function benchVoiceFrames(): Promise<void> {
  const file = await readPicture(await readFile(PICTURE));
  const threads = availableParallelism();
  print([
    { name: 'nothing else', latenesses: await framesSent(FRAMES), clips: 0 },
    await besideThreads(`clips on ${threads} threads that give way`, file, { priority: 10 }),
    await besideThreads(`clips on ${threads} threads of the same priority`, file, { priority: 0 }),
    await besideWork('clips on the main thread', file),
  ]);
}

async function besideThreads(
  name: string,
  { picture, params }: PictureFile,
  options: { readonly priority: number },
): Promise<Row> {
  const workshop = new ThreadedWorkshop({ ...options, entry: THREAD_ENTRY });
  const end = new AbortController();
  let clips = 0;
  const keepBusy = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await workshop.pictureToSound(picture, params, {}, { signal: end.signal });
      clips += 1;
    }
  };
  // One more than there are threads, so that none waits for the main thread between two clips.
  const work = Array.from({ length: availableParallelism() + 1 }, keepBusy);
  const latenesses = await framesSent(FRAMES);
  end.abort();
  await Promise.allSettled(work);
  await workshop.dispose();
  return { name, latenesses, clips };
}

async function besideWork(name: string, { picture, params }: PictureFile): Promise<Row> {
  let clips = 0;
  let hasEnded = false;
  const keepBusy = async (): Promise<void> => {
    for (; !hasEnded; clips += 1) {
      pictureToSound(picture, params);
      await nextTurn();
    }
  };
  const work = keepBusy();
  const latenesses = await framesSent(FRAMES_BESIDE_WORK);
  hasEnded = true;
  await work;
  return { name, latenesses, clips };
}

/** Milliseconds that each frame came after it was due. The clock does not drift; all that is overdue is sent at once. */
async function framesSent(count: number): Promise<number[]> {
  const startedAt = performance.now();
  const latenesses: number[] = [];
  while (latenesses.length < count) {
    const dueAt = startedAt + (latenesses.length + 1) * FRAME_MS;
    const lateness = performance.now() - dueAt;
    if (lateness >= 0) latenesses.push(lateness);
    else await sleep(Math.ceil(-lateness));
  }
  return latenesses;
}

function print(rows: readonly Row[]): void {
  console.log(`\nLateness of a voice frame, due every ${FRAME_MS} ms, in milliseconds`);
  console.log('| beside | p50 | p99 | p99.9 | max | frames | clips made |');
  console.log('|---|---|---|---|---|---|---|');
  for (const { name, latenesses, clips } of rows) {
    const sorted = [...latenesses].sort((a, b) => a - b);
    const cells = [0.5, 0.99, 0.999, 1].map((share) => percentile(sorted, share).toFixed(1));
    console.log(`| ${name} | ${cells.join(' | ')} | ${sorted.length} | ${clips} |`);
  }
}

/** @param sorted ascending */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}
