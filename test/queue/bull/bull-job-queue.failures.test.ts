import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { BullJobQueue } from '../../../src/queue/bull/bull-job-queue.js';
import type { BullJobQueueOptions } from '../../../src/queue/bull/bull-job-queue-options.js';
import { RedisServer } from './redis-server.js';
import { redisServerProgram } from './redis-server-program.js';

const PATIENCE = { timeout: 30_000, interval: 20 };
const NOT_ACCEPTED = 'The request could not be saved, so it was not accepted: the ';

let server: RedisServer;
let warnings: string[];

describe.skipIf(redisServerProgram() === undefined)(
  'with redis-server (Debian: apt install redis-server)',
  () => {
    beforeEach(() => {
      warnings = [];
    });
    afterEach(() => server.stop());

    describe('BullJobQueue, opened where no queue can be kept', () => {
      it('says that nothing listens, and where', async () => {
        server = await RedisServer.start();
        await server.kill();
        await expect(open()).rejects.toMatchObject({
          code: 'storage_failed',
          message:
            `The queue at 127.0.0.1:${server.port} cannot be used: ` +
            'nothing listens at its address. Start the server, or correct the address.',
        });
      });

      it('says that the password is refused, and does not repeat it', async () => {
        server = await RedisServer.start({ settings: { requirepass: 'right' } });
        const url = server.url.replace('//', '//:wrong@');
        const refusal: unknown = await open({ url }).catch((error: unknown) => error);
        expect(refusal).toMatchObject({
          code: 'storage_failed',
          message: expect.stringMatching(/refuses the password/) as string,
        });
        expect((refusal as Error).message).not.toContain('wrong');
      });

      it.each([
        ['REPLICAOF', ['127.0.0.1', '1'], /may only be read from \(it is a replica\)/],
        ['CONFIG', ['SET', 'maxmemory', '1'], /memory of the queue’s server is full/],
      ])('says why it cannot be written to: %s %j', async (command, words, reason) => {
        server = await RedisServer.start();
        await server.command(command, ...words);
        await expect(open()).rejects.toMatchObject({
          code: 'storage_failed',
          message: expect.stringMatching(reason) as string,
        });
      });

      it('says that the server does not answer', async () => {
        server = await RedisServer.start();
        server.freeze();
        await expect(open({ answerMs: 200 })).rejects.toMatchObject({
          code: 'storage_failed',
          message: expect.stringMatching(/does not answer/) as string,
        });
        server.thaw();
      });

      it('says that another program has the queue', async () => {
        server = await RedisServer.start();
        const name = randomUUID();
        const queue = await open({ name });
        await expect(open({ name })).rejects.toMatchObject({ code: 'locked' });
        await queue.close();
        await (await open({ name })).close();
      });

      it('warns of a server that forgets', async () => {
        server = await RedisServer.start({ settings: { 'maxmemory-policy': 'allkeys-lru' } });
        await (await open()).close();
        expect(warnings).toEqual([
          'The queue’s server throws jobs away when its memory is full: set its maxmemory-policy to noeviction.',
          'The queue’s server may forget jobs when it stops: set its appendonly to yes.',
        ]);
      });
    });

    describe('BullJobQueue, while its server is in trouble', () => {
      it.each([
        ['full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0'], 'memory'],
        [
          'read-only',
          ['REPLICAOF', '127.0.0.1', '1'],
          ['REPLICAOF', 'NO', 'ONE'],
          'queue’s server may only be read',
        ],
      ])(
        'refuses jobs when it is %s, and goes on by itself when it no longer is',
        async (_, harm, heal, reason) => {
          server = await RedisServer.start({ isDurable: true });
          let finish = (): void => undefined;
          const gate = new Promise<void>((resolve) => (finish = resolve));
          const queue = await open({ processor: () => gate });
          const completed: string[] = [];
          queue.on('completed', (job) => completed.push(job.data));
          await queue.add('running');
          await queue.add('waiting');
          await queue.start();
          await vi.waitFor(() => expect(queue.list()[0]?.state).toBe('active'), PATIENCE);

          await server.command(harm[0] ?? '', ...harm.slice(1));
          await expect(queue.add('refused')).rejects.toMatchObject({
            code: 'storage_failed',
            message: expect.stringContaining(NOT_ACCEPTED + reason) as string,
          });
          expect(queue.list().map((job) => job.data)).toEqual(['running', 'waiting']);
          finish();
          await server.command(heal[0] ?? '', ...heal.slice(1));

          await vi.waitFor(() => expect(completed).toEqual(['running', 'waiting']), PATIENCE);
          await vi.waitFor(() => queue.add('later'), PATIENCE);
          await vi.waitFor(() => expect(completed).toEqual(['running', 'waiting', 'later']), PATIENCE);
          await queue.close();
        },
      );

      it('refuses jobs while it is away, and runs those that wait when it is back', async () => {
        server = await RedisServer.start({ isDurable: true });
        const ran: string[] = [];
        const queue = await open({ processor: (job) => Promise.resolve(void ran.push(job.data)) });
        const kept = await queue.add('kept');
        await server.kill();
        await expect(queue.add('refused')).rejects.toMatchObject({
          code: 'storage_failed',
          message: `${NOT_ACCEPTED}queue’s server does not answer. Please try again in a minute.`,
        });
        expect(queue.list()).toEqual([kept]);
        await server.restart();
        await vi.waitFor(() => queue.add('later'), PATIENCE);
        await queue.start();
        await vi.waitFor(() => expect(ran).toEqual(['kept', 'later']), PATIENCE);
        expect(warnings.some((warning) => warning.includes('is cut off'))).toBe(true);
        expect(warnings.some((warning) => warning.includes('can be reached again'))).toBe(true);
        await queue.close();
      });

      it('refuses a job that it could not save in time, and never runs it', async () => {
        server = await RedisServer.start();
        const ran: string[] = [];
        const queue = await open({
          answerMs: 200,
          processor: (job) => Promise.resolve(void ran.push(job.data)),
        });
        await queue.start();
        server.freeze();
        await expect(queue.add('refused')).rejects.toMatchObject({ code: 'storage_failed' });
        server.thaw();
        await vi.waitFor(() => queue.add('later'), PATIENCE);
        await vi.waitFor(() => expect(ran).toEqual(['later']), PATIENCE);
        expect(queue.list()).toEqual([]);
        await queue.close();
      });

      it('tells a server again what it has forgotten', async () => {
        server = await RedisServer.start({ isDurable: false });
        const ran: string[] = [];
        const queue = await open({
          processor: (job) => Promise.resolve(void ran.push(`${job.id} ${job.data}`)),
        });
        const jobs = [await queue.add('a'), await queue.add('b')];
        await server.kill();
        await server.restart();
        await vi.waitFor(() => expect(warnings.join()).toContain('had forgotten job'), PATIENCE);
        await queue.start();
        await vi.waitFor(() => expect(ran).toEqual(jobs.map(({ id, data }) => `${id} ${data}`)), PATIENCE);
        await queue.close();
      });
    });
  },
);

function open(options: Partial<BullJobQueueOptions<string>> = {}): Promise<BullJobQueue<string>> {
  return BullJobQueue.open<string>({
    url: server.url,
    name: randomUUID(),
    parseData: String,
    onWarning: (message) => warnings.push(message),
    ...options,
  });
}
