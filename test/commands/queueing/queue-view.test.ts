import { describe, expect, it } from 'vitest';

import { phrasesFor } from '../../../src/commands/language/languages.js';
import { queueView } from '../../../src/commands/queueing/queue-view.js';
import { mayCancel } from '../../../src/commands/queueing/viewer.js';
import type { Viewer } from '../../../src/commands/queueing/viewer.js';
import { riffJob, waitingJob } from '../sample-job.js';

const english = phrasesFor('en-US');
const GUILD = '2002';
const HERE = '3003';
const ADA: Viewer = {
  userId: '1001',
  guildId: GUILD,
  canSee: (channelId) => channelId === HERE,
  mayManage: false,
};

describe('the list of the queue', () => {
  it('shows the words of what is one’s own, and of what one may see', () => {
    const jobs = [
      jobOf({ prompt: 'mine in a direct message', guildId: null, channelId: '9' }),
      jobOf({ prompt: 'here', userId: '1002' }),
      jobOf({ prompt: 'in a closed channel', userId: '1002', channelId: '3004' }),
      jobOf({ prompt: 'in another guild', userId: '1002', guildId: '2003' }),
    ];
    const view = queueView(jobs, ADA, english);
    expect(view.embeds?.[0]?.description?.split('\n')).toEqual([
      '**1.** mine in a direct message (yours)',
      '**2.** here <@1002>',
      '**3.** a clip for somebody elsewhere',
      '**4.** a clip for somebody elsewhere',
    ]);
    const inDirectMessage = queueView(jobs, { ...ADA, userId: '5', guildId: null }, english);
    expect(inDirectMessage.embeds?.[0]?.description).not.toContain('**2.** here');
  });

  it('hides what is a spoiler, and pings or formats nothing', () => {
    const jobs = [jobOf({ prompt: '@everyone **x** || y', isSpoiler: true })];
    const text = queueView(jobs, ADA, english).embeds?.[0]?.description;
    expect(text).toBe('**1.** ||@\u200beveryone \\*\\*x\\*\\* \\|\\| y|| (yours)');
  });

  it('fits into a message however long it is, with one’s own at its end', () => {
    const others = Array.from({ length: 3000 }, () =>
      jobOf({ prompt: '*'.repeat(500), end: '*'.repeat(500), userId: '1002' }),
    );
    const own = Array.from({ length: 30 }, () => jobOf({ prompt: '*'.repeat(500), end: '_'.repeat(500) }));
    const view = queueView([...others, ...own], ADA, english);
    const text = view.embeds?.[0]?.description ?? '';
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text).toContain('**3001.**');
    expect(text).toMatch(/… and 3,010 more\.$/);
    expect(view.components).toHaveLength(2);
  });

  it('says that there is nothing', () => {
    expect(queueView([], ADA, english)).toMatchObject({ content: english.line.empty, embeds: [] });
  });
});

describe('a job may be cancelled', () => {
  const others = { userId: '1002', guildId: GUILD };

  it('by who asked, wherever that was, and by moderators of its guild alone', () => {
    expect(mayCancel(ADA, { userId: ADA.userId, guildId: null })).toBe(true);
    expect(mayCancel(ADA, others)).toBe(false);
    expect(mayCancel({ ...ADA, mayManage: true }, others)).toBe(true);
    expect(mayCancel({ ...ADA, mayManage: true, guildId: '2003' }, others)).toBe(false);
    const direct = { ...ADA, mayManage: true, guildId: null };
    expect(mayCancel(direct, { userId: '1002', guildId: null })).toBe(false);
  });
});

function jobOf({
  prompt = 'x',
  end,
  ...place
}: { prompt?: string; end?: string } & Partial<ReturnType<typeof riffJob>>) {
  const job = { ...riffJob({ prompt }), ...place };
  return waitingJob(end === undefined ? job : { ...job, request: { ...job.request, end: { prompt: end } } });
}
