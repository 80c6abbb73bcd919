import { randomInt } from 'node:crypto';
import type { MessageContextMenuCommandInteraction } from 'discord.js';

import { EngineError } from '../../engine/errors.js';
import { parseGenerationRequest } from '../../engine/generation-request.js';
import { SEED_MAX } from '../../engine/limits.js';
import type { Recipe } from '../../engine/recipe/recipe.js';
import type { FileReference } from '../clip-finder.js';
import type { ClipInput } from '../clip-input.js';
import type { ClipWork, JobInput } from '../clip-job.js';
import type { DeferredReply } from '../command.js';
import { CommandError } from '../errors.js';
import type { InputStore } from '../input-store.js';
import type { JobIntake } from '../job-intake.js';
import { phrasesFor } from '../language/languages.js';
import { morphMenuPayload } from '../payloads/menus.js';
import { MORPH_STEPS_DEFAULT } from '../payloads/morph.js';
import { DEFAULT_STRENGTH } from '../strength.js';
import type { ChosenClips } from './chosen-clips.js';
import { chosenClip } from './chosen-message.js';
import type { MenuAnswer, MenuCommand } from './menu-command.js';

export interface MorphMenuOptions {
  readonly chosen: ChosenClips;
  readonly intake: JobIntake;
  readonly input: ClipInput;
  readonly store: InputStore;
  /** @throws EngineError `recipe_missing`, `recipe_invalid` */
  readonly readRecipe: (bytes: Uint8Array) => Promise<Recipe>;
}

/** `Morph with…` in a message's menu, used on two messages: from the clip of the first to that of the second. */
export class MorphMenu implements MenuCommand {
  readonly name = morphMenuPayload.name;
  readonly #options: MorphMenuOptions;

  constructor(options: MorphMenuOptions) {
    this.#options = options;
  }

  async answer(interaction: MessageContextMenuCommandInteraction): Promise<MenuAnswer> {
    const { chosen } = this.#options;
    const { user, locale } = interaction;
    const clip = chosenClip(interaction, 'any');
    const first = await chosen.recall(user.id, 'morph');
    if (first !== undefined && first.origin?.messageId !== clip.origin?.messageId) {
      return { type: 'reply', run: (reply) => this.#morph(interaction, reply, [first, clip]) };
    }
    await chosen.remember(user.id, 'morph', clip);
    const { morphBegins } = phrasesFor(locale).menus;
    return { type: 'privately', view: () => Promise.resolve({ content: morphBegins }) };
  }

  async #morph(
    interaction: MessageContextMenuCommandInteraction,
    reply: DeferredReply,
    ends: readonly [FileReference, FileReference],
  ): Promise<void> {
    const { chosen, intake, input, store } = this.#options;
    await intake.accept(interaction, reply, async () => {
      const kept = await input.takeAll(ends.map((end) => () => input.keep(end, 'any')));
      try {
        return await this.#work(kept);
      } catch (error) {
        for (const { key } of kept) await store.remove(key);
        throw error;
      }
    });
    await chosen.drop(interaction.user.id, 'morph');
  }

  async #work([input, endInput]: readonly JobInput[]): Promise<ClipWork> {
    if (!input || !endInput) throw new TypeError('Expected two clips.');
    const [from, to] = [await this.#words(input), await this.#words(endInput)];
    const prompt = from ?? to;
    if (prompt === undefined) throw new CommandError('morph_without_words');
    const end = { prompt: to ?? prompt };
    const seed = randomInt(SEED_MAX + 1);
    const request = parseGenerationRequest({ prompt, end, seed, pictures: MORPH_STEPS_DEFAULT });
    return { kind: 'morph', request, strength: DEFAULT_STRENGTH, input, endInput };
  }

  /** Undefined of a clip that says nothing of its words. */
  async #words({ key }: JobInput): Promise<string | undefined> {
    const bytes = await this.#options.store.read(key);
    if (bytes === undefined) return undefined;
    try {
      return (await this.#options.readRecipe(bytes)).prompt;
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }
}
