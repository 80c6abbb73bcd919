import { Command } from 'commander';

import { readRecipe } from '../../engine/files/read-recipe.js';
import { AUDIO_MAX_BYTES } from '../../engine/limits.js';
import type { Recipe } from '../../engine/recipe/recipe.js';
import type { CommandContext } from '../command-context.js';
import { readInputFile } from '../input-file.js';
import { table } from '../output.js';

export function recipeCommand({ output }: CommandContext): Command {
  return new Command('recipe')
    .description('show what a clip was made of; riff --recipe makes it again')
    .argument('<file>', 'picture or sound file of a clip')
    .option('--json', 'print the recipe as one JSON object')
    .action(async (file: string) => {
      const recipe = await readRecipe(await readInputFile(file, AUDIO_MAX_BYTES));
      output.result(recipe, table(rowsOf(recipe)));
    });
}

function rowsOf(recipe: Recipe): (readonly [string, string])[] {
  const { model, negativePrompt, strength, initImage } = recipe;
  return [
    ['Prompt', recipe.prompt],
    ...(negativePrompt === '' ? [] : [['Without', negativePrompt] as const]),
    ['Seed', String(recipe.seed)],
    ['Steps', String(recipe.numInferenceSteps)],
    ['Guidance', String(recipe.guidanceScale)],
    ['Scheduler', recipe.scheduler],
    ['Model', `${model.name} ${model.version} (hash ${model.sha256.slice(0, 12)})`],
    ...(strength === undefined ? [] : [['Strength', String(strength)] as const]),
    ...(initImage === undefined ? [] : [['From picture', initImage.sha256.slice(0, 12)] as const]),
    ...(recipe.bpm === undefined ? [] : [['Tempo', `${recipe.bpm} bpm`] as const]),
    ['Columns', String(recipe.width)],
    ['Engine', recipe.engine],
  ];
}
