import { ApplicationCommandType } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { helpView } from '../../src/commands/help-view.js';
import { languages } from '../../src/commands/language/languages.js';
import { payloads } from '../../src/commands/payloads/index.js';

const samplePrompts = ['church bells', '**typing** to jazz', ...Array<string>(50).fill('x'.repeat(100))];

function embedFor(locale: Parameters<typeof helpView>[1], prompts: readonly string[] = samplePrompts) {
  const [embed] = helpView({ payloads, samplePrompts: prompts }, locale).embeds ?? [];
  if (!embed) throw new Error('There is no embed.');
  return embed;
}

describe('/help', () => {
  it.each(languages.flatMap(({ locales }) => locales))('fits into an embed in %s', (locale) => {
    const { title = '', description = '', fields = [] } = embedFor(locale);
    expect(description.length).toBeLessThanOrEqual(4096);
    for (const { name, value } of fields) {
      expect(name.length).toBeLessThanOrEqual(256);
      expect([name, value.length <= 1024]).toEqual([name, true]);
    }
    const texts = [title, description, ...fields.flatMap(({ name, value }) => [name, value])];
    expect(texts.join('').length).toBeLessThanOrEqual(6000);
    expect(texts.join('')).not.toContain('undefined');
  });

  it('lists every slash command by the names and descriptions that people see', () => {
    const { description } = embedFor('de');
    expect(description).toContain('**/anhören** Hör dir ein Bild an');
    expect(description).toContain('`/riff church bells`');
    expect(description?.match(/^\*\*\/[^ ]+\*\* ./gm)).toHaveLength(
      payloads.filter(({ type }) => type === ApplicationCommandType.ChatInput).length,
    );
  });

  it('gives some of the prompts that the model knows, as plain text, and none where there are none', () => {
    const ideas = embedFor('en-GB').fields?.at(-1)?.value.split('\n');
    expect(ideas).toHaveLength(6);
    expect(ideas?.[1]).toBe('- \\*\\*typing\\*\\* to jazz');
    expect(embedFor('en-GB', []).fields?.at(-1)?.name).toBe('Strength of a remix');
  });
});
