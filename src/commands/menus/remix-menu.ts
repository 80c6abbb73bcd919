import { randomInt } from 'node:crypto';
import type { MessageContextMenuCommandInteraction, ModalSubmitInteraction } from 'discord.js';

import { parseGenerationRequest } from '../../engine/generation-request.js';
import { SEED_MAX } from '../../engine/limits.js';
import { titleShownIn } from '../buttons/shown-title.js';
import type { FileReference } from '../clip-finder.js';
import type { ClipInput } from '../clip-input.js';
import type { DeferredReply, ModalAction } from '../command.js';
import { CommandError } from '../errors.js';
import type { JobIntake } from '../job-intake.js';
import { phrasesFor } from '../language/languages.js';
import { remixMenuPayload } from '../payloads/menus.js';
import { readRemixForm, remixForm } from '../remix-form.js';
import type { ChosenClips } from './chosen-clips.js';
import { chosenClip, chosenMessage } from './chosen-message.js';
import type { MenuAnswer, MenuCommand } from './menu-command.js';

/** Its argument is the id of the message. */
const ACTION = 'remix-message';

/** `Remix` in a message's menu: asks for words and a strength. */
export class RemixMenu implements MenuCommand {
  readonly name = remixMenuPayload.name;
  readonly #chosen: ChosenClips;

  constructor(chosen: ChosenClips) {
    this.#chosen = chosen;
  }

  async answer(interaction: MessageContextMenuCommandInteraction): Promise<MenuAnswer> {
    const { user, locale, client } = interaction;
    const message = chosenMessage(interaction);
    await this.#chosen.remember(user.id, 'remix', chosenClip(interaction, 'any'));
    const words = message.authorId === client.user.id ? titleShownIn(message) : '';
    const id = { action: ACTION, argument: message.id };
    return { type: 'modal', modal: remixForm(id, words, phrasesFor(locale)) };
  }
}

export interface RemixMessageFormOptions {
  readonly chosen: ChosenClips;
  readonly intake: JobIntake;
  readonly input: ClipInput;
}

/** The form of `RemixMenu`, filled in. */
export class RemixMessageForm implements ModalAction {
  readonly name = ACTION;
  readonly #options: RemixMessageFormOptions;

  constructor(options: RemixMessageFormOptions) {
    this.#options = options;
  }

  async submit(interaction: ModalSubmitInteraction, messageId: string, reply: DeferredReply): Promise<void> {
    const { chosen, intake, input } = this.#options;
    const { prompt, strength } = readRemixForm(interaction.fields);
    await intake.accept(interaction, reply, async () => {
      const request = parseGenerationRequest({ prompt, seed: randomInt(SEED_MAX + 1) });
      const clip = await this.#clip(interaction.user.id, messageId);
      const work = { kind: 'remix', request, strength, input: await input.keep(clip, 'any') } as const;
      await chosen.drop(interaction.user.id, 'remix');
      return work;
    });
  }

  async #clip(userId: string, messageId: string): Promise<FileReference> {
    const clip = await this.#options.chosen.recall(userId, 'remix');
    if (clip?.origin?.messageId !== messageId) throw new CommandError('choice_forgotten');
    return clip;
  }
}
