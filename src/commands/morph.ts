import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';

import type { Recipe } from '../engine/recipe/recipe.js';
import type { ClipInput } from './clip-input.js';
import type { ClipWork, JobInput } from './clip-job.js';
import type { Command, DeferredReply, OptionChoice } from './command.js';
import { CommandError } from './errors.js';
import { promptChoices, readRequest } from './generation-knobs.js';
import type { InputStore } from './input-store.js';
import type { JobIntake } from './job-intake.js';
import { phrasesFor } from './language/languages.js';
import { MORPH_STEPS_DEFAULT, morphPayload } from './payloads/morph.js';
import type { MorphOptionName } from './payloads/morph.js';
import { parseStrength, strengthChoices } from './strength.js';

export interface MorphCommandOptions {
  readonly intake: JobIntake;
  readonly input: ClipInput;
  readonly store: InputStore;
  /** @throws EngineError `recipe_missing`, `recipe_invalid` */
  readonly readRecipe: (bytes: Uint8Array) => Promise<Recipe>;
  /** Offered while a prompt is typed. */
  readonly samplePrompts: readonly string[];
}

/** `/morph`: one piece of music on the way from words to words, or from clip to clip. */
export class MorphCommand implements Command {
  readonly name = morphPayload.name;
  readonly #options: MorphCommandOptions;

  constructor(options: MorphCommandOptions) {
    this.#options = options;
  }

  async execute(interaction: ChatInputCommandInteraction, reply: DeferredReply): Promise<void> {
    const strength = parseStrength(optionsOf(interaction)('strength'));
    await this.#options.intake.accept(interaction, reply, async () => {
      const { input, store } = this.#options;
      const ends = await input.takeAll([
        () => input.takeNamed(interaction, { clip: 'from-clip', link: 'from-link' }),
        () => input.takeNamed(interaction, { clip: 'to-clip', link: 'to-link' }),
      ]);
      try {
        return await this.#work(interaction, ends, strength);
      } catch (error) {
        for (const end of ends) if (end) await store.remove(end.key);
        throw error;
      }
    });
  }

  autocomplete({ options, locale }: AutocompleteInteraction): readonly OptionChoice[] {
    const { name, value } = options.getFocused(true);
    return name === 'strength'
      ? strengthChoices(value, phrasesFor(locale))
      : promptChoices(this.#options.samplePrompts, value);
  }

  async #work(
    interaction: ChatInputCommandInteraction,
    [input, endInput]: readonly (JobInput | undefined)[],
    strength: number,
  ): Promise<ClipWork> {
    const option = optionsOf(interaction);
    if (endInput && !input) throw new CommandError('morph_without_start');
    const prompt = await this.#words(option('from'), input);
    const end = { prompt: await this.#words(option('to'), endInput), seed: option('to-seed') };
    const request = readRequest(interaction, {
      ...{ prompt, end },
      pictures: option('morph-steps') ?? MORPH_STEPS_DEFAULT,
      loop: option('loop') === true ? true : undefined,
    });
    return { kind: 'morph', request, strength, ...(input && { input }), ...(endInput && { endInput }) };
  }

  /** Those that were typed, or the clip's own. */
  async #words(typed: unknown, clip: JobInput | undefined): Promise<string> {
    if (typeof typed === 'string') return typed;
    const bytes = clip && (await this.#options.store.read(clip.key));
    if (bytes === undefined) throw new CommandError('morph_without_words');
    try {
      return (await this.#options.readRecipe(bytes)).prompt;
    } catch (cause) {
      throw new CommandError('morph_without_words', { cause });
    }
  }
}

function optionsOf({ options }: ChatInputCommandInteraction) {
  return (name: MorphOptionName): unknown => options.get(name)?.value;
}
