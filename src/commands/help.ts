import type {
  APIEmbed,
  ChatInputCommandInteraction,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { ApplicationCommandType } from 'discord.js';

import { EMBED_COLOR } from './clip-parts.js';
import type { PrivateCommand } from './command.js';
import { phrasesFor } from './language/languages.js';
import type { Phrases } from './language/phrases.js';
import type { MessageView } from './message-view.js';
import { helpPayload } from './payloads/help.js';
import { riffPayload } from './payloads/riff.js';
import { plainText } from './plain-text.js';
import { NAMED_STRENGTHS } from './strength.js';

export interface HelpCommandOptions {
  /** Every command that there is, in every language. */
  readonly payloads: readonly RESTPostAPIApplicationCommandsJSONBody[];
  /** Of the model, to give people an idea. */
  readonly samplePrompts: readonly string[];
}

type Payload = HelpCommandOptions['payloads'][number];
type Locale = ChatInputCommandInteraction['locale'];

const IDEAS = 6;
const FALLBACK_IDEA = 'funk bassline with a jazzy saxophone solo';

/** `/help`: what one can do, in the language of who asks, and for them alone. */
export class HelpCommand implements PrivateCommand {
  readonly name = helpPayload.name;
  readonly answers = 'privately';
  readonly #options: HelpCommandOptions;

  constructor(options: HelpCommandOptions) {
    this.#options = options;
  }

  execute({ locale }: ChatInputCommandInteraction): MessageView {
    const { payloads, samplePrompts } = this.#options;
    const phrases = phrasesFor(locale);
    const { help } = phrases;
    const [idea = FALLBACK_IDEA] = samplePrompts;
    const riff = payloads.find(({ name }) => name === riffPayload.name);
    const example = `\`/${nameIn(locale, riff ?? riffPayload)} ${idea}\``;
    const embed: APIEmbed = {
      color: EMBED_COLOR,
      title: help.title,
      description: `${help.intro(example)}\n\n${commandLines(payloads, locale)}`,
      fields: [
        { name: help.replies, value: help.howToReply },
        { name: help.buttons, value: buttonLines(phrases) },
        { name: help.strength, value: strengthLines(phrases) },
        ...ideaField(samplePrompts, phrases),
      ],
    };
    return { content: '', embeds: [embed] };
  }
}

function commandLines(payloads: readonly Payload[], locale: Locale): string {
  return payloads
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .map((payload) => `**/${nameIn(locale, payload)}** ${descriptionIn(locale, payload)}`)
    .join('\n');
}

function nameIn(locale: Locale, { name, name_localizations: names }: Payload): string {
  return names?.[locale] ?? name;
}

function descriptionIn(locale: Locale, payload: Payload): string {
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

function ideaField(samplePrompts: readonly string[], { help }: Phrases) {
  const ideas = samplePrompts.slice(0, IDEAS).map((prompt) => `- ${plainText(prompt)}`);
  return ideas.length === 0 ? [] : [{ name: help.ideas, value: ideas.join('\n') }];
}
