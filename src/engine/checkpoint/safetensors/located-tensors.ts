/** A safetensors file inside a folder that may not be left, and where its tensors lie. */
import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

import { EngineError } from '../../errors.js';
import { unreadable } from '../unreadable.js';
import type { TensorLocation } from '../weight-source.js';
import { SafetensorsFile } from './safetensors-file.js';

export interface LocateOptions {
  /**
   * Folder that the locations' paths begin at; it holds the model's, at any depth. One that holds several models lets
   * a session take weights from all of them.
   * @defaultValue the model's folder
   */
  readonly relativeTo?: string;
}

export interface LocatedTensors {
  readonly file: SafetensorsFile;
  readonly locations: ReadonlyMap<string, TensorLocation>;
}

/**
 * Reads the header, never the data.
 * @param folder the model's
 * @param file relative to it, with forward slashes
 * @throws EngineError `model_missing`, or `model_corrupt` when the header is not sound or a link leads out of the folder
 */
export async function openTensors(
  folder: string,
  file: string,
  { relativeTo = folder }: LocateOptions = {},
): Promise<LocatedTensors> {
  const path = await pathInside(folder, file);
  const opened = await SafetensorsFile.open(path);
  const location = await pathFrom(relativeTo, path);
  const locations = new Map<string, TensorLocation>();
  for (const { name, dtype, shape, begin, length } of opened.tensors.values()) {
    locations.set(name, { name, dtype, shape, file: location, offset: opened.dataStart + begin, length });
  }
  return { file: opened, locations };
}

/**
 * Path of a file of the model.
 * @throws EngineError `model_missing`, or `model_corrupt` when a link leads out of the folder
 */
export async function pathInside(folder: string, file: string): Promise<string> {
  const path = join(folder, file);
  const inside = relative(await resolved(folder, path), await resolved(path, path));
  if (isOutside(inside)) throw unreadable(path, 'it lies outside the model folder');
  return path;
}

/** With all links followed, as the runtime does before it opens a file. */
async function pathFrom(folder: string, path: string): Promise<string> {
  const location = relative(await resolved(folder, path), await resolved(path, path));
  if (isOutside(location)) {
    throw new Error(`${path} does not lie in ${folder}, which its location begins at.`);
  }
  return location.split(sep).join('/');
}

/** @param wanted the file that it is about */
function resolved(path: string, wanted: string): Promise<string> {
  return realpath(path).catch((cause: unknown) => {
    const message = `The model file ${wanted} is missing. Download it again.`;
    throw new EngineError('model_missing', message, { cause });
  });
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}
