/** Which language people are answered in. */
import { english } from './en/index.js';
import type { Phrases } from './phrases.js';

/** By Discord's name of the language, or the part of it before the hyphen. */
const LANGUAGES: Readonly<Record<string, Phrases>> = { en: english };

/**
 * What the bot says in a language; in English where it does not know it.
 *
 * @param locale - As Discord names it, such as "de" or "es-419".
 */
export function phrasesFor(locale: string): Phrases {
  const [language = locale] = locale.split('-');
  return LANGUAGES[locale] ?? LANGUAGES[language] ?? english;
}
