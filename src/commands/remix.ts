import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';

import type { ClipInput } from './clip-input.js';
import type { Command, DeferredReply, OptionChoice } from './command.js';
import { phrasesFor } from './language/languages.js';
import { promptChoices, readRequest } from './generation-knobs.js';
import type { JobIntake } from './job-intake.js';
import { remixPayload, STRENGTH_OPTION } from './payloads/remix.js';
import { parseStrength, strengthChoices } from './strength.js';

export interface RemixCommandOptions {
  readonly intake: JobIntake;
  readonly input: ClipInput;
  /** Offered while a prompt is typed. */
  readonly samplePrompts: readonly string[];
}

/** `/remix`: a clip from another one and words. */
export class RemixCommand implements Command {
  readonly name = remixPayload.name;
  readonly #options: RemixCommandOptions;

  constructor(options: RemixCommandOptions) {
    this.#options = options;
  }

  async execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void> {
    const { intake, input } = this.#options;
    const request = readRequest(interaction);
    const strength = parseStrength(interaction.options.get(STRENGTH_OPTION)?.value);
    await intake.accept(interaction, reply, async () => ({
      kind: 'remix',
      request,
      strength,
      input: await input.take(interaction, 'any'),
    }));
  }

  autocomplete({ options, locale }: AutocompleteInteraction): readonly OptionChoice[] {
    const { name, value } = options.getFocused(true);
    return name === STRENGTH_OPTION
      ? strengthChoices(value, phrasesFor(locale))
      : promptChoices(this.#options.samplePrompts, value);
  }
}
