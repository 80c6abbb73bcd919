import type { ChatInputCommandInteraction } from 'discord.js';

import type { ClipInput } from './clip-input.js';
import type { Command, DeferredReply } from './command.js';
import { CONVERSION_PRIORITY } from './job-intake.js';
import type { JobIntake } from './job-intake.js';
import { seePayload } from './payloads/see.js';

export interface SeeCommandOptions {
  readonly intake: JobIntake;
  readonly input: ClipInput;
}

/** `/see`: the picture of a sound. */
export class SeeCommand implements Command {
  readonly name = seePayload.name;
  readonly #options: SeeCommandOptions;

  constructor(options: SeeCommandOptions) {
    this.#options = options;
  }

  async execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void> {
    const { intake, input } = this.#options;
    const prepare = async () => ({ kind: 'see', input: await input.take(interaction, 'sound') }) as const;
    await intake.accept(interaction, reply, prepare, { priority: CONVERSION_PRIORITY });
  }
}
