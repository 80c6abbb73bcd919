/** A guild's settings, as its moderators see them. */
import type { APIEmbedField } from 'discord.js';

import { EMBED_COLOR } from '../clip-parts.js';
import type { Phrases } from '../language/phrases.js';
import type { MessageView } from '../message-view.js';
import { plainText, shorten } from '../plain-text.js';
import type { GuildSettings } from './guild-settings.js';

const FIELD_LENGTH = 1024; // Discord's limit
const MENTIONED_MAX = 40;

export interface SettingsViewOptions {
  /** Names of the installed models. */
  readonly models: readonly string[];
  readonly isChanged: boolean;
}

export function settingsView(
  guild: GuildSettings,
  phrases: Phrases,
  { models, isChanged }: SettingsViewOptions,
): MessageView {
  const { settings } = phrases;
  const fields = [
    ...makingFields(guild, models, settings),
    ...accessFields(guild, settings),
    ...showingFields(guild, settings),
    ...quotaFields(guild, settings),
  ];
  return {
    content: isChanged ? settings.changed : '',
    embeds: [{ color: EMBED_COLOR, title: settings.title, fields }],
  };
}

type Words = Phrases['settings'];

function makingFields(guild: GuildSettings, models: readonly string[], words: Words): APIEmbedField[] {
  const { model, numInferenceSteps, maxSteps, maxSeconds, language } = guild;
  const name = model === null ? words.asBot : plainText(model);
  const isGone = model !== null && !models.includes(model);
  const steps = [
    numInferenceSteps === null ? words.asModel : String(numInferenceSteps),
    ...(maxSteps === null ? [] : [words.atMost(maxSteps)]),
  ];
  return [
    field(words.fields.model, isGone ? words.modelGone(name) : name),
    field(words.fields.steps, steps.join('; ')),
    field(words.fields.length, maxSeconds === null ? words.unlimited : words.seconds(maxSeconds)),
    field(words.fields.language, language ?? words.asAsker),
  ];
}

function accessFields({ channelIds, roleIds, deleters }: GuildSettings, words: Words): APIEmbedField[] {
  return [
    field(words.fields.channels, mentions(channelIds, '#') ?? words.everywhere),
    field(words.fields.roles, mentions(roleIds, '@&') ?? words.everybody),
    field(words.fields.deletion, words.deleters[deleters]),
  ];
}

function showingFields(guild: GuildSettings, words: Words): APIEmbedField[] {
  const { spoilers, spoilerChannelIds, ageRestricted, bannedWords } = guild;
  const hidden = spoilers === 'listed' ? mentions(spoilerChannelIds, '#') : undefined;
  const list = bannedWords.map((word) => plainText(word)).join(', ');
  return [
    field(words.fields.spoilers, hidden ?? words.spoilers[spoilers]),
    field(words.fields.ageRestricted, words.ageRules[ageRestricted]),
    // Whoever looks at the settings need not read them at once.
    {
      name: words.fields.words,
      value: list === '' ? words.noWords : `||${shorten(list, FIELD_LENGTH - 4)}||`,
    },
  ];
}

function quotaFields(guild: GuildSettings, words: Words): APIEmbedField[] {
  const both = (perPerson: number | null, perServer: number | null): string => {
    const parts = [
      ...(perPerson === null ? [] : [words.perPerson(perPerson)]),
      ...(perServer === null ? [] : [words.perServer(perServer)]),
    ];
    return parts.length === 0 ? words.asOperator : parts.join('; ');
  };
  return [
    field(words.fields.queue, both(guild.maxJobsPerUser, guild.maxJobs)),
    field(words.fields.hour, both(guild.clipsPerHourPerUser, guild.clipsPerHour)),
  ];
}

function mentions(ids: readonly string[], sign: '#' | '@&'): string | undefined {
  if (ids.length === 0) return undefined;
  const shown = ids.slice(0, MENTIONED_MAX).map((id) => `<${sign}${id}>`);
  return [...shown, ...(ids.length > MENTIONED_MAX ? ['…'] : [])].join(' ');
}

function field(name: string, value: string): APIEmbedField {
  return { name, value: shorten(value, FIELD_LENGTH), inline: true };
}
