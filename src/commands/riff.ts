import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';

import { EngineError } from '../engine/errors.js';
import { SECONDS_MAX } from '../engine/limits.js';
import type { Command, DeferredReply, OptionChoice } from './command.js';
import { CommandError } from './errors.js';
import { promptChoices, readRequest } from './generation-knobs.js';
import type { JobIntake } from './job-intake.js';
import { BATCH_MAX, riffPayload } from './payloads/riff.js';
import type { ShapeOptionName } from './payloads/riff.js';

export interface RiffCommandOptions {
  readonly intake: JobIntake;
  /** Offered while a prompt is typed. */
  readonly samplePrompts: readonly string[];
}

/** `/riff`: a clip from words, or some to choose from. */
export class RiffCommand implements Command {
  readonly name = riffPayload.name;
  readonly #options: RiffCommandOptions;

  constructor(options: RiffCommandOptions) {
    this.#options = options;
  }

  async execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void> {
    const value = (name: ShapeOptionName) => interaction.options.get(name)?.value;
    const seconds = value('length');
    const loop = value('loop') === true ? true : undefined;
    const request = readRequest(interaction, { seconds, loop });
    const count = parseCount(value('count'));
    if (count * (request.seconds ?? 0) > SECONDS_MAX) throw new CommandError('batch_too_long');
    await this.#options.intake.accept(interaction, reply, () => ({
      kind: 'riff',
      request,
      ...(count > 1 && { count }),
    }));
  }

  autocomplete(interaction: AutocompleteInteraction): readonly OptionChoice[] {
    return promptChoices(this.#options.samplePrompts, interaction.options.getFocused());
  }
}

/** @throws EngineError `invalid_request` */
function parseCount(raw: unknown): number {
  const count = raw ?? 1;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= BATCH_MAX) return count;
  throw new EngineError('invalid_request', `count must be a whole number from 1 to ${BATCH_MAX}.`);
}
