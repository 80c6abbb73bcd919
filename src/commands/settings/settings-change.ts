/** What moderators may change of their guild's settings: one function for each subcommand. */
import type { CommandInteractionOption } from 'discord.js';

import type { Phrases } from '../language/phrases.js';
import { bannedWord } from './banned-words/banned-word.js';
import {
  AGE_RULES,
  BANNED_WORD_MAX_LENGTH,
  BANNED_WORDS_MAX,
  DEFAULT_GUILD_SETTINGS,
  DELETERS,
  LISTED_CHANNELS_MAX,
  LISTED_ROLES_MAX,
  SPOILER_RULES,
} from './guild-settings.js';
import type { GuildSettings } from './guild-settings.js';

/** The options that were filled in. */
export type GivenValue = (name: string) => CommandInteractionOption['value'];
export type SettingsChange = (settings: GuildSettings) => GuildSettings;

/** What was given cannot be a setting; nothing has changed. */
export class SettingsRefusal extends Error {
  override readonly name = 'SettingsRefusal';
  readonly sentence: (phrases: Phrases) => string;

  constructor(sentence: (phrases: Phrases) => string) {
    super('What was given cannot be a setting.');
    this.sentence = sentence;
  }
}

/** For the model: the bot's own choice. */
export const DEFAULT_MODEL = '*';
const ALL_WORDS = '*';

/** @param models - Those that are installed. @throws SettingsRefusal, when it is used */
export function clipsChange(given: GivenValue, models: readonly string[]): SettingsChange {
  const model = given('model');
  if (model !== undefined && model !== DEFAULT_MODEL && !models.includes(String(model))) {
    throw new SettingsRefusal(({ settings }) => settings.unknownModel(models));
  }
  return (settings) => ({
    ...settings,
    ...(model !== undefined && { model: model === DEFAULT_MODEL ? null : String(model) }),
    numInferenceSteps: numberOr(given('steps'), settings.numInferenceSteps),
    maxSteps: numberOr(given('max-steps'), settings.maxSteps),
    maxSeconds: numberOr(given('max-length'), settings.maxSeconds),
    language: languageOr(given('language'), settings.language),
    deleters: oneOf(DELETERS, given('deletion'), settings.deleters),
    spoilers: oneOf(SPOILER_RULES, given('spoilers'), settings.spoilers),
    ageRestricted: oneOf(AGE_RULES, given('age-restricted'), settings.ageRestricted),
  });
}

export function quotasChange(given: GivenValue): SettingsChange {
  return (settings) => ({
    ...settings,
    maxJobsPerUser: numberOr(given('person'), settings.maxJobsPerUser),
    maxJobs: numberOr(given('server'), settings.maxJobs),
    clipsPerHourPerUser: numberOr(given('person-hour'), settings.clipsPerHourPerUser),
    clipsPerHour: numberOr(given('server-hour'), settings.clipsPerHour),
  });
}

/** Whoever hides clips in one channel wants channels to count, unless all do already. */
export function channelsChange(given: GivenValue): SettingsChange {
  const id = String(given('channel'));
  const max = LISTED_CHANNELS_MAX;
  const use = given('use');
  return (settings) => {
    const { channelIds, spoilerChannelIds, spoilers } = settings;
    if (use === 'allow') return { ...settings, channelIds: withOne(channelIds, id, max) };
    if (use === 'remove') return { ...settings, channelIds: without(channelIds, [id]) };
    if (use === 'show') return { ...settings, spoilerChannelIds: without(spoilerChannelIds, [id]) };
    return {
      ...settings,
      spoilers: spoilers === 'never' ? 'listed' : spoilers,
      spoilerChannelIds: withOne(spoilerChannelIds, id, max),
    };
  };
}

export function rolesChange(given: GivenValue): SettingsChange {
  const id = String(given('role'));
  return (settings) => {
    const { roleIds } = settings;
    const isAllowed = given('use') === 'allow';
    return {
      ...settings,
      roleIds: isAllowed ? withOne(roleIds, id, LISTED_ROLES_MAX) : without(roleIds, [id]),
    };
  };
}

/** @throws SettingsRefusal, when it is used */
export function wordsChange(given: GivenValue): SettingsChange {
  const added = wordsIn(given('add'));
  const removed = wordsIn(given('remove'));
  const unusable = added.filter((word) => bannedWord(word) === undefined);
  if (unusable.length > 0) throw new SettingsRefusal(({ settings }) => settings.unusableWords(unusable));
  if (added.some((word) => [...word].length > BANNED_WORD_MAX_LENGTH)) {
    throw new SettingsRefusal(({ settings }) => settings.tooLongWords(BANNED_WORD_MAX_LENGTH));
  }
  return (settings) => {
    const kept = removed.includes(ALL_WORDS) ? [] : without(settings.bannedWords, removed);
    const bannedWords = [...new Set([...kept, ...added])];
    checkRoom(bannedWords.length, BANNED_WORDS_MAX);
    return { ...settings, bannedWords };
  };
}

export function resetChange(): SettingsChange {
  return () => DEFAULT_GUILD_SETTINGS;
}

/** Zero = nothing is decided. */
function numberOr(value: unknown, otherwise: number | null): number | null {
  if (typeof value !== 'number') return otherwise;
  return value === 0 ? null : value;
}

function languageOr(value: unknown, otherwise: string | null): string | null {
  if (typeof value !== 'string') return otherwise;
  return value === 'none' ? null : value;
}

function oneOf<Choice extends string>(known: readonly Choice[], value: unknown, otherwise: Choice): Choice {
  return known.find((choice) => choice === value) ?? otherwise;
}

function withOne(ids: readonly string[], id: string, max: number): readonly string[] {
  const all = [...new Set([...ids, id])];
  checkRoom(all.length, max);
  return all;
}

function checkRoom(count: number, max: number): void {
  if (count > max) throw new SettingsRefusal(({ settings }) => settings.tooMany(max));
}

/** Words are the same in any case. */
function without(items: readonly string[], removed: readonly string[]): readonly string[] {
  const gone = new Set(removed.map((item) => item.toLowerCase()));
  return items.filter((item) => !gone.has(item.toLowerCase()));
}

function wordsIn(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  const words = value.split(/[,，、;\n]/).map((word) => word.trim().replace(/\s+/g, ' ').toLowerCase());
  return words.filter((word) => word !== '');
}
