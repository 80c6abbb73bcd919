import { describe, expect, it } from 'vitest';

import { languages } from '../../src/commands/language/languages.js';
import { phrasesFor } from '../../src/commands/language/languages.js';
import { readRemixForm, remixForm } from '../../src/commands/remix-form.js';
import { modalForm } from '../discord/rules/modal-form.js';

const ID = { action: 'remix', argument: '0' };

describe('the form for a remix', () => {
  it.each(languages.map(({ locales: [locale], phrases }) => [locale, phrases] as const))(
    'is one that Discord takes, in %s',
    (_locale, phrases) => {
      expect(modalForm.safeParse(remixForm(ID, 'x'.repeat(2000), phrases)).error).toBeUndefined();
      expect(modalForm.safeParse(remixForm(ID, '', phrases)).error).toBeUndefined();
    },
  );

  it('begins with the words of the clip', () => {
    expect(JSON.stringify(remixForm(ID, 'funk', phrasesFor('en-US')))).toContain('"value":"funk"');
  });
});

describe('readRemixForm', () => {
  it.each([
    ['0.4', 0.4],
    [' 0,4 ', 0.4],
    ['0', 0],
    ['1', 1],
    ['', 0.55],
  ])('takes a strength of %j for %d', (typed, strength) => {
    expect(readRemixForm(filledIn(typed))).toEqual({ prompt: 'brass', strength });
  });

  it.each(['much', '-1', '1.1', '0.5.5', 'NaN', 'Infinity'])('refuses %j', (typed) => {
    expect(() => readRemixForm(filledIn(typed))).toThrow(expect.objectContaining({ code: 'not_a_strength' }));
  });
});

function filledIn(strength: string) {
  return { getTextInputValue: (name: string) => (name === 'prompt' ? 'brass' : strength) };
}
