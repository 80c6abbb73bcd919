import type { LocalizationMap, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';

import type { CommandTexts } from './command-texts.js';
import type { Language } from './languages.js';

/** What commands, options and choices have in common. */
interface Item {
  readonly name: string;
  readonly description?: string;
  readonly options?: readonly Item[];
  readonly choices?: readonly Item[];
}

/** In which table of a language a text is looked up. */
type Table = (texts: CommandTexts) => Readonly<Record<string, string>>;

/** A command with its names and descriptions in all languages; where one has no other word, English stays. */
export function localised(
  payload: RESTPostAPIApplicationCommandsJSONBody,
  languages: readonly Language[],
): RESTPostAPIApplicationCommandsJSONBody {
  // It has the same fields and some more, all of which Discord's type allows.
  return withTexts(payload as Item, languages) as RESTPostAPIApplicationCommandsJSONBody;
}

function withTexts(item: Item, languages: readonly Language[]): Item {
  const { name, description, options, choices } = item;
  const names = translations(name, (texts) => texts.names, languages);
  const descriptions = translations(description ?? '', (texts) => texts.descriptions, languages);
  return {
    ...item,
    ...(names && { name_localizations: names }),
    ...(descriptions && { description_localizations: descriptions }),
    ...(options && { options: options.map((option) => withTexts(option, languages)) }),
    ...(choices && { choices: choices.map((choice) => choiceWithName(choice, languages)) }),
  };
}

function choiceWithName(choice: Item, languages: readonly Language[]): Item {
  const names = translations(choice.name, (texts) => texts.choices, languages);
  return { ...choice, ...(names && { name_localizations: names }) };
}

/** Undefined where all languages say the same as English. */
function translations(
  text: string,
  table: Table,
  languages: readonly Language[],
): LocalizationMap | undefined {
  const found = languages.flatMap(({ locales, commands }) => {
    const translated = commands && table(commands)[text];
    return translated === undefined || translated === text
      ? []
      : locales.map((locale) => [locale, translated]);
  });
  return found.length === 0 ? undefined : (Object.fromEntries(found) as LocalizationMap);
}
