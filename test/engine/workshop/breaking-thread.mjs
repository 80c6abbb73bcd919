/** A thread as the program has it, but for pictures whose first pixel says how to break down instead. */
import { parentPort } from 'node:worker_threads';

import '../../../dist/src/engine/workshop/thread-main.js';

const WAYS = {
  1: () => process.exit(3),
  2: () => {
    throw new Error('a bug in a place where nobody catches it');
  },
  3: () => {
    const hoard = [];
    for (;;) hoard.push({ hoard: [hoard.length] });
  },
};

parentPort.on('message', ({ input }) => WAYS[input[0].rgb[0]]?.());
