import type { APIEmbed, APIEmbedField, ChatInputCommandInteraction } from 'discord.js';

import type { ModelDescription } from '../engine/music-engine.js';
import { EMBED_COLOR } from './clip-parts.js';
import type { PrivateCommand } from './command.js';
import { phrasesFor } from './language/languages.js';
import type { Phrases } from './language/phrases.js';
import type { MessageView } from './message-view.js';
import { aboutPayload } from './payloads/about.js';
import { shorten } from './plain-text.js';

export interface AboutCommandOptions {
  /** The default first. @throws EngineError */
  readonly models: () => Promise<readonly ModelDescription[]>;
  /** Of the bot. */
  readonly version: string;
}

type Evaluation = NonNullable<ModelDescription['evaluation']>;

const FIELD_LENGTH = 1024; // Discord's limit

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
    const phrases = phrasesFor(locale);
    const [model, ...others] = await models();
    const program = { name: phrases.about.software, value: `Riffcord ${version}`, inline: true };
    const embed: APIEmbed = {
      color: EMBED_COLOR,
      description: phrases.about.intro,
      fields: [
        ...(model ? modelFields(model, phrases) : []),
        program,
        ...otherModels(others, phrases),
        ...(model ? [measuredField(model, phrases)] : []),
      ],
    };
    return { content: '', embeds: [embed] };
  }
}

function modelFields({ name, version, licence }: ModelDescription, { about }: Phrases): APIEmbedField[] {
  return [
    { name: about.model, value: `${name} ${version}`, inline: true },
    { name: about.licence, value: licence ?? about.notStated, inline: true },
  ];
}

function otherModels(models: readonly ModelDescription[], { about }: Phrases): APIEmbedField[] {
  const names = models.map(({ name }) => name).join(', ');
  return names === '' ? [] : [{ name: about.otherModels, value: shorten(names, FIELD_LENGTH) }];
}

function measuredField({ evaluation }: ModelDescription, { about }: Phrases): APIEmbedField {
  if (evaluation === undefined) return { name: about.model, value: about.notMeasured };
  const value = [...shareLines(evaluation, about), about.judge].join('\n');
  return { name: about.measured(evaluation.clips), value };
}

function shareLines({ shares }: Evaluation, about: Phrases['about']): string[] {
  const measures = Object.keys(about.measures) as (keyof typeof about.measures)[];
  return measures.flatMap((measure) => {
    const share = shares[measure];
    if (share === undefined) return [];
    const { generated, real } = share;
    const shown = real === undefined ? about.percent(generated) : about.shares(generated, real);
    return [`- ${about.measures[measure]}: **${shown}**`];
  });
}
