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

  it('reads back four riffs, a way between clips, a longer clip, a loop and a voice message', () => {
    const { strength, input, request, ...place } = remixJob();
    const origin = { guildId: '2', channelId: '3', messageId: '4', position: 3 };
    const jobs = [
      { ...riffJob(), count: 4 },
      { ...place, kind: 'morph', request, strength, input, endInput: { ...input, origin } },
      { ...place, kind: 'longer', request, input },
      { ...place, kind: 'rounds', title: 'x', rounds: 4, format: 'ogg', input },
      { ...place, kind: 'voice-message', title: 'x', input },
    ];
    for (const job of jobs) expect(parseClipJob(JSON.parse(JSON.stringify(job)))).toMatchObject(job);
  });

  it('takes jobs of journals that knew riffs alone', () => {
    const old = JSON.parse(JSON.stringify({ ...riffJob(), kind: undefined })) as object;
    expect(old).not.toHaveProperty('kind');
    expect(parseClipJob(old)).toEqual(riffJob());
  });

  it('takes jobs of journals that knew replies to interactions alone, and those that answer a message', () => {
    const { reply } = riffJob();
    const old = { ...riffJob(), reply: { ...reply, type: undefined } };
    expect(parseClipJob(JSON.parse(JSON.stringify(old)))).toEqual(riffJob());
    const answer = { ...riffJob(), reply: { type: 'message' as const, messageId: '6006' } };
    expect(parseClipJob(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
    expect(() => parseClipJob({ ...answer, reply: { type: 'message', messageId: '../6' } })).toThrow();
  });

  it.each([
    ['an empty prompt', { ...riffJob(), request: { prompt: '', seed: 1 } }],
    ['a channel that is no id', { ...riffJob(), channelId: '../x' }],
    ['a destination that nobody knows', { ...riffJob(), destination: { type: 'moon' } }],
    ['no reply', { ...riffJob(), reply: undefined }],
    ['a kind that nobody knows', { ...riffJob(), kind: 'dance' }],
    ['a remix of nothing', { ...remixJob(), input: undefined }],
    ['a file outside of its folder', remixJob('../../../../../../etc/passwd')],
    ['five clips in one message', { ...riffJob(), count: 5 }],
    ['a strength above 1', { ...remixJob(), strength: 1.5 }],
    ['nothing', null],
  ])('refuses %s', (_what, raw) => {
    expect(() => parseClipJob(raw)).toThrow();
  });
});
