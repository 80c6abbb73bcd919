import { describe, expect, it } from 'vitest';

import { formatCustomId, parseCustomId } from '../../src/commands/custom-id.js';

describe('custom ids', () => {
  it('come back as they went', () => {
    const id = { action: 'cancel', argument: '0mh3x:with:colons' };
    expect(parseCustomId(formatCustomId(id))).toEqual(id);
  });

  it.each(['', 'cancel', ':x'])('of another form (%j) are not read', (id) => {
    expect(parseCustomId(id)).toBeUndefined();
  });

  it('are never longer than Discord takes', () => {
    expect(() => formatCustomId({ action: 'cancel', argument: 'x'.repeat(100) })).toThrow(RangeError);
  });
});
