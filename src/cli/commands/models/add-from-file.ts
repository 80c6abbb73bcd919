import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { checkLora, DIFFUSERS_LAYOUT } from '../../../engine/checkpoint/single-file.js';
import type { ModelFolder } from '../../../engine/runtime/model-folder.js';
import { ModelInstallation } from '../../../engine/runtime/model-installation.js';
import { CliError } from '../../cli-error.js';
import type { CommandContext } from '../../command-context.js';
import { modelsFolderOf, newModelName } from './model-facts.js';

/** What the one file of a LoRA is called in its folder. */
export const LORA_FILE = 'lora.safetensors';

const SUFFIX = /\.safetensors$/i;
const PICKLE = /\.(ckpt|pt|pth|bin|pkl|pickle)$/i;

/**
 * Adds a LoRA from a file of this machine.
 * @throws CliError `model_unsuitable`, `usage`, `output_exists`; EngineError
 */
export async function addFromFile(
  context: CommandContext,
  path: string,
  options: { readonly name?: string },
): Promise<ModelFolder> {
  refuseOtherKinds(path);
  const file = await realpath(path);
  await checkLora(dirname(file), basename(file));
  const { parts, signal } = context;
  const name = await newModelName(parts, options.name, basename(path).replace(SUFFIX, ''));
  const installation = await ModelInstallation.begin(modelsFolderOf(parts), name);
  try {
    await installation.adopt(file, LORA_FILE);
    const described = await installation.describe(LORA_FILE, { signal });
    const version = described.sha256.slice(0, 8);
    const source = { type: 'local' } as const;
    await installation.writeManifest({ name, version, kind: 'lora', source, files: [described] });
    return await installation.finish();
  } catch (error) {
    await installation.discard();
    throw error;
  }
}

function refuseOtherKinds(path: string): void {
  if (PICKLE.test(path)) {
    const message = `${path} is a pickle, which can run code when it is opened and is never read. ${DIFFUSERS_LAYOUT}`;
    throw new CliError('model_unsuitable', message);
  }
  if (!SUFFIX.test(path)) {
    const message = `A LoRA is a file that ends in .safetensors, and ${path} does not. ${DIFFUSERS_LAYOUT}`;
    throw new CliError('model_unsuitable', message);
  }
}
