import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import { chooseFiles } from '../../../engine/checkpoint/diffusers-layout.js';
import type { NeededFile } from '../../../engine/checkpoint/diffusers-layout.js';
import type { ModelFolder } from '../../../engine/runtime/model-folder.js';
import { ModelInstallation } from '../../../engine/runtime/model-installation.js';
import { MANIFEST_FILE } from '../../../engine/runtime/model-manifest.js';
import type { ManifestFile } from '../../../engine/runtime/model-manifest.js';
import { CliError } from '../../cli-error.js';
import type { CommandContext } from '../../command-context.js';
import { TransferBar } from '../../transfer-bar.js';
import { addCopy } from './add-copy.js';
import type { AddOptions } from './add.js';
import { checkSettings, checkWeights } from './checkpoint-check.js';
import type { ModelLabel } from './checkpoint-check.js';
import { licenceIn, listLocalFiles } from './local-files.js';
import type { LocalFile } from './local-files.js';
import { modelsFolderOf, newModelName } from './model-facts.js';

/**
 * Adds a checkpoint in diffusers' layout from a folder of this machine, or a copy of a model that was added elsewhere.
 * @throws CliError `model_unsuitable`, `usage`, `output_exists`; EngineError
 */
export async function addFromFolder(
  context: CommandContext,
  folder: string,
  options: Pick<AddOptions, 'name' | 'precision'>,
): Promise<ModelFolder> {
  if (await stat(join(folder, MANIFEST_FILE)).catch(() => undefined)) return addCopy(context, folder, options);
  const choice = chooseFiles(await listLocalFiles(folder), options.precision);
  if (!choice.isComplete) {
    throw new CliError('model_unsuitable', `${folder} cannot be used: ${choice.fault}.`);
  }
  const { parts } = context;
  const name = await newModelName(parts, options.name, nameOf(folder));
  const installation = await ModelInstallation.begin(modelsFolderOf(parts), name);
  try {
    return await install(context, installation, choice.files, {
      name,
      version: 'local',
      licence: await licenceIn(folder),
      kind: 'checkpoint',
      source: { type: 'local' },
    });
  } catch (error) {
    await installation.discard();
    throw error;
  }
}

async function install(
  { terminal, signal }: CommandContext,
  installation: ModelInstallation,
  needed: readonly NeededFile<LocalFile>[],
  label: ModelLabel,
): Promise<ModelFolder> {
  await checkSpaceFor(installation, needed);
  const bar = new TransferBar(
    terminal,
    needed.reduce((sum, { source }) => sum + source.bytes, 0),
  );
  const described: ManifestFile[] = [];
  const take = async ({ source, path }: NeededFile<LocalFile>): Promise<void> => {
    bar.describe(path);
    await installation.adopt(source.realPath, path);
    described.push(await installation.describe(path, { signal, onBytes: (count) => bar.add(count) }));
  };
  try {
    for (const file of needed) if (!file.isWeights) await take(file);
    await checkSettings(installation, label, described);
    for (const file of needed) if (file.isWeights) await take(file);
  } finally {
    bar.stop();
  }
  await checkWeights(installation, described);
  await installation.writeManifest({ ...label, version: versionOf(described), files: described });
  return installation.finish();
}

/** Links need no space, but lead to no other disk. */
async function checkSpaceFor(
  installation: ModelInstallation,
  needed: readonly NeededFile<LocalFile>[],
): Promise<void> {
  const { dev } = await stat(installation.folder);
  const copied = needed.filter(({ source }) => source.device !== dev);
  if (copied.length > 0) await installation.checkSpace(copied.reduce((sum, { source }) => sum + source.bytes, 0));
}

/** Of the same files it is the same anywhere. */
function versionOf(files: readonly ManifestFile[]): string {
  const lines = files.map(({ path, sha256 }) => `${sha256} ${path}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 8);
}

/** The folder's own name, or the model's where the folder is one of the hub's cache. */
function nameOf(folder: string): string {
  const path = resolve(folder);
  const cached = /[\\/]models--(?:[^\\/]+?--)?([^\\/]+)[\\/]snapshots[\\/][0-9a-f]{40}$/.exec(path);
  return cached?.[1] ?? basename(path);
}
