import { describe, expect, it } from 'vitest';

import { clips } from '../../src/commands/clip-view.js';
import { phrasesFor } from '../../src/commands/language/languages.js';
import { recipeView } from '../../src/commands/recipe-view.js';
import type { GeneratedClip } from '../../src/engine/music-engine.js';
import { sampleClip, sampleRecipe } from './sample-clip.js';
import { remixJob, riffJob, waitingJob } from './sample-job.js';

const longest = '*'.repeat(500);
const english = phrasesFor('en-GB');
const END = { prompt: longest, negativePrompt: '', seed: 8, guidanceScale: 4 };

describe('several clips in one message', () => {
  it('say once what they have in common, and each its number and seed', () => {
    const { embeds = [], files = [] } = clips(waitingJob(riffJob()), four());
    expect(embeds.map(({ description }) => description)).toEqual([
      '**funk bassline**\n**1** · Seed `7`',
      '**2** · Seed `8`',
      '**3** · Seed `9`',
      '**4** · Seed `10`',
    ]);
    expect(new Set(files.map(({ name }) => name)).size).toBe(8);
    expect(embeds[3]?.image?.url).toBe(`attachment://${files[6]?.name}`);
  });

  it('keep to the limits of a message with the longest texts', () => {
    const long = four(sampleClip({ prompt: longest, negativePrompt: longest }));
    const { embeds = [] } = clips(waitingJob(riffJob()), long);
    expect(lettersIn(embeds)).toBeLessThanOrEqual(6000);
  });
});

describe('a way from one to another', () => {
  it('keeps to the limits of an embed with the longest texts', () => {
    const clip = sampleClip({ prompt: longest, negativePrompt: longest });
    const morph = { ...clip, recipe: { ...clip.recipe, end: END } };
    const { embeds = [] } = clips(waitingJob({ ...remixJob(), kind: 'morph' as const }), [morph]);
    expect(embeds[0]?.description?.length).toBeLessThanOrEqual(4096);
    expect(lettersIn(embeds)).toBeLessThanOrEqual(6000);
  });
});

describe('the recipe, for people', () => {
  it('has a command that makes the same clip again', () => {
    const recipe = {
      ...sampleRecipe({ negativePrompt: 'drums' }),
      pictures: 2,
      width: 1024,
      loop: true as const,
    };
    expect(lastField(recipe)).toContain(
      '/riff prompt:funk bassline length:10.24 negative:drums seed:7 steps:16 guidance:4 scheduler:euler loop:True',
    );
  });

  it('has none for what was made of another clip, but says how', () => {
    const initImage = { sha256: '0'.repeat(64) };
    const remix = { ...sampleRecipe(), initImage, strength: 0.3 };
    expect(lastField(remix)).toContain('use /remix on that clip');
    const { embeds = [] } = recipeView(remix, ['https://discord.com/channels/1/2/3'], english);
    expect(embeds[0]?.fields).toContainEqual({ name: 'From', value: 'https://discord.com/channels/1/2/3' });
    expect(embeds[0]?.fields).toContainEqual({ name: 'Strength', value: '0.3', inline: true });
  });

  it('keeps to the limits of an embed with the longest texts, and its code stays code', () => {
    const texts = { prompt: '`'.repeat(500), negativePrompt: longest };
    const { embeds = [] } = recipeView({ ...sampleRecipe(texts), end: END, pictures: 5 }, [], english);
    for (const { value } of embeds[0]?.fields ?? []) expect(value.length).toBeLessThanOrEqual(1024);
    expect(embeds[0]?.fields?.at(-1)?.value.match(/`/g)).toHaveLength(6);
    expect(lettersIn(embeds)).toBeLessThanOrEqual(6000);
  });

  function lastField(recipe: Parameters<typeof recipeView>[0]): string | undefined {
    return recipeView(recipe, [], english).embeds?.[0]?.fields?.at(-1)?.value;
  }
});

function four(clip = sampleClip()): GeneratedClip[] {
  return [0, 1, 2, 3].map((more) => ({
    ...clip,
    recipe: { ...clip.recipe, seed: clip.recipe.seed + more },
  }));
}

/** As Discord counts the letters of a message's embeds. */
function lettersIn(embeds: NonNullable<ReturnType<typeof clips>['embeds']>): number {
  const texts = embeds.flatMap(({ description, footer, fields = [] }) => [
    description,
    footer?.text,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
