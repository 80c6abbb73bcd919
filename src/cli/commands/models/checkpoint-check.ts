/** Whether a checkpoint that is being added can be run: asked before its weights are fetched, and when they are there. */
import { join } from 'node:path';

import { SafetensorsFile } from '../../../engine/checkpoint/safetensors/safetensors-file.js';
import { readModelConfig } from '../../../engine/diffusion/model-config.js';
import { EngineError } from '../../../engine/errors.js';
import type { ModelInstallation } from '../../../engine/runtime/model-installation.js';
import type { ManifestFile, ModelManifest } from '../../../engine/runtime/model-manifest.js';
import { CliError } from '../../cli-error.js';

/** A manifest without its files. */
export type ModelLabel = Omit<ModelManifest, 'files'>;

/**
 * Reads the settings as the engine would. An installation of a model that cannot be run is taken back.
 * @throws CliError `model_unsuitable`
 */
export async function checkSettings(
  installation: ModelInstallation,
  label: ModelLabel,
  settings: readonly ManifestFile[],
): Promise<void> {
  const model = await installation.writeManifest({ ...label, files: [...settings] });
  try {
    await readModelConfig(model);
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    await installation.discard();
    throw new CliError('model_unsuitable', cause.message, { cause });
  }
}

/** Reads the headers of all weights. @throws EngineError `model_corrupt` */
export async function checkWeights(
  installation: ModelInstallation,
  files: readonly { readonly path: string }[],
): Promise<void> {
  const weights = files.filter(({ path }) => path.endsWith('.safetensors'));
  for (const { path } of weights) await SafetensorsFile.open(join(installation.folder, path));
}
