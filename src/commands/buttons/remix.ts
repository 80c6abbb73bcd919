import type { APIModalInteractionResponseCallbackData, ButtonInteraction } from 'discord.js';
import type { ModalSubmitInteraction } from 'discord.js';

import { parseGenerationRequest } from '../../engine/generation-request.js';
import { REMIX_ACTION } from '../clip-buttons.js';
import type { DeferredReply, ModalAction, ModalButton } from '../command.js';
import { CommandError } from '../errors.js';
import type { JobIntake } from '../job-intake.js';
import { phrasesFor } from '../language/languages.js';
import { readRemixForm, remixForm } from '../remix-form.js';
import { messageOf } from '../shown-message.js';
import { titleShownIn } from './shown-title.js';
import { wordsOf } from './posted-clip.js';
import type { PostedClips } from './posted-clip.js';

/** `Remix`: asks for words and a strength. */
export class RemixButton implements ModalButton {
  readonly name = REMIX_ACTION;
  readonly answers = 'modal';

  /** @param position - Which clip of the message. */
  modal(interaction: ButtonInteraction, position: string): APIModalInteractionResponseCallbackData {
    const id = { action: REMIX_ACTION, argument: position };
    return remixForm(id, titleShownIn(messageOf(interaction)), phrasesFor(interaction.locale));
  }
}

export interface RemixModalOptions {
  readonly intake: JobIntake;
  readonly clips: PostedClips;
}

/** The form of `RemixButton`, filled in: a remix of the clip that it was opened from. */
export class RemixModal implements ModalAction {
  readonly name = REMIX_ACTION;
  readonly #options: RemixModalOptions;

  constructor(options: RemixModalOptions) {
    this.#options = options;
  }

  async submit(interaction: ModalSubmitInteraction, position: string, reply: DeferredReply): Promise<void> {
    const { intake, clips } = this.#options;
    const { message, guildId } = interaction;
    if (message === null) throw new CommandError('message_without_clip');
    const { prompt, strength } = readRemixForm(interaction.fields);
    await intake.accept(interaction, reply, async () => {
      const clip = await clips.read(messageOf({ message, guildId }), Number(position));
      const request = parseGenerationRequest({ ...wordsOf(clip), prompt });
      return { kind: 'remix', request, strength, input: await clips.keep(clip) };
    });
  }
}
