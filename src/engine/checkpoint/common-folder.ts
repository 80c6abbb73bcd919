import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';

import { EngineError } from '../errors.js';

/**
 * The deepest folder that holds all the given ones: what a session is told when its weights come from several models.
 * Links are followed.
 * @param folders at least one
 * @throws EngineError `model_missing` when one of them is not there, `invalid_request` when they share none, which
 * folders on different drives do not
 */
export async function commonFolder(folders: readonly string[]): Promise<string> {
  const [first, ...others] = await Promise.all(folders.map(resolved));
  if (first === undefined) throw new Error('commonFolder needs at least one folder.');
  let common = first;
  while (!others.every((folder) => holds(common, folder))) {
    const parent = dirname(common);
    if (parent === common) {
      const message = `The folders ${folders.join(' and ')} are on different drives. Move the models to one of them.`;
      throw new EngineError('invalid_request', message);
    }
    common = parent;
  }
  return common;
}

function holds(folder: string, other: string): boolean {
  const path = relative(folder, other);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function resolved(folder: string): Promise<string> {
  return realpath(folder).catch((cause: unknown) => {
    throw new EngineError('model_missing', `There is no model folder ${folder}.`, { cause });
  });
}
