import { describe, expect, it } from 'vitest';

import { parseClipJob } from '../../src/commands/clip-job.js';
import { remixJob, riffJob } from './sample-job.js';

describe('parseClipJob', () => {
  it('reads back what was written', () => {
    const job = riffJob({ prompt: 'slow piano' });
    expect(parseClipJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
  });

  it('reads back a remix, with the key of its file and not the file', () => {
    const job = remixJob('0123456789abcdef0123456789abcdef');
    expect(parseClipJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
  });

  it('takes jobs of journals that knew riffs alone', () => {
    const old = JSON.parse(JSON.stringify({ ...riffJob(), kind: undefined })) as object;
    expect(old).not.toHaveProperty('kind');
    expect(parseClipJob(old)).toEqual(riffJob());
  });

  it.each([
    ['an empty prompt', { ...riffJob(), request: { prompt: '', seed: 1 } }],
    ['a channel that is no id', { ...riffJob(), channelId: '../x' }],
    ['a destination that nobody knows', { ...riffJob(), destination: { type: 'moon' } }],
    ['no reply', { ...riffJob(), reply: undefined }],
    ['a kind that nobody knows', { ...riffJob(), kind: 'dance' }],
    ['a remix of nothing', { ...remixJob(), input: undefined }],
    ['a file outside of its folder', remixJob('../../../../../../etc/passwd')],
    ['a strength above 1', { ...remixJob(), strength: 1.5 }],
    ['nothing', null],
  ])('refuses %s', (_what, raw) => {
    expect(() => parseClipJob(raw)).toThrow();
  });
});
