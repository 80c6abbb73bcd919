import { describe, expect, it } from 'vitest';

import { languages, phrasesFor } from '../../../src/commands/language/languages.js';
import { payloads } from '../../../src/commands/payloads/index.js';

/** One value as text, as number and as list of itself: whatever a phrase takes. */
const VALUES = [['217'], ['318'], ['419'], ['520'], ['621']];

interface Phrase {
  readonly path: string;
  readonly text: string;
  /** As it was given them. */
  readonly values: readonly string[];
}

/** Every phrase of a language, with those values that stand in it. */
function phrasesIn(value: unknown, path: readonly string[] = []): Phrase[] {
  if (typeof value === 'string') return [{ path: path.join('.'), text: value, values: [] }];
  if (typeof value === 'function') {
    const values = VALUES.slice(0, value.length);
    const text = String((value as (...values: readonly unknown[]) => unknown)(...values));
    return [{ path: path.join('.'), text, values: values.flat() }];
  }
  return Object.entries(value as object).flatMap(([name, inner]) => phrasesIn(inner, [...path, name]));
}

/** Shares are shown in percent, so they show a hundredfold. */
function shows(text: string, value: string): boolean {
  const digits = text.replace(/[^\d]/g, '');
  return digits.includes(value) || digits.includes(`${value}00`);
}

const all = languages.map(({ locales, phrases }) => ({ locale: locales[0] ?? '', phrases }));

describe.each(all)('what is said in $locale', ({ locale, phrases }) => {
  const said = phrasesIn(phrases);

  it('is something, for every phrase', () => {
    expect(said.filter(({ text }) => text.trim() === '' || /undefined|NaN|\[object/.test(text))).toEqual([]);
  });

  it('shows every value that it was given', () => {
    const silent = said.filter(({ text, values }) => !values.every((value) => shows(text, value)));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('names commands as its speakers see them', () => {
    const names = payloads.map(
      ({ name, name_localizations: names }) => names?.[locale as keyof typeof names] ?? name,
    );
    const mentioned = said.flatMap(({ text }) =>
      [...text.matchAll(/(?<![\p{L}\p{N}<:/])\/([\p{L}][-\p{L}\p{N}]*)/gu)].map(([, name]) => name),
    );
    expect(mentioned.length).toBeGreaterThan(3);
    expect(mentioned.filter((name) => name === undefined || !names.includes(name))).toEqual([]);
  });

  it('fits where Discord shows it', () => {
    for (const { path, text } of said) {
      const limit = path.startsWith('clips.buttons.') ? 80 : path.startsWith('help.') ? 1024 : 2000;
      expect([path, text.length <= limit]).toEqual([path, true]);
    }
  });
});

describe('languages', () => {
  it('are found by all of their names, and are English where none fits', () => {
    expect(phrasesFor('de').jobs.cancelled).toBe('Abgebrochen.');
    expect(phrasesFor('es-419')).toBe(phrasesFor('es-ES'));
    expect(phrasesFor('en-GB')).toBe(phrasesFor('en-US'));
    expect(phrasesFor('tlh')).toBe(phrasesFor('en-US'));
  });

  it('write numbers, plurals and lists by their own rules', () => {
    expect(phrasesFor('de').jobs.ahead(1)).toBe('Vor dir ist noch 1 Clip.');
    expect(phrasesFor('de').jobs.ahead(2)).toBe('Vor dir sind noch 2 Clips.');
    expect(phrasesFor('fr').jobs.ahead(0)).toContain('0 clip avant');
    expect(phrasesFor('de').clips.seconds(5.12)).toBe('5,1 s');
    expect(phrasesFor('de').jobs.percent(0.29)).toBe('29\u00a0%');
    expect(phrasesFor('es-ES').jobs.missingPermissions(['A', 'B'])).toContain('A y B');
    expect(phrasesFor('ja').jobs.missingPermissions(['A', 'B'])).toContain('A、B');
  });
});
