import { describe, expect, it } from 'vitest';

import { phrasesFor } from '../../src/commands/language/languages.js';
import { parseStrength, strengthChoices } from '../../src/commands/strength.js';

const english = phrasesFor('en-US');

describe('strength', () => {
  it('is medium unless it is given, and any number from 0 to 1', () => {
    expect([undefined, 0, 0.123, 1].map((raw) => parseStrength(raw))).toEqual([0.55, 0, 0.123, 1]);
  });

  it.each([-0.1, 1.1, NaN, '0.5', {}])('is not %s', (raw) => {
    expect(() => parseStrength(raw)).toThrow(expect.objectContaining({ code: 'not_a_strength' }));
  });

  it('is offered by name, beside the number that is typed', () => {
    expect(strengthChoices('', english).map(({ name }) => name.split(':')[0])).toEqual([
      '0.3 light',
      '0.55 medium',
      '0.75 heavy',
    ]);
    expect(strengthChoices('MED', english).map(({ value }) => value)).toEqual([0.55]);
    expect(strengthChoices('0,4', english)[0]).toEqual({ name: '0.4', value: 0.4 });
    expect(strengthChoices('0.3', english)).toHaveLength(3);
    expect(strengthChoices('loud', english)).toEqual([]);
  });
});
