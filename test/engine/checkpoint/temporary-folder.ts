import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs with an empty folder, which is gone afterwards. */
export async function withTemporaryFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'riffcord-checkpoint-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
