import type { ClipJob, JobOf } from '../../src/commands/clip-job.js';
import { parseGenerationRequest } from '../../src/engine/generation-request.js';
import type { Job } from '../../src/queue/job.js';

/** A job's data, as `/riff` in a guild makes it. */
export function riffJob({ prompt = 'funk bassline', negativePrompt = '' } = {}): JobOf<'riff'> {
  return {
    kind: 'riff',
    request: parseGenerationRequest({ prompt, negativePrompt, seed: 7 }),
    userId: '1001',
    guildId: '2002',
    channelId: '3003',
    destination: { type: 'channel' },
    reply: {
      type: 'interaction',
      applicationId: '4004',
      interactionToken: 'secret',
      createdAt: 0,
      messageId: '5005',
    },
    locale: 'en-GB',
    attachmentSizeLimit: 10 * 1024 * 1024,
  };
}

/** The same of `/remix`, with a file of that key. */
export function remixJob(key = '0'.repeat(32)): JobOf<'remix'> {
  return { ...riffJob(), kind: 'remix', strength: 0.3, input: { key, name: 'a.mp3', origin: null } };
}

export function waitingJob<Data extends ClipJob>(data: Data): Job<Data> {
  return { id: '0mh3xtest', data, state: 'waiting', priority: 0, attempts: 0, addedAt: 0 };
}
