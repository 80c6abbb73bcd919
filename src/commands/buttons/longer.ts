import type { ButtonInteraction } from 'discord.js';

import { parseGenerationRequest } from '../../engine/generation-request.js';
import { PICTURES_MAX } from '../../engine/limits.js';
import { LONGER_ACTION } from '../clip-buttons.js';
import type { DeferredReply, ReplyingButton } from '../command.js';
import { CommandError } from '../errors.js';
import type { JobIntake } from '../job-intake.js';
import { messageOf } from '../shown-message.js';
import { wordsOf } from './posted-clip.js';
import type { PostedClips } from './posted-clip.js';

export interface LongerButtonOptions {
  readonly intake: JobIntake;
  readonly clips: PostedClips;
}

/** `Longer`: the clip and as much again, which the model invents with the clip in its ears. */
export class LongerButton implements ReplyingButton {
  readonly name = LONGER_ACTION;
  readonly answers = 'reply';
  readonly #options: LongerButtonOptions;

  constructor(options: LongerButtonOptions) {
    this.#options = options;
  }

  /** @param position - Which clip of the message. @throws CommandError `long_enough` */
  async execute(interaction: ButtonInteraction, position: string, reply: DeferredReply): Promise<void> {
    const { intake, clips } = this.#options;
    await intake.accept(interaction, reply, async () => {
      const clip = await clips.read(messageOf(interaction), Number(position));
      const pictures = 2 * (clip.recipe.pictures ?? 1);
      if (pictures > PICTURES_MAX) throw new CommandError('long_enough');
      const request = parseGenerationRequest({ ...wordsOf(clip), pictures });
      return { kind: 'longer', request, input: await clips.keep(clip) };
    });
  }
}
