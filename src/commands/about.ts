import type { ChatInputCommandInteraction } from 'discord.js';

import type { ModelDescription } from '../engine/music-engine.js';
import { aboutView } from './about-view.js';
import type { PrivateCommand } from './command.js';
import { phrasesFor } from './language/languages.js';
import type { MessageView } from './message-view.js';
import { aboutPayload } from './payloads/about.js';

export interface AboutCommandOptions {
  /** The default first. @throws EngineError */
  readonly models: () => Promise<readonly ModelDescription[]>;
  /** Of the bot. */
  readonly version: string;
}

/** `/about`: what makes the music, and what was measured of it, for who asks alone. */
export class AboutCommand implements PrivateCommand {
  readonly name = aboutPayload.name;
  readonly answers = 'privately';
  readonly #options: AboutCommandOptions;

  constructor(options: AboutCommandOptions) {
    this.#options = options;
  }

  /** @throws EngineError */
  async execute({ locale }: ChatInputCommandInteraction): Promise<MessageView> {
    const { models, version } = this.#options;
    return aboutView(await models(), version, phrasesFor(locale));
  }
}
