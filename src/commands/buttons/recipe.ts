import type { ButtonInteraction } from 'discord.js';

import { RECIPE_ACTION } from '../clip-buttons.js';
import type { PrivateButton } from '../command.js';
import { phrasesFor } from '../language/languages.js';
import type { MessageView } from '../message-view.js';
import { recipeView } from '../recipe-view.js';
import type { PostedClips } from './posted-clip.js';

/** `Recipe`: what a clip was made of, and how to make it again. */
export class RecipeButton implements PrivateButton {
  readonly name = RECIPE_ACTION;
  readonly answers = 'privately';
  readonly #clips: PostedClips;

  constructor(clips: PostedClips) {
    this.#clips = clips;
  }

  /** @param position - Which clip of the message. */
  async execute({ message, locale }: ButtonInteraction, position: string): Promise<MessageView> {
    const { recipe } = await this.#clips.read(message, Number(position));
    const origins = (message.embeds[0]?.fields ?? []).filter(({ value }) => MESSAGE_LINK.test(value));
    return recipeView(
      recipe,
      origins.map(({ value }) => value),
      phrasesFor(locale),
    );
  }
}

const MESSAGE_LINK = /^https:\/\/\S+\/channels\/\S+$/;
