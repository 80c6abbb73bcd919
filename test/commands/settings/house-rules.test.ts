import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SettingsFolder } from '../../../src/app/settings-folder.js';
import type { ClipWork } from '../../../src/commands/clip-job.js';
import { phrasesFor } from '../../../src/commands/language/languages.js';
import { sentenceFor } from '../../../src/commands/sentences.js';
import type { Asker } from '../../../src/commands/settings/asker.js';
import type { GuildSettings } from '../../../src/commands/settings/guild-settings.js';
import { HouseRules } from '../../../src/commands/settings/house-rules.js';
import { parseGenerationRequest } from '../../../src/engine/generation-request.js';
import type { GenerationRequestInput } from '../../../src/engine/generation-request.js';
import { PinoLogger } from '../../../src/logger.js';

const GUILD = '2002';
const ADA: Asker = {
  userId: '1001',
  guildId: GUILD,
  channelIds: ['31', '30'],
  roleIds: [GUILD, '41'],
  isAgeRestricted: false,
};

let folder: string;
let settings: SettingsFolder;
let rules: HouseRules;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffcord-rules-'));
  settings = await SettingsFolder.open(folder, new PinoLogger('silent'));
  const models = [
    { name: 'riffcord', numInferenceSteps: 20 },
    { name: 'slow', numInferenceSteps: 50 },
  ];
  rules = new HouseRules({ settings, models });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a guild that has decided nothing', () => {
  it('lets everything pass as it is, and so do direct messages', () => {
    const work = riff({ numInferenceSteps: 100, seconds: 180 });
    for (const asker of [ADA, { ...ADA, guildId: null }]) {
      expect(() => rules.checkAsker(asker)).not.toThrow();
      expect(rules.applyTo(work, asker)).toEqual(work);
      expect(rules.styleFor(asker)).toEqual({ isSpoiler: false, language: null });
    }
  });
});

describe('a guild may say where and for whom', () => {
  it('by channels, whose threads are like them', async () => {
    await decide({ channelIds: ['30'] });
    expect(refusal(() => rules.checkAsker(ADA))).toBeUndefined();
    expect(refusal(() => rules.checkAsker({ ...ADA, channelIds: ['32'] }))).toBe(
      'Clips are not made in this channel. Please ask in <#30>, or in a direct message.',
    );
  });

  it('by roles', async () => {
    await decide({ roleIds: ['40', '42'] });
    expect(refusal(() => rules.checkAsker({ ...ADA, roleIds: ['42'] }))).toBeUndefined();
    expect(refusal(() => rules.checkAsker(ADA))).toContain('those who have <@&40> or <@&42>');
  });

  it('by age restriction', async () => {
    await decide({ ageRestricted: 'only' });
    expect(refusal(() => rules.checkAsker({ ...ADA, isAgeRestricted: true }))).toBeUndefined();
    expect(refusal(() => rules.checkAsker(ADA))).toContain('age-restricted channels alone');
  });
});

describe('a guild may say how', () => {
  it('much: steps and length', async () => {
    await decide({ maxSteps: 30, maxSeconds: 20 });
    expect(refusal(() => rules.applyTo(riff({ numInferenceSteps: 30, seconds: 20 }), ADA))).toBeUndefined();
    expect(refusal(() => rules.applyTo(riff({ numInferenceSteps: 31 }), ADA))).toContain('30 steps at most');
    expect(refusal(() => rules.applyTo(riff({ seconds: 21 }), ADA))).toContain('20 seconds at most');
    expect(refusal(() => rules.applyTo(riff({ pictures: 4 }), ADA))).toContain('20 seconds at most');
    expect(refusal(() => rules.applyTo(riff({ pictures: 3 }), ADA))).toBeUndefined();
  });

  it('by default, where people say nothing', async () => {
    await decide({ model: 'slow', numInferenceSteps: 12 });
    expect(requestOf(riff({}))).toMatchObject({ model: 'slow', numInferenceSteps: 12 });
    const chosen = { model: 'riffcord', numInferenceSteps: 7 };
    expect(requestOf(riff(chosen))).toMatchObject(chosen);
  });

  it('much, even where the model would take more by itself', async () => {
    await decide({ maxSteps: 30 });
    expect(requestOf(riff({ model: 'slow' })).numInferenceSteps).toBe(30);
    expect(requestOf(riff({})).numInferenceSteps).toBeUndefined();
  });

  it('with a model, and goes on with the default when that is gone', async () => {
    await decide({ model: 'removed' });
    expect(requestOf(riff({})).model).toBeUndefined();
  });
});

describe('banned words', () => {
  const input = { key: '0'.repeat(32), name: 'D4mn song.mp3', origin: null };

  it.each<[string, ClipWork]>([
    ['the prompt', riff({ prompt: 'd-a-m-n jazz' })],
    ['what is not wanted', riff({ prompt: 'jazz', negativePrompt: 'DAMN drums' })],
    ['the far end', riff({ prompt: 'jazz', end: { prompt: 'damn' } })],
    ['the name of a file', { kind: 'listen', format: 'mp3', input }],
    ['the title of a clip', { kind: 'voice-message', title: 'damn', input: { ...input, name: 'x' } }],
  ])('are found in %s', async (_where, work) => {
    await decide({ bannedWords: ['damn'] });
    const sentence = refusal(() => rules.applyTo(work, ADA));
    expect(sentence).toBe('There is a word in this that is not allowed here. Please say it in other words.');
    expect(refusal(() => rules.applyTo(work, { ...ADA, guildId: '9' }))).toBeUndefined();
  });

  it('may be allowed in age-restricted channels', async () => {
    await decide({ bannedWords: ['damn'], ageRestricted: 'any-words' });
    const work = riff({ prompt: 'damn' });
    expect(refusal(() => rules.applyTo(work, { ...ADA, isAgeRestricted: true }))).toBeUndefined();
    expect(refusal(() => rules.applyTo(work, ADA))).toContain('other words');
  });
});

it('clips are hidden always, or in the channels chosen for it and their threads, and have a language', async () => {
  await decide({ spoilerChannelIds: ['30'], language: 'de' });
  expect(rules.styleFor(ADA)).toEqual({ isSpoiler: true, language: 'de' });
  expect(rules.styleFor({ ...ADA, channelIds: ['33'] }).isSpoiler).toBe(false);
  await decide({ spoilers: 'always' });
  expect(rules.styleFor({ ...ADA, channelIds: ['33'] }).isSpoiler).toBe(true);
  await decide({ spoilers: 'never' });
  expect(rules.styleFor(ADA).isSpoiler).toBe(false);
});

function decide(change: Partial<GuildSettings>): Promise<GuildSettings> {
  return settings.change(GUILD, (now) => ({ ...now, ...change }));
}

function riff(request: Partial<GenerationRequestInput>): ClipWork & { kind: 'riff' } {
  return { kind: 'riff', request: parseGenerationRequest({ prompt: 'funk', seed: 1, ...request }) };
}

function requestOf(work: ClipWork & { kind: 'riff' }) {
  return rules.applyTo(work, ADA).request;
}

/** The sentence with which something is refused. */
function refusal(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return sentenceFor(error, phrasesFor('en-US'));
  }
  return undefined;
}
