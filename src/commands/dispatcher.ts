import { randomBytes } from 'node:crypto';
import { MessageFlags } from 'discord.js';
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  InteractionEditReplyOptions,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
} from 'discord.js';

import type { Logger } from '../logger.js';
import type { DeferredReply, UpdatingButton } from './command.js';
import { parseCustomId } from './custom-id.js';
import { phrasesFor } from './language/languages.js';
import type { MenuAnswer } from './menus/menu-command.js';
import type { MessageView } from './message-view.js';
import type { Registry } from './registry.js';
import { sentenceFor } from './sentences.js';

type AnyCommand = ChatInputCommandInteraction | MessageContextMenuCommandInteraction;

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
      else if (interaction.isModalSubmit()) await this.#runModal(interaction);
      else if (interaction.isMessageContextMenuCommand()) await this.#runMenu(interaction);
      else if (interaction.isAutocomplete()) await this.#complete(interaction);
    } catch (err) {
      // Most often Discord no longer knows the interaction: there is nobody left to answer.
      this.#logger.warn('An interaction could not be answered.', { interactionId: interaction.id, err });
    }
  }

  async #runCommand(interaction: ChatInputCommandInteraction): Promise<void> {
    const command = this.#registry.command(interaction.commandName);
    if (command === undefined) return this.#sayUnknownCommand(interaction);
    if (command.answers === 'privately') {
      return this.#answerPrivately(interaction, () => command.execute(interaction));
    }
    await this.#reply(interaction, (reply) => command.execute(interaction, reply));
  }

  async #runButton(interaction: ButtonInteraction): Promise<void> {
    const id = parseCustomId(interaction.customId);
    const button = id && this.#registry.button(id.action);
    if (id === undefined || button === undefined) return this.#sayUnknownButton(interaction);
    switch (button.answers) {
      case 'reply':
        return this.#reply(interaction, (reply) => button.execute(interaction, id.argument, reply));
      case 'privately':
        return this.#answerPrivately(interaction, () => button.execute(interaction, id.argument));
      case 'modal':
        return interaction.showModal(button.modal(interaction, id.argument));
      case 'update':
        return this.#update(interaction, button, id.argument);
    }
  }

  async #runModal(interaction: ModalSubmitInteraction): Promise<void> {
    const id = parseCustomId(interaction.customId);
    const modal = id && this.#registry.modal(id.action);
    if (id === undefined || modal === undefined) return this.#sayUnknownButton(interaction);
    await this.#reply(interaction, (reply) => modal.submit(interaction, id.argument, reply));
  }

  async #runMenu(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const menu = this.#registry.menu(interaction.commandName);
    if (menu === undefined) return this.#sayUnknownCommand(interaction);
    let answer: MenuAnswer;
    try {
      answer = await menu.answer(interaction);
    } catch (error) {
      await interaction.reply({ ...this.#replyFor(error, interaction), flags: MessageFlags.Ephemeral });
      return;
    }
    switch (answer.type) {
      case 'reply':
        return this.#reply(interaction, answer.run);
      case 'privately':
        return this.#answerPrivately(interaction, answer.view);
      case 'modal':
        await interaction.showModal(answer.modal);
    }
  }

  async #sayUnknownCommand(interaction: AnyCommand): Promise<void> {
    const { unknownCommand } = phrasesFor(interaction.locale).failures;
    await interaction.reply({ content: unknownCommand, flags: MessageFlags.Ephemeral });
  }

  async #sayUnknownButton(interaction: ButtonInteraction | ModalSubmitInteraction): Promise<void> {
    const { unknownButton } = phrasesFor(interaction.locale).failures;
    await interaction.reply({ content: unknownButton, flags: MessageFlags.Ephemeral });
  }

  async #update(interaction: ButtonInteraction, button: UpdatingButton, argument: string): Promise<void> {
    await interaction.deferUpdate();
    try {
      await button.execute(interaction, argument);
    } catch (error) {
      const { content } = this.#replyFor(error, interaction);
      await interaction.followUp({ content, flags: MessageFlags.Ephemeral, allowedMentions: NOBODY });
    }
  }

  async #answerPrivately(
    interaction: AnyCommand | ButtonInteraction,
    answer: () => Promise<MessageView> | MessageView,
  ): Promise<void> {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    try {
      await interaction.editReply(optionsOf(await answer()));
    } catch (error) {
      await interaction.editReply(this.#replyFor(error, interaction));
    }
  }

  /** Promises a reply, and fills it in itself when what should have done so fails. */
  async #reply(
    interaction: AnyCommand | ButtonInteraction | ModalSubmitInteraction,
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

function optionsOf({ content, embeds = [], components = [], files = [] }: MessageView) {
  return {
    content,
    embeds,
    components,
    files: files.map(({ name, bytes }) => ({ name, attachment: Buffer.from(bytes) })),
    allowedMentions: NOBODY,
  } satisfies InteractionEditReplyOptions;
}
