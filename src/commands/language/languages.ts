/** The languages that the bot speaks, and which of them people are answered in. */
import { Locale } from 'discord.js';

import type { CommandTexts } from './command-texts.js';
import { commands as germanCommands } from './de/commands.js';
import { german } from './de/index.js';
import { english } from './en/index.js';
import { commands as spanishCommands } from './es/commands.js';
import { spanish } from './es/index.js';
import { commands as frenchCommands } from './fr/commands.js';
import { french } from './fr/index.js';
import { commands as japaneseCommands } from './ja/commands.js';
import { japanese } from './ja/index.js';
import type { Phrases } from './phrases.js';
import { commands as chineseCommands } from './zh/commands.js';
import { chinese } from './zh/index.js';

export interface Language {
  /** Discord's names of it. */
  readonly locales: readonly `${Locale}`[];
  readonly phrases: Phrases;
  /** Undefined of English, in which the commands themselves are written. */
  readonly commands?: CommandTexts;
}

export const languages: readonly Language[] = [
  { locales: [Locale.EnglishUS, Locale.EnglishGB], phrases: english },
  { locales: [Locale.German], phrases: german, commands: germanCommands },
  { locales: [Locale.SpanishES, Locale.SpanishLATAM], phrases: spanish, commands: spanishCommands },
  { locales: [Locale.French], phrases: french, commands: frenchCommands },
  { locales: [Locale.Japanese], phrases: japanese, commands: japaneseCommands },
  { locales: [Locale.ChineseCN], phrases: chinese, commands: chineseCommands },
];

/**
 * What the bot says in a language; in English where it does not know it.
 *
 * @param locale - As Discord names it, such as "de" or "es-419".
 */
export function phrasesFor(locale: string): Phrases {
  const spoken = languages.find(({ locales }) => locales.some((name) => name === locale));
  return spoken?.phrases ?? english;
}
