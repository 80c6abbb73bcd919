import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SettingsFolder } from '../../src/app/settings-folder.js';
import { DEFAULT_GUILD_SETTINGS } from '../../src/commands/settings/guild-settings.js';
import { PinoLogger } from '../../src/logger.js';

const GUILD = '2002';

let path: string;
let log: string[];

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'riffcord-settings-')), 'settings');
  log = [];
});

afterEach(() => rm(join(path, '..'), { recursive: true, force: true }));

describe('SettingsFolder', () => {
  it('has the defaults for guilds that decided nothing, and for direct messages', async () => {
    const settings = await opened();
    expect(settings.read(GUILD)).toEqual(DEFAULT_GUILD_SETTINGS);
    expect(settings.read(null)).toEqual(DEFAULT_GUILD_SETTINGS);
  });

  it('has on the disk what it has confirmed, for each guild apart', async () => {
    const settings = await opened();
    await settings.change(GUILD, (now) => ({ ...now, maxSteps: 30, bannedWords: ['damn'] }));
    await settings.change('3003', (now) => ({ ...now, spoilers: 'always' }));
    expect(settings.read(GUILD).maxSteps).toBe(30);
    const later = await opened();
    expect(later.read(GUILD)).toEqual({ ...DEFAULT_GUILD_SETTINGS, maxSteps: 30, bannedWords: ['damn'] });
    expect(later.read('3003').spoilers).toBe('always');
    expect((await readdir(path)).sort()).toEqual(['2002.json', '3003.json']);
  });

  it('makes changes one after the other, so that none is lost', async () => {
    const settings = await opened();
    const words = Array.from({ length: 20 }, (_, index) => `word${index}`);
    await Promise.all(
      words.map((word) =>
        settings.change(GUILD, (now) => ({ ...now, bannedWords: [...now.bannedWords, word] })),
      ),
    );
    expect((await opened()).read(GUILD).bannedWords).toEqual(words);
  });

  it('keeps no file of a guild that has gone back to the defaults', async () => {
    const settings = await opened();
    await settings.change(GUILD, (now) => ({ ...now, maxSteps: 30 }));
    await settings.change(GUILD, () => DEFAULT_GUILD_SETTINGS);
    expect(await readdir(path)).toEqual([]);
  });

  it('refuses what is no setting, and goes on with the last good ones', async () => {
    const settings = await opened();
    await settings.change(GUILD, (now) => ({ ...now, maxSteps: 30 }));
    await expect(settings.change(GUILD, (now) => ({ ...now, maxSteps: 1e9 }))).rejects.toThrow();
    await settings.change(GUILD, (now) => ({ ...now, maxSeconds: 20 }));
    expect(settings.read(GUILD)).toMatchObject({ maxSteps: 30, maxSeconds: 20 });
  });

  it('changes nothing when the disk does not take it, and says so', async () => {
    const settings = await opened();
    await writeFile(path, 'a file where the folder should be');
    const change = settings.change(GUILD, (now) => ({ ...now, maxSteps: 30 }));
    await expect(change).rejects.toMatchObject({ code: 'storage_failed' });
    expect(settings.read(GUILD)).toEqual(DEFAULT_GUILD_SETTINGS);
  });

  it('leaves out what was being written when the program died', async () => {
    await mkdir(path);
    await writeFile(join(path, '2002.json.x.part'), '{"version":1,"settings":{"maxSteps":30}}');
    expect((await opened()).read(GUILD).maxSteps).toBeNull();
    expect(await readdir(path)).toEqual([]);
  });

  it.each([
    ['torn', '{"version":1,"settings":{"maxSt'],
    ['empty', ''],
    ['no text', Buffer.from([0xff, 0xfe, 0x00])],
    ['of a later version', '{"version":2,"settings":{}}'],
    ['wrong in one value', '{"version":1,"settings":{"maxSteps":"many"}}'],
  ])('puts a file aside that is %s, says so, and reads the others', async (_what, bytes) => {
    const settings = await opened();
    await settings.change('3003', (now) => ({ ...now, maxSteps: 30 }));
    await writeFile(join(path, '2002.json'), bytes);
    const later = await opened();
    expect(later.read(GUILD)).toEqual(DEFAULT_GUILD_SETTINGS);
    expect(later.read('3003').maxSteps).toBe(30);
    const kept = (await readdir(path)).find((name) => name.startsWith('2002.json.damaged-')) ?? '';
    expect(await readFile(join(path, kept))).toEqual(Buffer.from(bytes));
    expect(log.join('')).toContain('The settings of a guild are damaged');
    expect(log.join('')).toContain(kept);
    await later.change(GUILD, (now) => ({ ...now, maxSteps: 10 }));
    expect((await opened()).read(GUILD).maxSteps).toBe(10);
  });

  it('takes settings that know less than it does', async () => {
    await mkdir(path);
    await writeFile(join(path, '2002.json'), '{"version":1,"settings":{"maxSteps":30}}');
    expect((await opened()).read(GUILD)).toEqual({ ...DEFAULT_GUILD_SETTINGS, maxSteps: 30 });
  });
});

function opened(): Promise<SettingsFolder> {
  return SettingsFolder.open(path, new PinoLogger('warn', { write: (line) => log.push(line) }));
}
