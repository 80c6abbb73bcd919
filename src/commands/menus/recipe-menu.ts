import type { MessageContextMenuCommandInteraction } from 'discord.js';

import type { Recipe } from '../../engine/recipe/recipe.js';
import type { AttachmentSource } from '../attachment-source.js';
import { originLinks } from '../clip-parts.js';
import { phrasesFor } from '../language/languages.js';
import { recipeMenuPayload } from '../payloads/menus.js';
import { recipeView } from '../recipe-view.js';
import { chosenClip, chosenMessage } from './chosen-message.js';
import type { MenuAnswer, MenuCommand } from './menu-command.js';

export interface RecipeMenuOptions {
  readonly source: AttachmentSource;
  /** @throws EngineError `recipe_missing`, `recipe_invalid` */
  readonly readRecipe: (bytes: Uint8Array) => Promise<Recipe>;
}

/** `Show recipe` in a message's menu: what a clip was made of, whoever has posted it. */
export class RecipeMenu implements MenuCommand {
  readonly name = recipeMenuPayload.name;
  readonly #options: RecipeMenuOptions;

  constructor(options: RecipeMenuOptions) {
    this.#options = options;
  }

  answer(interaction: MessageContextMenuCommandInteraction): MenuAnswer {
    const { source, readRecipe } = this.#options;
    const clip = chosenClip(interaction, 'any');
    const links = originLinks(chosenMessage(interaction));
    const phrases = phrasesFor(interaction.locale);
    return {
      type: 'privately',
      view: async () => recipeView(await readRecipe(await source.fetch(clip)), links, phrases),
    };
  }
}
