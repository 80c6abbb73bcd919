/** What one can ask for, and how. */
import { ApplicationCommandType } from 'discord.js';
import type { APIEmbed, APIEmbedField, Locale, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';

import { EMBED_COLOR } from './clip-parts.js';
import { phrasesFor } from './language/languages.js';
import type { Phrases } from './language/phrases.js';
import type { MessageView } from './message-view.js';
import { riffPayload } from './payloads/riff.js';
import { plainText } from './plain-text.js';
import { NAMED_STRENGTHS } from './strength.js';

export interface HelpFacts {
  /** Every command that there is, in every language. */
  readonly payloads: readonly RESTPostAPIApplicationCommandsJSONBody[];
  /** Of the model, to give people an idea. */
  readonly samplePrompts: readonly string[];
}

type Payload = HelpFacts['payloads'][number];

const IDEAS = 6;
const FALLBACK_IDEA = 'funk bassline with a jazzy saxophone solo';

export function helpView({ payloads, samplePrompts }: HelpFacts, locale: `${Locale}`): MessageView {
  const phrases = phrasesFor(locale);
  const { help, mentions } = phrases;
  const [idea = FALLBACK_IDEA] = samplePrompts;
  const riff = payloads.find(({ name }) => name === riffPayload.name) ?? riffPayload;
  const example = `\`/${nameIn(locale, riff)} ${plainText(idea)}\``;
  const embed: APIEmbed = {
    color: EMBED_COLOR,
    title: help.title,
    description: `${help.intro(example)}\n\n${commandLines(payloads, locale)}`,
    fields: [
      ...menuField(payloads, locale, phrases),
      { name: help.replies, value: mentions.howTo },
      { name: help.buttons, value: buttonLines(phrases) },
      { name: help.strength, value: strengthLines(phrases) },
      ...ideaField(samplePrompts, phrases),
    ],
  };
  return { content: '', embeds: [embed] };
}

function menuField(payloads: readonly Payload[], locale: `${Locale}`, { help }: Phrases): APIEmbedField[] {
  const names = payloads
    .filter(({ type }) => type === ApplicationCommandType.Message)
    .map((payload) => `**${nameIn(locale, payload)}**`);
  return names.length === 0 ? [] : [{ name: help.menu, value: names.join(' · ') }];
}

function commandLines(payloads: readonly Payload[], locale: `${Locale}`): string {
  return payloads
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .map((payload) => `**/${nameIn(locale, payload)}** ${descriptionIn(locale, payload)}`)
    .join('\n');
}

function nameIn(locale: `${Locale}`, { name, name_localizations: names }: Payload): string {
  return names?.[locale] ?? name;
}

function descriptionIn(locale: `${Locale}`, payload: Payload): string {
  const own = 'description' in payload ? payload.description : '';
  return payload.description_localizations?.[locale] ?? own ?? '';
}

function buttonLines({ clips, help }: Phrases): string {
  const labels = new Map(Object.entries(clips.buttons));
  return Object.entries(help.buttonMeanings)
    .map(([button, meaning]) => `**${labels.get(button)}**: ${meaning}`)
    .join('\n');
}

function strengthLines({ clips, help, strengths }: Phrases): string {
  const lines = NAMED_STRENGTHS.map(({ value, name }) => {
    const { name: word, meaning } = strengths[name];
    return `**${clips.number(value)} ${word}**: ${meaning}`;
  });
  return [help.howStrong, ...lines].join('\n');
}

function ideaField(samplePrompts: readonly string[], { help }: Phrases): APIEmbedField[] {
  const ideas = samplePrompts.slice(0, IDEAS).map((prompt) => `- ${plainText(prompt)}`);
  return ideas.length === 0 ? [] : [{ name: help.ideas, value: ideas.join('\n') }];
}
