import { Command } from 'commander';

import type { ModelFolder } from '../../../engine/runtime/model-folder.js';
import { unfinishedInstallations } from '../../../engine/runtime/model-installation.js';
import type { CommandContext } from '../../command-context.js';
import { byteSize } from '../../byte-size.js';
import { modelsFolderOf, sourceName } from './model-facts.js';

const COLUMNS = ['Name', 'Version', 'Kind', 'Size', 'Licence', 'From'];

export function listCommand(context: CommandContext): Command {
  return new Command('list')
    .description('list the models on this machine; * marks the default')
    .option('--json', 'print one JSON object')
    .action(() => list(context));
}

async function list({ parts, output }: CommandContext): Promise<void> {
  const store = parts.createModelStore();
  const { models, faults } = await store.all();
  const defaultModel = (await store.list().catch(() => []))[0];
  const isDefault = (model: ModelFolder): boolean => model.root === defaultModel?.root;
  const unfinished = await unfinishedInstallations(modelsFolderOf(parts));
  const rows = models.map((model) => rowOf(model, isDefault(model)));
  output.result(
    {
      models: models.map((model) => ({ ...factsOf(model), isDefault: isDefault(model) })),
      unfinished,
      faults: faults.map(({ message }) => message),
    },
    [
      ...(rows.length === 0 ? ['There are no models here: add one with `riffcord models add`.'] : columns(rows)),
      ...unfinished.map((name) => `${name} is not complete: add it again to go on, or remove it.`),
      ...faults.map(({ message }) => message),
    ],
  );
}

function factsOf(model: ModelFolder): object {
  const { name, version, kind, bytes, licence, source, sha256, root: folder } = model;
  return { name, version, kind, bytes, licence, source, sha256, folder };
}

function rowOf(model: ModelFolder, isDefault: boolean): string[] {
  const { name, version, kind, bytes, licence, source } = model;
  const from = sourceName(source);
  return [isDefault ? `${name} *` : name, version, kind, byteSize(bytes), licence ?? 'not stated', from];
}

function columns(rows: readonly string[][]): string[] {
  const all = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}
