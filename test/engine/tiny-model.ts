import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parseGenerationRequest } from '../../src/engine/generation-request.js';
import type { GenerationRequest, GenerationRequestInput } from '../../src/engine/generation-request.js';

/** Folder that holds the tiny model, whose clips last 0.64 s and sound like nothing. */
export const TINY_MODEL_ROOT = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));
export const TINY_MODEL = 'riffcord-tiny';
/** The models that ship. */
export const SHIPPED_MODEL_ROOT = fileURLToPath(new URL('../../models', import.meta.url));

/** A request that is quick to fulfil. */
export function aRequest(input: Partial<GenerationRequestInput> = {}): GenerationRequest {
  return parseGenerationRequest({ prompt: 'funk bass', seed: 1, audioFormat: 'wav', ...input });
}

/** Runs with a copy of the tiny model that may be spoilt; `root` holds it, `folder` is it. */
export async function withTinyModelCopy(use: (root: string, folder: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'riffcord-models-'));
  const folder = join(root, TINY_MODEL);
  try {
    await cp(join(TINY_MODEL_ROOT, TINY_MODEL), folder, { recursive: true });
    await use(root, folder);
  } finally {
    await rm(root, { recursive: true });
  }
}
