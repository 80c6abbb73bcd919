import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SettingsFolder } from '../../../src/app/settings-folder.js';
import { UsageFile } from '../../../src/app/usage-file.js';
import { parseClipJob } from '../../../src/commands/clip-job.js';
import type { ClipJob, ClipWork } from '../../../src/commands/clip-job.js';
import { phrasesFor } from '../../../src/commands/language/languages.js';
import { sentenceFor } from '../../../src/commands/sentences.js';
import type { Asker } from '../../../src/commands/settings/asker.js';
import type { GuildSettings } from '../../../src/commands/settings/guild-settings.js';
import { Quotas } from '../../../src/commands/settings/quotas.js';
import type { OperatorQuotas } from '../../../src/commands/settings/quotas.js';
import { PinoLogger } from '../../../src/logger.js';
import { JournalJobQueue } from '../../../src/queue/journal-job-queue.js';
import { ManualClock } from '../../app/manual-clock.js';
import { riffJob } from '../sample-job.js';

const GUILD = '2002';
const ADA = asker('1001', GUILD);
const BO = asker('1002', GUILD);
const ADA_ELSEWHERE = asker('1001', '3003');
const MINUTE_MS = 60_000;

let folder: string;
let settings: SettingsFolder;
let usage: UsageFile;
let clock: ManualClock;
let queue: JournalJobQueue<ClipJob>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffcord-quotas-'));
  const logger = new PinoLogger('silent');
  clock = new ManualClock();
  settings = await SettingsFolder.open(join(folder, 'settings'), logger);
  usage = await UsageFile.open({ path: join(folder, 'usage.json'), clock, logger });
  queue = await JournalJobQueue.open<ClipJob>({
    folder: join(folder, 'queue'),
    processor: () => Promise.resolve(),
    parseData: parseClipJob,
    onWarning: () => {},
  });
});

afterEach(async () => {
  await queue.close();
  await usage.close();
  await rm(folder, { recursive: true, force: true });
});

describe('jobs in the queue', () => {
  it('are counted for each person everywhere, those that are being prepared among them', async () => {
    const quotas = quotasWith({ maxPerUser: 2 });
    await queue.add({ ...riffJob(), userId: ADA.userId });
    const preparing = quotas.reserve(ADA_ELSEWHERE);
    expect(refusal(() => quotas.reserve(ADA))).toContain('as many clips in the queue as one person may');
    expect(refusal(() => quotas.reserve(BO))).toBeUndefined();
    preparing.end();
    expect(refusal(() => quotas.reserve(ADA))).toBeUndefined();
  });

  it('are counted for a guild as it wants, and as the operator does', async () => {
    await decide({ maxJobsPerUser: 1, maxJobs: 2 });
    const quotas = quotasWith({ maxPerUser: 9, maxPerGuild: 3 });
    quotas.reserve(ADA);
    expect(refusal(() => quotas.reserve(ADA))).toContain('You have 1 clip in the queue');
    expect(refusal(() => quotas.reserve(ADA_ELSEWHERE))).toBeUndefined();
    quotas.reserve(BO);
    expect(refusal(() => quotas.reserve(asker('1003', GUILD)))).toContain('This server has 2 clips');
    await decide({ maxJobs: null });
    expect(refusal(() => quotas.reserve(asker('1003', GUILD)))).toBeUndefined();
    expect(refusal(() => quotas.reserve(asker('1004', GUILD)))).toContain('This server has 3 clips');
    expect(refusal(() => quotas.reserve(asker('1004', null)))).toBeUndefined();
  });
});

describe('clips in an hour', () => {
  it('are counted for each person, here and everywhere, and come free again', async () => {
    await decide({ clipsPerHourPerUser: 2 });
    const quotas = quotasWith({ maxPerUser: 9, clipsPerHourPerUser: 3 });
    quotas.reserve(ADA).charge(riff());
    await clock.advance(20 * MINUTE_MS);
    quotas.reserve(ADA).charge(riff());
    expect(refusal(() => quotas.reserve(ADA).charge(riff()))).toBe(
      'You may ask for 2 clips an hour, and you have. Please ask again <t:3600:R>.',
    );
    quotas.reserve(ADA_ELSEWHERE).charge(riff());
    expect(refusal(() => quotas.reserve(ADA_ELSEWHERE).charge(riff()))).toContain('3 clips an hour');
    expect(refusal(() => quotas.reserve(BO).charge(riff()))).toBeUndefined();
    await clock.advance(40 * MINUTE_MS);
    expect(refusal(() => quotas.reserve(ADA).charge(riff()))).toBeUndefined();
  });

  it('count each clip of a batch, and say when there will be room for all of them', async () => {
    await decide({ clipsPerHour: 5 });
    const quotas = quotasWith({ maxPerUser: 9 });
    quotas.reserve(ADA).charge(riff(2));
    await clock.advance(10 * MINUTE_MS);
    quotas.reserve(ADA).charge(riff(2));
    expect(refusal(() => quotas.reserve(BO).charge(riff(4)))).toContain('Please ask again <t:4200:R>');
    expect(refusal(() => quotas.reserve(BO).charge(riff(2)))).toContain('Please ask again <t:3600:R>');
    await decide({ clipsPerHour: 3 });
    expect(refusal(() => quotas.reserve(BO).charge(riff(4)))).toContain('fewer at once');
  });

  it('are given back for what was refused after all, and are not counted where nothing is made', async () => {
    await decide({ clipsPerHour: 1 });
    const quotas = quotasWith({ maxPerUser: 9 });
    const input = { key: '0'.repeat(32), name: 'x', origin: null };
    quotas.reserve(ADA).charge({ kind: 'see', input });
    const takeBack = quotas.reserve(ADA).charge(riff());
    expect(refusal(() => quotas.reserve(ADA).charge(riff()))).toContain('This server');
    takeBack();
    expect(refusal(() => quotas.reserve(ADA).charge(riff()))).toBeUndefined();
  });
});

function asker(userId: string, guildId: string | null): Asker {
  return { userId, guildId, channelIds: [], roleIds: [], isAgeRestricted: false };
}

function quotasWith(operator: OperatorQuotas): Quotas {
  return new Quotas({ queue, settings, usage, operator });
}

function decide(change: Partial<GuildSettings>): Promise<GuildSettings> {
  return settings.change(GUILD, (now) => ({ ...now, ...change }));
}

function riff(count = 1): ClipWork {
  return { kind: 'riff', request: riffJob().request, count };
}

function refusal(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return sentenceFor(error, phrasesFor('en-US'));
  }
  return undefined;
}
