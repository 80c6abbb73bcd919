// A worker, to be killed. Usage: node worker-in-child.mjs <url> <queue> <witness file> <concurrency>
// Its processor notes in the witness file when it begins a job and when it has done it.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { BullJobWorker } from '../../../dist/src/queue/bull/bull-job-worker.js';

const [url, name, witness, concurrency] = process.argv.slice(2);
const note = (...words) => appendFileSync(witness, `${words.join(' ')}\n`);

const worker = await BullJobWorker.open({
  url,
  name,
  concurrency: Number(concurrency),
  parseData: String,
  onWarning: () => undefined,
  processor: async (job, { signal }) => {
    note('begun', job.id, process.pid);
    if (job.data === 'kills the program') process.kill(process.pid, 'SIGKILL');
    await sleep(Number(job.data), undefined, { signal });
    note('done', job.id, process.pid);
  },
});
process.on('SIGTERM', () => void worker.close().then(() => process.exit(0)));
await worker.start();
