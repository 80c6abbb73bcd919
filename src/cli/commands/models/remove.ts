import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { Command } from 'commander';

import { writeFailure } from '../../../engine/files/save-file.js';
import { ModelInstallation, unfinishedInstallations } from '../../../engine/runtime/model-installation.js';
import { readDefaultModel, writeDefaultModel } from '../../../engine/runtime/model-settings.js';
import { byteSize } from '../../byte-size.js';
import { CliError } from '../../cli-error.js';
import type { CommandContext } from '../../command-context.js';
import { findModel, modelsFolderOf } from './model-facts.js';

export function removeCommand(context: CommandContext): Command {
  return new Command('remove')
    .description('delete a model that was added, or what there is of an unfinished one')
    .argument('<name>', 'which model')
    .option('--json', 'print one JSON object')
    .action((name: string) => remove(context, name));
}

async function remove({ parts, output }: CommandContext, name: string): Promise<void> {
  const modelRoot = modelsFolderOf(parts);
  if ((await unfinishedInstallations(modelRoot)).includes(name)) {
    await (await ModelInstallation.begin(modelRoot, name)).discard();
    output.result({ removed: name }, [`What there was of ${name} is removed.`]);
    return;
  }
  const model = await findModel(parts, name);
  if (model.source === undefined) {
    const message = `${name} was not added by this program, which deletes only what it has added: delete ${model.root} yourself.`;
    throw new CliError('usage', message);
  }
  await deleteFolder(model.root);
  const root = dirname(model.root);
  if ((await readDefaultModel([root])) === name) await writeDefaultModel(root, undefined);
  output.result({ removed: name, bytes: model.bytes }, [`${name} is removed (${byteSize(model.bytes)}).`]);
}

/** Out of sight first, so that nobody meets half a model. @throws EngineError `io_failed` */
async function deleteFolder(folder: string): Promise<void> {
  const hidden = join(dirname(folder), `.removing-${randomUUID()}`);
  try {
    await rename(folder, hidden);
    await rm(hidden, { recursive: true });
  } catch (cause) {
    throw writeFailure(folder, cause);
  }
}
