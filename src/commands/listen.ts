import type { ChatInputCommandInteraction } from 'discord.js';

import { AUDIO_FORMATS } from '../engine/limits.js';
import type { ClipInput } from './clip-input.js';
import type { Command, DeferredReply } from './command.js';
import { CONVERSION_PRIORITY } from './job-intake.js';
import type { JobIntake } from './job-intake.js';
import { listenPayload } from './payloads/listen.js';

export interface ListenCommandOptions {
  readonly intake: JobIntake;
  readonly input: ClipInput;
}

/** `/listen`: the sound of a picture. */
export class ListenCommand implements Command {
  readonly name = listenPayload.name;
  readonly #options: ListenCommandOptions;

  constructor(options: ListenCommandOptions) {
    this.#options = options;
  }

  async execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void> {
    const { intake, input } = this.#options;
    const chosen = interaction.options.get('format')?.value;
    const format = AUDIO_FORMATS.find((known) => known === chosen) ?? 'mp3';
    const prepare = async () =>
      ({ kind: 'listen', format, input: await input.take(interaction, 'picture') }) as const;
    await intake.accept(interaction, reply, prepare, { priority: CONVERSION_PRIORITY });
  }
}
