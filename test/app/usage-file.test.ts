import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { UsageFile } from '../../src/app/usage-file.js';
import { PinoLogger } from '../../src/logger.js';
import { ManualClock } from './manual-clock.js';

const MINUTE_MS = 60_000;
const ADA = { userId: '1001', guildId: '2002', clips: 1 };
const BO = { userId: '1002', guildId: null, clips: 4 };

let folder: string;
let path: string;
let clock: ManualClock;
let log: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffcord-usage-'));
  path = join(folder, 'usage.json');
  clock = new ManualClock();
  log = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('UsageFile', () => {
  it('remembers for an hour, over restarts', async () => {
    const usage = await opened();
    usage.note(ADA);
    await clock.advance(30 * MINUTE_MS);
    usage.note(BO);
    await usage.close();
    const later = await opened();
    expect(later.recent()).toMatchObject([ADA, BO]);
    await clock.advance(31 * MINUTE_MS);
    expect(later.recent()).toMatchObject([BO]);
    await clock.advance(30 * MINUTE_MS);
    expect(later.recent()).toEqual([]);
  });

  it('writes many notes in few writes, and the last of them all', async () => {
    const usage = await opened();
    for (let i = 0; i < 500; i++) usage.note(ADA);
    await usage.close();
    expect((await opened()).recent()).toHaveLength(500);
    expect(await readdir(folder)).toEqual(['usage.json']);
  });

  it('takes back what was refused after all', async () => {
    const usage = await opened();
    usage.takeBack(usage.note(ADA));
    usage.note(BO);
    await usage.close();
    expect((await opened()).recent()).toMatchObject([BO]);
  });

  it('forgets a person on the disk, though nobody gets around a quota by that', async () => {
    const usage = await opened();
    usage.note(ADA);
    usage.note(BO);
    await usage.forget(ADA.userId);
    expect(await readFile(path, 'utf8')).not.toContain(ADA.userId);
    expect(usage.recent()).toMatchObject([ADA, BO]);
    usage.note(ADA);
    await usage.close();
    expect((await opened()).recent()).toMatchObject([BO, ADA]);
  });

  it('does not hold against people what lies in the future of a clock that was set back', async () => {
    const usage = await opened();
    usage.note(ADA);
    await usage.close();
    await clock.advance(-10 * MINUTE_MS);
    expect((await opened()).recent()).toEqual([]);
  });

  it('begins anew when the file is damaged, puts it aside and says so', async () => {
    await writeFile(path, '[');
    const usage = await opened();
    expect(usage.recent()).toEqual([]);
    expect(log.join('')).toContain('The count of clips is damaged');
    expect(await readdir(folder)).toEqual([expect.stringContaining('usage.json.damaged-')]);
  });

  it('counts on when the disk takes nothing, and says so', async () => {
    const usage = await opened();
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    usage.note(ADA);
    await usage.close();
    expect(usage.recent()).toMatchObject([ADA]);
    expect(log.join('')).toContain('could not be written');
  });
});

function opened(): Promise<UsageFile> {
  const logger = new PinoLogger('warn', { write: (line) => log.push(line) });
  return UsageFile.open({ path, clock, logger });
}
