import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { EngineError } from '../errors.js';

/** Holds the id of the process that is at work in the folder. */
export const LOCK_FILE = '.lock';

/**
 * Keeps two processes from writing the same files. It needs no giving back: of a process that has ended it counts for
 * nothing, and it goes with the folder's other leftovers.
 * @throws EngineError `io_failed` while another process is at work there; the file system's errors
 */
export async function lockInstallation(folder: string): Promise<void> {
  const path = join(folder, LOCK_FILE);
  if (await claim(path)) return;
  const owner = Number(await readFile(path, 'utf8').catch(() => ''));
  if (owner !== process.pid && isRunning(owner)) {
    const message = `Another process (${owner}) is adding this model at the moment: wait for it, or end it. If it is nothing of the kind, delete ${path}.`;
    throw new EngineError('io_failed', message);
  }
  await writeFile(path, String(process.pid));
}

async function claim(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
