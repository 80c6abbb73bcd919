import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';

import type { OptionChoice, PrivateCommand } from '../command.js';
import { phrasesFor } from '../language/languages.js';
import type { MessageView } from '../message-view.js';
import { settingsPayload } from '../payloads/settings.js';
import type { SettingsSubcommand } from '../payloads/settings.js';
import { sentenceOnly } from '../replies.js';
import {
  channelsChange,
  clipsChange,
  DEFAULT_MODEL,
  quotasChange,
  resetChange,
  rolesChange,
  SettingsRefusal,
  wordsChange,
} from './settings-change.js';
import type { GivenValue, SettingsChange } from './settings-change.js';
import type { SettingsStore } from './settings-store.js';
import { settingsView } from './settings-view.js';

export interface SettingsCommandOptions {
  readonly settings: SettingsStore;
  /** Names of the installed ones, the default first. */
  readonly models: readonly string[];
}

const MAX_CHOICES = 25; // Discord's limits
const MAX_CHOICE_LENGTH = 100;

/** `/settings`: what a guild decides. Discord shows it to moderators alone. */
export class SettingsCommand implements PrivateCommand {
  readonly name = settingsPayload.name;
  readonly answers = 'privately';
  readonly #options: SettingsCommandOptions;

  constructor(options: SettingsCommandOptions) {
    this.#options = options;
  }

  /** @throws QueueError `storage_failed` */
  async execute(interaction: ChatInputCommandInteraction): Promise<MessageView> {
    const { settings, models } = this.#options;
    const phrases = phrasesFor(interaction.locale);
    const { guildId } = interaction;
    if (guildId === null) return sentenceOnly(phrases.settings.notMember);
    const name = interaction.options.getSubcommand() as SettingsSubcommand;
    if (name === 'show') {
      return settingsView(settings.read(guildId), phrases, { models, isChanged: false });
    }
    if (name !== 'reset' && givenCount(interaction) === 0) {
      return sentenceOnly(phrases.settings.nothingGiven);
    }
    try {
      const changed = await settings.change(guildId, this.#changeOf(name, interaction));
      return settingsView(changed, phrases, { models, isChanged: true });
    } catch (error) {
      if (error instanceof SettingsRefusal) return sentenceOnly(error.sentence(phrases));
      throw error;
    }
  }

  /** Models: all other options have fixed choices. */
  autocomplete(interaction: AutocompleteInteraction): readonly OptionChoice[] {
    const { asBot } = phrasesFor(interaction.locale).settings;
    const typed = interaction.options.getFocused().trim().toLowerCase();
    return [
      { name: asBot, value: DEFAULT_MODEL },
      ...this.#options.models.map((name) => ({ name, value: name })),
    ]
      .filter(({ name }) => name.length <= MAX_CHOICE_LENGTH && name.toLowerCase().includes(typed))
      .slice(0, MAX_CHOICES);
  }

  #changeOf(
    name: Exclude<SettingsSubcommand, 'show'>,
    { options }: ChatInputCommandInteraction,
  ): SettingsChange {
    const given: GivenValue = (option) => options.get(option)?.value;
    switch (name) {
      case 'clips':
        return clipsChange(given, this.#options.models);
      case 'quotas':
        return quotasChange(given);
      case 'channels':
        return channelsChange(given);
      case 'roles':
        return rolesChange(given);
      case 'words':
        return wordsChange(given);
      case 'reset':
        return resetChange();
    }
  }
}

function givenCount({ options }: ChatInputCommandInteraction): number {
  return options.data[0]?.options?.length ?? 0;
}
