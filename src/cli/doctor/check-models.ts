import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { EngineError } from '../../engine/errors.js';
import { ModelFolder } from '../../engine/runtime/model-folder.js';
import { MODEL_WAY_OUT } from '../../engine/runtime/model-manifest.js';
import type { Check } from './check.js';

/** Every model folder, all its files checked against their hashes; at least one sound model is needed. */
export async function checkModels(modelRoots: readonly string[]): Promise<Check[]> {
  const folders = (await Promise.all(modelRoots.map(subfolders))).flat();
  const checks = await Promise.all(folders.map(checkModel));
  if (checks.length > 0) return checks;
  const found = `none in ${modelRoots.join(', ')}`;
  return [{ name: 'Model', status: 'missing', found, advice: MODEL_WAY_OUT, isNeeded: true }];
}

async function checkModel(folder: string): Promise<Check> {
  try {
    const model = await ModelFolder.open(folder);
    await model.verify();
    const found = `${model.name} ${model.version} (hash ${model.sha256.slice(0, 12)}), all files as they should be`;
    const isLora = model.kind === 'lora';
    return { name: isLora ? 'LoRA' : 'Model', status: 'ok', found, isNeeded: !isLora };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const status = error.code === 'model_missing' ? 'missing' : 'broken';
    return { name: 'Model', status, found: folder, advice: error.message, isNeeded: true };
  }
}

async function subfolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(root, entry.name))
    .sort();
}
