import { randomBytes } from 'node:crypto';
import { MessageFlags } from 'discord.js';
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  InteractionEditReplyOptions,
} from 'discord.js';

import type { Logger } from '../logger.js';
import type { DeferredReply } from './command.js';
import { parseCustomId } from './custom-id.js';
import { phrasesFor } from './language/languages.js';
import type { Registry } from './registry.js';
import { sentenceFor } from './sentences.js';

const NOBODY = { parse: [] } as const;

/**
 * Finds what an interaction asks for, acknowledges it before anything else is done (Discord waits for three
 * seconds), runs it, and turns what it throws into a reply. Never rejects.
 */
export class Dispatcher {
  readonly #registry: Registry;
  readonly #logger: Logger;

  constructor(registry: Registry, logger: Logger) {
    this.#registry = registry;
    this.#logger = logger;
  }

  async dispatch(interaction: Interaction): Promise<void> {
    try {
      if (interaction.isChatInputCommand()) await this.#runCommand(interaction);
      else if (interaction.isButton()) await this.#runButton(interaction);
      else if (interaction.isAutocomplete()) await this.#complete(interaction);
    } catch (err) {
      // Most often Discord no longer knows the interaction: there is nobody left to answer.
      this.#logger.warn('An interaction could not be answered.', { interactionId: interaction.id, err });
    }
  }

  async #runCommand(interaction: ChatInputCommandInteraction): Promise<void> {
    const command = this.#registry.command(interaction.commandName);
    if (command === undefined) {
      const { unknownCommand } = phrasesFor(interaction.locale).failures;
      await interaction.reply({ content: unknownCommand, flags: MessageFlags.Ephemeral });
      return;
    }
    await this.#reply(interaction, (reply) => command.execute(interaction, reply));
  }

  async #runButton(interaction: ButtonInteraction): Promise<void> {
    const id = parseCustomId(interaction.customId);
    const button = id && this.#registry.button(id.action);
    if (id === undefined || button === undefined) {
      const { unknownButton } = phrasesFor(interaction.locale).failures;
      await interaction.reply({ content: unknownButton, flags: MessageFlags.Ephemeral });
      return;
    }
    if (button.answers === 'reply') {
      await this.#reply(interaction, (reply) => button.execute(interaction, id.argument, reply));
      return;
    }
    await interaction.deferUpdate();
    try {
      await button.execute(interaction, id.argument);
    } catch (error) {
      const { content } = this.#replyFor(error, interaction);
      await interaction.followUp({ content, flags: MessageFlags.Ephemeral, allowedMentions: NOBODY });
    }
  }

  /** Promises a reply, and fills it in itself when what should have done so fails. */
  async #reply(
    interaction: ChatInputCommandInteraction | ButtonInteraction,
    execute: (reply: DeferredReply) => Promise<void>,
  ): Promise<void> {
    const { interaction: deferred } = await interaction.deferReply({ withResponse: true });
    try {
      await execute({ messageId: deferred.responseMessageId });
    } catch (error) {
      await interaction.editReply(this.#replyFor(error, interaction));
    }
  }

  async #complete(interaction: AutocompleteInteraction): Promise<void> {
    const command = this.#registry.command(interaction.commandName);
    const choices = command?.autocomplete?.(interaction) ?? [];
    await interaction.respond(choices);
  }

  #replyFor(error: unknown, interaction: Interaction) {
    const content = sentenceFor(error, phrasesFor(interaction.locale)) ?? this.#incident(error, interaction);
    return { content, allowedMentions: NOBODY } satisfies InteractionEditReplyOptions;
  }

  #incident(error: unknown, interaction: Interaction): string {
    const incident = randomBytes(4).toString('hex');
    const { id: interactionId, guildId } = interaction;
    this.#logger.error('A command failed.', { incident, interactionId, guildId, err: error });
    return phrasesFor(interaction.locale).failures.unexpected(incident);
  }
}
