/**
 * What was measured of a model: `evaluation.json` in its folder. It is made of the finished model, so the manifest does
 * not name it and it is no part of the model's identity.
 */
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import type { ModelFolder } from './model-folder.js';

const EVALUATION_FILE = 'evaluation.json';
const MAX_BYTES = 2 ** 16;

/** Share of clips, 0..1, of which something was true. */
const share = z.object({
  generated: z.number().min(0).max(1),
  /** The same of music that the model has not made, which shows what the measure itself can tell. */
  real: z.number().min(0).max(1).exactOptional(),
});

/** Each is left out where it was not measured. */
const shares = z.object({
  /** Genre that was asked for is what a judge hears first. */
  genre: share.exactOptional(),
  /** It is among the judge's first three. */
  genreTopThree: share.exactOptional(),
  /** Instrument that was asked for is what the judge hears lead. */
  lead: share.exactOptional(),
  /** Drums are there or not, as was asked for. */
  drums: share.exactOptional(),
  /** Tempo is within two percent of what was asked for. */
  tempo: share.exactOptional(),
});

export const modelEvaluationSchema = z.object({
  /** Of the model. */
  version: z.string(),
  /** Clips that were made for it. */
  clips: z.int().min(1),
  shares,
});

export type ModelEvaluation = z.infer<typeof modelEvaluationSchema>;
export type ModelMeasure = keyof ModelEvaluation['shares'];

/** Undefined where there is none for this version, or none that can be read: nothing depends on it. */
export async function readModelEvaluation({
  root,
  version,
}: Pick<ModelFolder, 'root' | 'version'>): Promise<ModelEvaluation | undefined> {
  try {
    const path = join(root, EVALUATION_FILE);
    const file = await lstat(path);
    if (!file.isFile() || file.size > MAX_BYTES) return undefined;
    const evaluation = modelEvaluationSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return evaluation.version === version ? evaluation : undefined;
  } catch {
    return undefined;
  }
}
