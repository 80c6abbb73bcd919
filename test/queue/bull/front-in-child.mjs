// A program that adds jobs until it is killed. Usage: node front-in-child.mjs <url> <queue>
import { writeSync } from 'node:fs';

import { BullJobQueue } from '../../../dist/src/queue/bull/bull-job-queue.js';

const [url, name] = process.argv.slice(2);
const queue = await BullJobQueue.open({ url, name, parseData: String, onWarning: () => undefined });
await queue.start();
for (;;) writeSync(1, `${(await queue.add('5')).id}\n`);
