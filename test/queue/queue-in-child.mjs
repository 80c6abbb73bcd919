// A program with a queue, to be killed. Usage: node queue-in-child.mjs <folder> <witness file> [data to add ...]
// Says "accepted <id> <data>" once a job is safe; its processor notes the job in the witness file when done.
import { appendFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { JournalJobQueue } from '../../dist/src/queue/journal-job-queue.js';

const [folder, witness, ...datas] = process.argv.slice(2);
const { promise: allAdded, resolve: noteAllAdded } = withResolvers();
const say = (line) => writeSync(1, `${line}\n`);

const queue = await JournalJobQueue.open({
  folder,
  parseData: String,
  onWarning: (message) => say(`warning ${message}`),
  compactAtBytes: 4000, // often: it may be killed in the middle of that, too
  processor: async (job) => {
    if (job.data === 'kills the program') {
      await allAdded; // or the jobs behind it might never have been accepted
      process.kill(process.pid, 'SIGKILL');
    }
    await sleep(2);
    appendFileSync(witness, `${job.id} ${job.data}\n`);
  },
});
queue.on('failed', (job, error) => say(`failed ${job.id} ${error.code} ${error.message}`));
queue.on('moved', () => queue.list().length === 0 && say('empty'));
await queue.start();
for (const data of datas) {
  try {
    const job = await queue.add(data);
    say(`accepted ${job.id} ${data}`);
  } catch (error) {
    say(`refused ${error.code} ${error.message}`);
  }
}
noteAllAdded();
await sleep(2 ** 30); // stays until it is killed

function withResolvers() {
  let resolve;
  const promise = new Promise((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
