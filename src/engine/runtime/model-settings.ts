/** `settings.json` of a folder of models: what was chosen for all of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { saveFile } from '../files/save-file.js';

const FILE_NAME = 'settings.json';

const settingsSchema = z.object({ defaultModel: z.string().optional() });

/** The name that the last of the folders with a choice holds; undefined when there is none. */
export async function readDefaultModel(modelRoots: readonly string[]): Promise<string | undefined> {
  const chosen = await Promise.all(modelRoots.map(readOne));
  return chosen.findLast((name) => name !== undefined);
}

/** @param name undefined takes the choice back. @throws EngineError `disk_full`, `io_failed` */
export async function writeDefaultModel(modelRoot: string, name: string | undefined): Promise<void> {
  const text = `${JSON.stringify({ defaultModel: name }, undefined, 2)}\n`;
  await saveFile(join(modelRoot, FILE_NAME), Buffer.from(text));
}

/** A file that is damaged chooses nothing. */
async function readOne(modelRoot: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(modelRoot, FILE_NAME), 'utf8');
    return settingsSchema.parse(JSON.parse(text)).defaultModel;
  } catch {
    return undefined;
  }
}
