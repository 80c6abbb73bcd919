import { PermissionFlagsBits } from 'discord.js';
import type { ButtonInteraction } from 'discord.js';

import { DELETE_ACTION } from '../clip-buttons.js';
import type { UpdatingButton } from '../command.js';
import { CommandError } from '../errors.js';
import type { SettingsStore } from '../settings/settings-store.js';

/** `Delete`: takes a clip's message away. */
export class DeleteButton implements UpdatingButton {
  readonly name = DELETE_ACTION;
  readonly answers = 'update';
  readonly #settings: Pick<SettingsStore, 'read'>;

  constructor(settings: Pick<SettingsStore, 'read'>) {
    this.#settings = settings;
  }

  /** @param requesterId - Who asked for the clip. @throws CommandError `not_your_clip` */
  async execute(interaction: ButtonInteraction, requesterId: string): Promise<void> {
    if (!this.#mayDelete(interaction, requesterId)) throw new CommandError('not_your_clip');
    await interaction.deleteReply();
  }

  #mayDelete({ user, guildId, memberPermissions }: ButtonInteraction, requesterId: string): boolean {
    if (memberPermissions?.has(PermissionFlagsBits.ManageMessages)) return true;
    const { deleters } = this.#settings.read(guildId);
    return deleters === 'everybody' || (deleters === 'requester' && user.id === requesterId);
  }
}
