/** Lets a workshop work, never disposes of it, and has nothing more to do. */
import { DEFAULT_SPECTROGRAM_PARAMS, ThreadedWorkshop } from '../../../dist/src/engine/index.js';

const workshop = new ThreadedWorkshop({ threads: 2, idleTimeoutMs: 600_000 });
const picture = { width: 3, height: 512, rgb: new Uint8Array(3 * 512 * 3) };
const work = [1, 2].map(() => workshop.pictureToSound(picture, DEFAULT_SPECTROGRAM_PARAMS));
await Promise.all(work);
console.log(`${workshop.threadCount} threads, idle`);
