import { Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { languages } from '../../../src/commands/language/languages.js';
import { payloads } from '../../../src/commands/payloads/index.js';
import { commandForm } from '../../discord/rules/command-form.js';
import { checkCommand, checkUniqueNames } from '../../discord/rules/command-rules.js';

interface Item {
  readonly name: string;
  readonly description?: string;
  readonly value?: unknown;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly options?: readonly Item[];
  readonly choices?: readonly Item[];
}

const commands = payloads as readonly Item[];

/** The item as those see it whose Discord is in this language. */
function seenIn(locale: string, item: Item): Item {
  const { name, description, options, choices } = item;
  return {
    ...item,
    name: item.name_localizations?.[locale] ?? name,
    ...(description !== undefined && {
      description: item.description_localizations?.[locale] ?? description,
    }),
    ...(options && { options: options.map((option) => seenIn(locale, option)) }),
    ...(choices && { choices: choices.map((choice) => seenIn(locale, choice)) }),
  };
}

/** The item and everything in it. */
function within(item: Item): Item[] {
  return [item, ...(item.options ?? []).flatMap(within), ...(item.choices ?? [])];
}

const locales = languages.flatMap(({ locales }) => locales);

describe.each(locales)('the commands in %s', (locale) => {
  const seen = commands.map((command) => seenIn(locale, command));

  it('are as Discord takes them', () => {
    for (const command of seen) checkCommand(commandForm.parse(command));
    expect(() => checkUniqueNames(seen.map((command) => commandForm.parse(command)))).not.toThrow();
  });
});

describe.each(languages.filter(({ commands }) => commands))('$locales', ({ locales: [locale = ''] }) => {
  it('leave no description in English', () => {
    const english = commands.flatMap(within).filter(({ description }) => description !== undefined);
    const left = english.filter(({ description, description_localizations: others }) => {
      return description !== '' && others?.[locale] === undefined;
    });
    expect(left.map(({ name, description }) => `${name}: ${description}`)).toEqual([]);
  });
});

describe('localisations', () => {
  it('are under names of languages that Discord has', () => {
    const known: readonly string[] = Object.values(Locale);
    const used = commands
      .flatMap(within)
      .flatMap((item) => [item.name_localizations, item.description_localizations])
      .flatMap((texts) => Object.keys(texts ?? {}));
    expect(used.filter((locale) => !known.includes(locale))).toEqual([]);
  });

  it('count with the longest of each text towards the 8000 characters of a command', () => {
    for (const command of commands) {
      const longest = (text = '', others: Readonly<Record<string, string>> = {}) =>
        Math.max(...[text, ...Object.values(others)].map(({ length }) => length));
      const length = within(command).reduce(
        (sum, item) =>
          sum +
          longest(item.name, item.name_localizations) +
          longest(item.description, item.description_localizations) +
          (typeof item.value === 'string' ? item.value.length : 0),
        0,
      );
      expect([command.name, length <= 8000]).toEqual([command.name, true]);
    }
  });
});
