import type { MessageContextMenuCommandInteraction } from 'discord.js';

import type { ClipInput } from '../clip-input.js';
import { CONVERSION_PRIORITY } from '../job-intake.js';
import type { JobIntake } from '../job-intake.js';
import { hearMenuPayload } from '../payloads/menus.js';
import { chosenClip } from './chosen-message.js';
import type { MenuAnswer, MenuCommand } from './menu-command.js';

export interface HearMenuOptions {
  readonly intake: JobIntake;
  readonly input: ClipInput;
}

/** `Hear it` in a message's menu: the sound of its picture. */
export class HearMenu implements MenuCommand {
  readonly name = hearMenuPayload.name;
  readonly #options: HearMenuOptions;

  constructor(options: HearMenuOptions) {
    this.#options = options;
  }

  answer(interaction: MessageContextMenuCommandInteraction): MenuAnswer {
    const { intake, input } = this.#options;
    const picture = chosenClip(interaction, 'picture');
    const prepare = async () =>
      ({ kind: 'listen', format: 'mp3', input: await input.keep(picture, 'picture') }) as const;
    return {
      type: 'reply',
      run: (reply) => intake.accept(interaction, reply, prepare, { priority: CONVERSION_PRIORITY }),
    };
  }
}
