import { describe, expect, it } from 'vitest';

import { phrasesFor } from '../../../src/commands/language/languages.js';
import {
  DEFAULT_GUILD_SETTINGS,
  guildSettingsSchema,
} from '../../../src/commands/settings/guild-settings.js';
import type { GuildSettings } from '../../../src/commands/settings/guild-settings.js';
import {
  channelsChange,
  clipsChange,
  quotasChange,
  rolesChange,
  SettingsRefusal,
  wordsChange,
} from '../../../src/commands/settings/settings-change.js';
import type { GivenValue, SettingsChange } from '../../../src/commands/settings/settings-change.js';
import { settingsView } from '../../../src/commands/settings/settings-view.js';

type Given = Readonly<Record<string, string | number>>;

const english = phrasesFor('en-US');
const models = ['riffcord', 'slow'];

describe('what was not filled in', () => {
  it.each<[string, (given: GivenValue) => SettingsChange]>([
    ['clips', (given) => clipsChange(given, models)],
    ['quotas', quotasChange],
    ['words', wordsChange],
  ])('stays as it is: %s', (_name, change) => {
    expect(change(filled({}))(FULL)).toEqual(FULL);
  });
});

describe('numbers', () => {
  it('are taken, and 0 decides nothing any more', () => {
    const given = { steps: 12, 'max-steps': 0, 'max-length': 60 };
    const changed = clipsChange(filled(given), models)(FULL);
    expect(changed).toMatchObject({ numInferenceSteps: 12, maxSteps: null, maxSeconds: 60 });
    expect(quotasChange(filled({ person: 0, 'server-hour': 5 }))(FULL)).toMatchObject({
      maxJobsPerUser: null,
      maxJobs: FULL.maxJobs,
      clipsPerHour: 5,
    });
  });
});

describe('lists', () => {
  it('grow by one at a time, never twice by the same, up to their limit', () => {
    const allow = rolesChange(filled({ role: '7', use: 'allow' }));
    expect(allow(allow(DEFAULT_GUILD_SETTINGS)).roleIds).toEqual(['7']);
    const ids = Array.from({ length: 50 }, (_, index) => String(index + 100));
    expect(refusal(() => allow({ ...FULL, roleIds: ids }))).toContain('room for 50');
    const remove = rolesChange(filled({ role: '107', use: 'remove' }));
    expect(remove({ ...FULL, roleIds: ids }).roleIds).toHaveLength(49);
  });

  it('of channels for spoilers make them count', () => {
    const hide = channelsChange(filled({ channel: '7', use: 'hide' }));
    const hidden = hide({ ...DEFAULT_GUILD_SETTINGS, spoilers: 'never' });
    expect(hidden).toMatchObject({ spoilers: 'listed', spoilerChannelIds: ['7'] });
    expect(hide({ ...DEFAULT_GUILD_SETTINGS, spoilers: 'always' }).spoilers).toBe('always');
    const show = channelsChange(filled({ channel: '7', use: 'show' }));
    expect(show(hidden).spoilerChannelIds).toEqual([]);
  });
});

describe('words', () => {
  it('come in one line, in any form, and go again in any case', () => {
    const added = wordsChange(filled({ add: ' Damn,blood   money;  ＤＡＭＮ、馬鹿 ,, damn*' }));
    const now = added(DEFAULT_GUILD_SETTINGS);
    expect(now.bannedWords).toEqual(['damn', 'blood money', 'ｄａｍｎ', '馬鹿', 'damn*']);
    const fewer = wordsChange(filled({ remove: 'DAMN, Blood money' }))(now);
    expect(fewer.bannedWords).toEqual(['ｄａｍｎ', '馬鹿', 'damn*']);
    expect(wordsChange(filled({ remove: '*', add: 'heck' }))(now).bannedWords).toEqual(['heck']);
  });

  it.each([
    [{ add: 'ok, !!!' }, 'There are no letters in !!!.'],
    [{ add: 'x'.repeat(61) }, 'at most 60 characters'],
  ])('are refused when nothing can be done with them: %j', (given, sentence) => {
    expect(refusal(() => wordsChange(filled(given)))).toContain(sentence);
  });

  it('are refused when there are too many', () => {
    const many = Array.from({ length: 200 }, (_, index) => `word${index}`);
    const change = wordsChange(filled({ add: 'one more' }));
    expect(refusal(() => change({ ...FULL, bannedWords: many }))).toContain('room for 200');
  });
});

describe('the view of all settings', () => {
  it('fits into an embed however much is decided', () => {
    const ids = Array.from({ length: 100 }, (_, index) => String(10n ** 19n + BigInt(index)));
    const everything = guildSettingsSchema.parse({
      ...FULL,
      channelIds: ids,
      roleIds: ids.slice(0, 50),
      spoilerChannelIds: ids,
      bannedWords: Array.from({ length: 200 }, (_, index) => `*${'w'.repeat(50)}${index}`),
    });
    const [embed] = settingsView(everything, english, { models, isChanged: true }).embeds ?? [];
    const fields = embed?.fields ?? [];
    for (const { name, value } of fields) {
      expect(value.length, name).toBeGreaterThan(0);
      expect(value.length, name).toBeLessThanOrEqual(1024);
    }
    const characters = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    expect(characters + (embed?.title?.length ?? 0)).toBeLessThanOrEqual(6000);
  });

  it('says that a model is gone', () => {
    const gone = { ...FULL, model: 'old' };
    const [embed] = settingsView(gone, english, { models, isChanged: false }).embeds ?? [];
    expect(embed?.fields?.[0]?.value).toContain('old (no longer installed');
  });
});

const FULL: GuildSettings = {
  ...DEFAULT_GUILD_SETTINGS,
  model: 'slow',
  numInferenceSteps: 20,
  maxSteps: 40,
  maxSeconds: 30,
  language: 'de',
  deleters: 'moderator',
  spoilers: 'listed',
  ageRestricted: 'only',
  bannedWords: ['damn'],
  maxJobsPerUser: 1,
  maxJobs: 10,
  clipsPerHourPerUser: 3,
  clipsPerHour: 30,
};

function filled(given: Given): GivenValue {
  return (name) => given[name];
}

function refusal(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof SettingsRefusal) return error.sentence(english);
    throw error;
  }
  return undefined;
}
