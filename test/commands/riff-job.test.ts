import { describe, expect, it } from 'vitest';

import { parseRiffJob } from '../../src/commands/riff-job.js';
import { riffJob } from './sample-job.js';

describe('parseRiffJob', () => {
  it('reads back what was written', () => {
    const job = riffJob({ prompt: 'slow piano' });
    expect(parseRiffJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
  });

  it.each([
    ['an empty prompt', { ...riffJob(), request: { prompt: '', seed: 1 } }],
    ['a channel that is no id', { ...riffJob(), channelId: '../x' }],
    ['a destination that nobody knows', { ...riffJob(), destination: { type: 'moon' } }],
    ['no reply', { ...riffJob(), reply: undefined }],
    ['nothing', null],
  ])('refuses %s', (_what, raw) => {
    expect(() => parseRiffJob(raw)).toThrow();
  });
});
