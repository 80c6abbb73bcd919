/** A clip's recipe, for people. */
import type { APIEmbedField } from 'discord.js';

import type { Recipe } from '../engine/recipe/recipe.js';
import { EMBED_COLOR } from './clip-parts.js';
import { clipTitle } from './clip-title.js';
import type { Phrases } from './language/phrases.js';
import type { MessageView } from './message-view.js';
import { plainText, shorten } from './plain-text.js';

/** The longest value that an embed's field may have. */
const FIELD_MAX_LENGTH = 1024;

/** @param origins - Links to the messages that it was made from, as far as they are known. */
export function recipeView(recipe: Recipe, origins: readonly string[], phrases: Phrases): MessageView {
  const { recipes } = phrases;
  const command = commandFor(recipe);
  const embed = {
    color: EMBED_COLOR,
    description: `**${clipTitle(recipe, plainText)}**`,
    fields: [
      ...knobs(recipe, phrases),
      ...lineage(recipe, origins, phrases),
      ...(command === undefined
        ? [{ name: recipes.repeat, value: recipes.repeatFromFile }]
        : [{ name: recipes.repeat, value: codeBlock(command) }]),
    ],
    footer: { text: recipes.promise },
  };
  return { content: '', embeds: [embed] };
}

function knobs(recipe: Recipe, { clips, recipes }: Phrases): APIEmbedField[] {
  const { negativePrompt, model, engine, end } = recipe;
  const seeds = end && end.seed !== recipe.seed ? [recipe.seed, end.seed] : [recipe.seed];
  const inline = (name: string, value: string): APIEmbedField => ({ name, value, inline: true });
  return [
    ...(negativePrompt === ''
      ? []
      : [{ name: clips.without, value: shorten(plainText(negativePrompt), FIELD_MAX_LENGTH) }]),
    inline(clips.seed, seeds.map((seed) => `\`${seed}\``).join(' → ')),
    inline(clips.steps, clips.number(recipe.numInferenceSteps)),
    ...(recipe.bpm === undefined ? [] : [inline(recipes.tempo, `${clips.number(recipe.bpm)} bpm`)]),
    inline(recipes.guidance, clips.number(recipe.guidanceScale)),
    inline(recipes.scheduler, recipe.scheduler),
    inline(recipes.model, `${plainText(model.name)} ${plainText(model.version)}`),
    inline(recipes.engine, `Riffcord ${plainText(engine)}`),
  ];
}

function lineage(
  { initImage, strength }: Recipe,
  origins: readonly string[],
  { clips, recipes }: Phrases,
): APIEmbedField[] {
  if (!initImage) return [];
  const value = origins.length === 0 ? recipes.unknownOrigin : origins.join(' → ');
  const from = { name: clips.from, value: shorten(value, FIELD_MAX_LENGTH) };
  if (strength === undefined) return [from];
  return [{ name: clips.strength, value: clips.number(strength), inline: true }, from];
}

/** What somebody could type to get the same clip; undefined where words alone do not make it. */
function commandFor(recipe: Recipe): string | undefined {
  const { prompt, negativePrompt, seed, numInferenceSteps, guidanceScale, scheduler, end, pictures } = recipe;
  if (recipe.initImage) return undefined;
  const words = end
    ? ['/morph', `from:${prompt}`, `to:${end.prompt}`, `morph-steps:${pictures ?? 1}`]
    : ['/riff', `prompt:${prompt}`, ...(pictures ? [`length:${secondsOf(recipe)}`] : [])];
  return [
    ...words,
    ...(end && end.seed !== seed ? [`to-seed:${end.seed}`] : []),
    ...(negativePrompt === '' ? [] : [`negative:${negativePrompt}`]),
    ...(recipe.bpm === undefined ? [] : [`bpm:${recipe.bpm}`]),
    `seed:${seed}`,
    `steps:${numInferenceSteps}`,
    `guidance:${guidanceScale}`,
    `scheduler:${scheduler}`,
    ...(recipe.loop ? ['loop:True'] : []),
  ].join(' ');
}

/** Columns are 10 ms at the parameters that all our models have; a command's length is rounded to whole pictures. */
function secondsOf({ width }: Recipe): number {
  return width / 100;
}

/** Long prompts are cut rather than refused: the seed and the rest still stand in the fields above. */
function codeBlock(text: string): string {
  const safe = text.replaceAll('`', 'ˋ');
  return `\`\`\`\n${shorten(safe, FIELD_MAX_LENGTH - 8)}\n\`\`\``;
}
