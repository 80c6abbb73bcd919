import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe } from 'vitest';

import { BullJobQueue } from '../../../src/queue/bull/bull-job-queue.js';
import type { BullJobQueueOptions } from '../../../src/queue/bull/bull-job-queue-options.js';
import { describeJobQueue } from '../../contract/job-queue.contract.js';
import { RedisServer } from './redis-server.js';
import { redisServerProgram } from './redis-server-program.js';

let server: RedisServer;
let warnings: string[];

describe.skipIf(redisServerProgram() === undefined)(
  'with redis-server (Debian: apt install redis-server)',
  () => {
    beforeAll(async () => {
      server = await RedisServer.start();
    });
    beforeEach(() => {
      warnings = [];
    });
    afterAll(() => server.stop());

    describeJobQueue('BullJobQueue', () => {
      const name = randomUUID();
      return { open: (options) => openQueue({ name, ...options }) };
    });
  },
);

function openQueue(options: Partial<BullJobQueueOptions<string>> = {}): Promise<BullJobQueue<string>> {
  return BullJobQueue.open<string>({
    url: server.url,
    name: randomUUID(),
    parseData: (raw) => {
      if (typeof raw !== 'string') throw new Error('not a string');
      return raw;
    },
    onWarning: (message) => warnings.push(message),
    ...options,
  });
}
