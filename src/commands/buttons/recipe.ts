import type { ButtonInteraction } from 'discord.js';

import { RECIPE_ACTION } from '../clip-buttons.js';
import { originLinks } from '../clip-parts.js';
import type { PrivateButton } from '../command.js';
import { phrasesFor } from '../language/languages.js';
import type { MessageView } from '../message-view.js';
import { recipeView } from '../recipe-view.js';
import { messageOf } from '../shown-message.js';
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
  async execute(interaction: ButtonInteraction, position: string): Promise<MessageView> {
    const message = messageOf(interaction);
    const { recipe } = await this.#clips.read(message, Number(position));
    return recipeView(recipe, originLinks(message), phrasesFor(interaction.locale));
  }
}
