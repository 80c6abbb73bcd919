import { join } from 'node:path';

import { ModelFolder } from '../../../engine/runtime/model-folder.js';
import { ModelInstallation } from '../../../engine/runtime/model-installation.js';
import { CliError } from '../../cli-error.js';
import type { CommandContext } from '../../command-context.js';
import { TransferBar } from '../../transfer-bar.js';
import { modelsFolderOf, newModelName } from './model-facts.js';

/** What a copy may consist of: nothing that names files elsewhere, as ONNX networks may. */
const PLAIN_FILES = /\.(safetensors|json|txt)$/;

/**
 * Adds a copy of a model that was added elsewhere, with its manifest and so with its identity.
 * @throws CliError `model_unsuitable`, `usage`, `output_exists`; EngineError
 */
export async function addCopy(
  { parts, terminal, signal }: CommandContext,
  folder: string,
  options: { readonly name?: string },
): Promise<ModelFolder> {
  const model = await ModelFolder.open(folder);
  const { version, licence, kind, files } = model;
  const strange = files.find(({ path }) => !PLAIN_FILES.test(path));
  if (strange) {
    const message = `${folder} has ${strange.path}, which is not added from strangers: if you trust it, copy the folder to ${modelsFolderOf(parts)} yourself.`;
    throw new CliError('model_unsuitable', message);
  }
  const name = await newModelName(parts, options.name, model.name);
  const bar = new TransferBar(terminal, model.bytes);
  bar.describe('checking');
  try {
    await model.verify({ trustEarlierChecks: false, signal, onBytes: (count) => bar.add(count) });
  } finally {
    bar.stop();
  }
  const installation = await ModelInstallation.begin(modelsFolderOf(parts), name);
  try {
    for (const { path } of files) await installation.adopt(join(folder, path), path);
    const source = model.source ?? { type: 'local' };
    await installation.writeManifest({ name, version, licence, kind, source, files: [...files] });
    return await installation.finish();
  } catch (error) {
    await installation.discard();
    throw error;
  }
}
