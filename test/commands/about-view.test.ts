import { describe, expect, it } from 'vitest';

import { aboutView } from '../../src/commands/about-view.js';
import { phrasesFor } from '../../src/commands/language/languages.js';
import type { ModelDescription } from '../../src/engine/music-engine.js';

const model: ModelDescription = {
  name: 'riffcord-small',
  version: '1.0.0',
  sha256: '0'.repeat(64),
  defaults: { numInferenceSteps: 16, guidanceScale: 5, scheduler: 'euler' },
  samplePrompts: [],
};
const measured: ModelDescription = {
  ...model,
  licence: 'MIT',
  evaluation: {
    version: '1.0.0',
    clips: 1256,
    shares: { genre: { generated: 0.43, real: 0.7 }, tempo: { generated: 0.9 } },
  },
};

function fieldsOf(models: readonly ModelDescription[], locale: string) {
  const [embed] = aboutView(models, '0.2.0', phrasesFor(locale)).embeds ?? [];
  return (embed?.fields ?? []).map(({ name, value }) => [name, value]);
}

describe('/about', () => {
  it('names the model, its licence, the program, and what was measured, as the language writes it', () => {
    expect(fieldsOf([measured], 'de')).toEqual([
      ['Modell', 'riffcord-small 1.0.0'],
      ['Lizenz', 'MIT'],
      ['Programm', 'Riffcord 0.2.0'],
      [
        'Gemessen an 1.256 Clips',
        expect.stringContaining('gewünschte: **43\u00a0% (andere Musik: 70\u00a0%)**'),
      ],
    ]);
  });

  it('says what has been measured and nothing else', () => {
    const value = fieldsOf([measured], 'en-GB').at(-1)?.[1];
    expect(value).toContain('two percent: **90%**');
    expect(value).not.toContain('lead');
  });

  it('says so where neither licence nor measurements are known, and lists other models', () => {
    const fields = fieldsOf([model, measured], 'en-GB');
    expect(fields).toContainEqual(['Licence', 'not stated']);
    expect(fields).toContainEqual(['Other models here', 'riffcord-small']);
    expect(fields.at(-1)?.[1]).toBe('Nothing has been measured of this model.');
  });
});
