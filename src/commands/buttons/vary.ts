import type { ButtonInteraction } from 'discord.js';

import { parseGenerationRequest } from '../../engine/generation-request.js';
import { VARY_ACTION } from '../clip-buttons.js';
import type { DeferredReply, ReplyingButton } from '../command.js';
import type { JobIntake } from '../job-intake.js';
import { parseStrength } from '../strength.js';
import { messageOf } from '../shown-message.js';
import { wordsOf } from './posted-clip.js';
import type { PostedClips } from './posted-clip.js';

export interface VaryButtonOptions {
  readonly intake: JobIntake;
  readonly clips: PostedClips;
}

/** `Vary`: a remix of the clip, with its own words. */
export class VaryButton implements ReplyingButton {
  readonly name = VARY_ACTION;
  readonly answers = 'reply';
  readonly #options: VaryButtonOptions;

  constructor(options: VaryButtonOptions) {
    this.#options = options;
  }

  /** @param argument - The strength, and after a slash which clip of the message. */
  async execute(interaction: ButtonInteraction, argument: string, reply: DeferredReply): Promise<void> {
    const { intake, clips } = this.#options;
    const [strength, position = '0'] = argument.split('/');
    await intake.accept(interaction, reply, async () => {
      const clip = await clips.read(messageOf(interaction), Number(position));
      const request = parseGenerationRequest(wordsOf(clip));
      return {
        kind: 'remix',
        request,
        strength: parseStrength(Number(strength)),
        input: await clips.keep(clip),
      };
    });
  }
}
