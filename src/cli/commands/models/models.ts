import { Command } from 'commander';

import type { CommandContext } from '../../command-context.js';
import { addCommand } from './add.js';
import { defaultCommand } from './default.js';
import { listCommand } from './list.js';
import { removeCommand } from './remove.js';
import { verifyCommand } from './verify.js';

export function modelsCommand(context: CommandContext): Command {
  const command = new Command('models').description(
    'list the models on this machine, add others, check and remove them',
  );
  command.addCommand(listCommand(context), { isDefault: true });
  for (const create of [addCommand, verifyCommand, removeCommand, defaultCommand]) {
    command.addCommand(create(context));
  }
  return command;
}
