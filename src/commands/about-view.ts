/** What makes the music, and what was measured of it. */
import type { APIEmbed, APIEmbedField } from 'discord.js';

import type { ModelDescription } from '../engine/music-engine.js';
import { EMBED_COLOR } from './clip-parts.js';
import type { Phrases } from './language/phrases.js';
import type { MessageView } from './message-view.js';
import { shorten } from './plain-text.js';

type Evaluation = NonNullable<ModelDescription['evaluation']>;

const FIELD_LENGTH = 1024; // Discord's limit

/**
 * @param models - The default first.
 * @param version - Of the bot.
 */
export function aboutView(
  models: readonly ModelDescription[],
  version: string,
  phrases: Phrases,
): MessageView {
  const [model, ...others] = models;
  const { about } = phrases;
  const embed: APIEmbed = {
    color: EMBED_COLOR,
    description: about.intro,
    fields: [
      ...(model ? modelFields(model, phrases) : []),
      { name: about.software, value: `Riffcord ${version}`, inline: true },
      ...otherModels(others, phrases),
      ...(model ? [measuredField(model, phrases)] : []),
    ],
  };
  return { content: '', embeds: [embed] };
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
