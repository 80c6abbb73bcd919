import type { ButtonInteraction } from 'discord.js';

import { VOICE_MESSAGE_ACTION } from '../clip-buttons.js';
import type { DeferredReply, ReplyingButton } from '../command.js';
import { CONVERSION_PRIORITY } from '../job-intake.js';
import type { JobIntake } from '../job-intake.js';
import { messageOf } from '../shown-message.js';
import { titleShownIn } from './shown-title.js';
import type { PostedClips } from './posted-clip.js';

export interface VoiceMessageButtonOptions {
  readonly intake: JobIntake;
  readonly clips: PostedClips;
}

/** `Voice message`: the sound as a message of its own, with its outline, which phones play at a touch. */
export class VoiceMessageButton implements ReplyingButton {
  readonly name = VOICE_MESSAGE_ACTION;
  readonly answers = 'reply';
  readonly #options: VoiceMessageButtonOptions;

  constructor(options: VoiceMessageButtonOptions) {
    this.#options = options;
  }

  /** @param position - Which clip of the message. */
  async execute(interaction: ButtonInteraction, position: string, reply: DeferredReply): Promise<void> {
    const { intake, clips } = this.#options;
    const message = messageOf(interaction);
    const prepare = async () => {
      const input = await clips.keepSound(message, Number(position));
      return { kind: 'voice-message', title: titleShownIn(message), input } as const;
    };
    await intake.accept(interaction, reply, prepare, { priority: CONVERSION_PRIORITY });
  }
}
