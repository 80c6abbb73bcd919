import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';

import type { Command, DeferredReply, OptionChoice } from './command.js';
import { promptChoices, readRequest } from './generation-knobs.js';
import type { JobIntake } from './job-intake.js';
import { riffPayload } from './payloads/riff.js';

export interface RiffCommandOptions {
  readonly intake: JobIntake;
  /** Offered while a prompt is typed. */
  readonly samplePrompts: readonly string[];
}

/** `/riff`: a clip from words. */
export class RiffCommand implements Command {
  readonly name = riffPayload.name;
  readonly #options: RiffCommandOptions;

  constructor(options: RiffCommandOptions) {
    this.#options = options;
  }

  async execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void> {
    const request = readRequest(interaction);
    await this.#options.intake.accept(interaction, reply, () => ({ kind: 'riff', request }));
  }

  autocomplete(interaction: AutocompleteInteraction): readonly OptionChoice[] {
    return promptChoices(this.#options.samplePrompts, interaction.options.getFocused());
  }
}
