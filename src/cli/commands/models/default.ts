import { Command } from 'commander';

import { writeDefaultModel } from '../../../engine/runtime/model-settings.js';
import type { CommandContext } from '../../command-context.js';
import { modelsFolderOf } from './model-facts.js';

export function defaultCommand(context: CommandContext): Command {
  return new Command('default')
    .description('say which model makes clips unless another is named, or choose it')
    .argument('[name]', 'which model')
    .option('--json', 'print one JSON object')
    .action((name: string | undefined) => chooseDefault(context, name));
}

async function chooseDefault({ parts, output }: CommandContext, name: string | undefined): Promise<void> {
  const store = parts.createModelStore();
  if (name !== undefined) {
    await store.find(name);
    await writeDefaultModel(modelsFolderOf(parts), name);
  }
  const current = (await store.find()).name;
  output.result({ defaultModel: current }, [`${current} makes clips unless another model is named.`]);
  if (name !== undefined && current !== name) {
    output.notice(`RIFFCORD_MODEL says ${current}, and goes before what was chosen now: take it out of .env.`);
  }
}
