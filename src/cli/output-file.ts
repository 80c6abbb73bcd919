import { constants } from 'node:fs';
import { access, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';

import { EngineError } from '../engine/errors.js';
import { saveFile } from '../engine/files/save-file.js';
import type { PictureFormat } from '../engine/files/picture-metadata.js';
import type { AudioFormat } from '../engine/limits.js';
import { CliError } from './cli-error.js';

export interface FileToSave {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const AUDIO_EXTENSIONS: Readonly<Record<string, AudioFormat>> = {
  '.wav': 'wav',
  '.mp3': 'mp3',
  '.ogg': 'ogg',
  '.opus': 'ogg',
};

const PICTURE_EXTENSIONS: Readonly<Record<string, PictureFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
};

/** Undefined when the name does not end as one of a sound file that is written. */
export function audioFormatOf(path: string): AudioFormat | undefined {
  return AUDIO_EXTENSIONS[extname(path).toLowerCase()];
}

/** Undefined when the name does not end as one of a picture that is written. */
export function pictureFormatOf(path: string): PictureFormat | undefined {
  return PICTURE_EXTENSIONS[extname(path).toLowerCase()];
}

/**
 * Finds out before the work whether a file could be written after it.
 * @throws CliError `output_exists`, EngineError `io_failed`
 */
export async function checkWritable(path: string, force: boolean): Promise<void> {
  if (!force && (await exists(path))) {
    const message = `${path} exists already: choose another name, or add --force to overwrite it.`;
    throw new CliError('output_exists', message);
  }
  try {
    await access(dirname(path), constants.W_OK);
  } catch (cause) {
    const message = `${dirname(path)} is no folder that may be written to. Create it, or choose another.`;
    throw new EngineError('io_failed', message, { cause });
  }
}

/** Makes a folder and those above it. @throws EngineError `io_failed` */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new EngineError('io_failed', `The folder ${path} cannot be made. Choose another.`, { cause });
  }
}

export async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}

/** The first of stem, stem-2, stem-3 ... under which none of the files is there yet. */
export async function freeStem(folder: string, stem: string, extensions: readonly string[]): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? stem : `${stem}-${number}`);
    const taken = await Promise.all(extensions.map((extension) => exists(path + extension)));
    if (!taken.includes(true)) return path;
  }
}

/** Writes all files or none. @throws EngineError `disk_full` or `io_failed` */
export async function saveFiles(files: readonly FileToSave[]): Promise<void> {
  const saved: string[] = [];
  try {
    for (const { path, bytes } of files) {
      await saveFile(path, bytes);
      saved.push(path);
    }
  } catch (error) {
    await Promise.all(saved.map((path) => rm(path, { force: true }).catch(() => undefined)));
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined;
}
