import type { ChatInputCommandInteraction } from 'discord.js';

import type { PrivateCommand } from './command.js';
import { helpView } from './help-view.js';
import type { HelpFacts } from './help-view.js';
import type { MessageView } from './message-view.js';
import { helpPayload } from './payloads/help.js';

/** `/help`: what one can do, in the language of who asks, and for them alone. */
export class HelpCommand implements PrivateCommand {
  readonly name = helpPayload.name;
  readonly answers = 'privately';
  readonly #facts: HelpFacts;

  constructor(facts: HelpFacts) {
    this.#facts = facts;
  }

  execute({ locale }: ChatInputCommandInteraction): MessageView {
    return helpView(this.#facts, locale);
  }
}
