import { randomInt } from 'node:crypto';
import type { ButtonInteraction, Message } from 'discord.js';

import { parseGenerationRequest } from '../engine/generation-request.js';
import type { GenerationRequest } from '../engine/generation-request.js';
import { AUDIO_FORMATS, SEED_MAX } from '../engine/limits.js';
import type { Recipe } from '../engine/recipe/recipe.js';
import type { AttachmentSource } from './attachment-source.js';
import { AGAIN_ACTION, VARY_ACTION } from './clip-buttons.js';
import type { FileReference } from './clip-finder.js';
import type { ClipWork } from './clip-job.js';
import type { DeferredReply, ReplyingButton } from './command.js';
import { CommandError } from './errors.js';
import type { InputStore } from './input-store.js';
import type { JobIntake } from './job-intake.js';
import { parseStrength } from './strength.js';

export interface VariationButtonOptions {
  readonly intake: JobIntake;
  readonly source: AttachmentSource;
  readonly store: InputStore;
  /** @throws EngineError `recipe_missing`, `recipe_invalid` */
  readonly readRecipe: (bytes: Uint8Array) => Promise<Recipe>;
}

/** A clip and what it was made of, out of the message that it was posted as. */
interface PostedClip {
  readonly picture: Uint8Array;
  readonly file: FileReference;
  /** Of the same words and knobs, with a new seed. */
  readonly request: GenerationRequest;
}

/** Makes a clip like the one above the button. */
abstract class VariationButton implements ReplyingButton {
  abstract readonly name: string;
  readonly answers = 'reply';
  readonly #options: VariationButtonOptions;

  constructor(options: VariationButtonOptions) {
    this.#options = options;
  }

  async execute(interaction: ButtonInteraction, argument: string, reply: DeferredReply): Promise<void> {
    await this.#options.intake.accept(interaction, reply, async () =>
      this.work(await this.#read(interaction.message), argument, this.#options.store),
    );
  }

  protected abstract work(
    clip: PostedClip,
    argument: string,
    store: InputStore,
  ): Promise<ClipWork> | ClipWork;

  async #read(message: Message): Promise<PostedClip> {
    const { source, readRecipe } = this.#options;
    const file = pictureOf(message);
    const picture = await source.fetch(file);
    return { picture, file, request: requestOf(await readRecipe(picture), message) };
  }
}

/** `Again`: the same with another seed. */
export class AgainButton extends VariationButton {
  readonly name = AGAIN_ACTION;

  protected work({ request }: PostedClip): ClipWork {
    return { kind: 'riff', request };
  }
}

/** `Vary`: a remix of the clip, with its own words. */
export class VaryButton extends VariationButton {
  readonly name = VARY_ACTION;

  protected async work({ picture, file, request }: PostedClip, argument: string, store: InputStore) {
    const strength = parseStrength(Number(argument));
    const input = { key: await store.save(picture), name: file.name, origin: file.origin };
    return { kind: 'remix', request, strength, input } as const;
  }
}

/** The picture that the clip's embed shows. Discord gives its address anew with each press of a button. */
function pictureOf({ id, guildId, channelId, embeds }: Message): FileReference {
  const url = embeds[0]?.image?.url;
  if (url === undefined) throw new CommandError('message_without_clip');
  const name =
    url
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? '';
  return { url, name, origin: { guildId, channelId, messageId: id } };
}

function requestOf(recipe: Recipe, { attachments }: Message): GenerationRequest {
  const { prompt, negativePrompt, numInferenceSteps, guidanceScale, scheduler, loop, model } = recipe;
  return parseGenerationRequest({
    ...{ prompt, negativePrompt, numInferenceSteps, guidanceScale, scheduler, loop },
    model: model.name,
    seed: randomInt(SEED_MAX + 1),
    audioFormat: AUDIO_FORMATS.find((format) => attachments.some(({ name }) => name.endsWith(`.${format}`))),
  });
}
