/** What the commands about models say of one, and where they look for it. */
import type { ModelFolder } from '../../../engine/runtime/model-folder.js';
import { isModelName } from '../../../engine/runtime/model-manifest.js';
import type { ModelSource } from '../../../engine/runtime/model-manifest.js';
import { CliError } from '../../cli-error.js';
import type { CliParts } from '../../cli-parts.js';
import { EngineError } from '../../../engine/errors.js';

/** Where models are added. @throws CliError `usage` */
export function modelsFolderOf(parts: CliParts): string {
  return parts.modelRoots().at(-1) ?? 'models';
}

export function sourceName(source: ModelSource | undefined): string {
  switch (source?.type) {
    case undefined:
      return 'ships, or put there by hand';
    case 'hub':
      return source.id;
    case 'local':
      return 'this machine';
  }
}

/** A checkpoint or LoRA by its name. @throws EngineError `model_missing`, listing the known ones */
export async function findModel(parts: CliParts, name: string): Promise<ModelFolder> {
  const { models } = await parts.createModelStore().all();
  const model = models.find((candidate) => candidate.name === name);
  if (model) return model;
  const known = models.map((candidate) => candidate.name).join(', ');
  throw new EngineError('model_missing', `There is no model "${name}". There are: ${known}.`);
}

/**
 * The name of a model that is to be added.
 * @param given by the user
 * @param proposed otherwise; letters and signs that cannot be in a name become hyphens
 * @throws CliError `usage`, `output_exists`
 */
export async function newModelName(parts: CliParts, given: string | undefined, proposed: string): Promise<string> {
  const name = given ?? proposed.replace(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+|[.]+$/g, '');
  if (!isModelName(name)) {
    const message = `"${name}" cannot be a model's name: give it one of letters, digits, hyphens and dots with --name.`;
    throw new CliError('usage', message);
  }
  const { models } = await parts.createModelStore().all();
  const namesake = models.find((model) => model.name.toLowerCase() === name.toLowerCase());
  if (!namesake) return name;
  const message = `There is a model ${namesake.name} already (${namesake.version}, ${sourceName(namesake.source)}): remove it first, or give this one another name with --name.`;
  throw new CliError('output_exists', message);
}
