import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { QueueError } from './errors.js';

const LOCK_FILE = 'lock';

/** Keeps a folder for one process: a file with the process's id, left over locks of dead processes are broken. */
export class FolderLock {
  readonly #path: string;
  readonly #owner: string;

  private constructor(path: string, owner: string) {
    this.#path = path;
    this.#owner = owner;
  }

  /** @throws QueueError `locked` when a living process holds the folder */
  static async acquire(folder: string): Promise<FolderLock> {
    const path = join(folder, LOCK_FILE);
    const owner = JSON.stringify({ pid: process.pid, born: await birthOf(process.pid) });
    // The file is linked into place complete, so nobody ever reads half a lock.
    const draft = join(folder, `${LOCK_FILE}.${process.pid}.${randomBytes(6).toString('hex')}`);
    try {
      await writeFile(draft, owner, { mode: 0o600 });
      if (!(await tryLink(draft, path))) {
        await breakStaleLock(path, `${draft}.stale`);
        if (!(await tryLink(draft, path))) throw lockedBy(path, 'another process');
      }
    } finally {
      await rm(draft, { force: true });
    }
    return new FolderLock(path, owner);
  }

  /** Gives the folder free; does nothing when the lock is no longer ours. */
  async release(): Promise<void> {
    if ((await readLock(this.#path)) === this.#owner) await rm(this.#path, { force: true });
  }
}

async function tryLink(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** @throws QueueError `locked` when the lock's owner lives */
async function breakStaleLock(path: string, asidePath: string): Promise<void> {
  const lock = await readLock(path);
  if (lock === undefined) return;
  const livingPid = await livingOwner(lock);
  if (livingPid !== undefined) throw lockedBy(path, `process ${livingPid}`);
  // Another process may break the same lock and take its own in between: then ours is not the stale one.
  await rename(path, asidePath).catch(() => undefined);
  const taken = await readLock(asidePath);
  if (taken !== undefined && taken !== lock) await tryLink(asidePath, path);
  await rm(asidePath, { force: true });
}

async function readLock(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

/** The process id in the lock if that very process still lives. An unreadable lock is nobody's. */
async function livingOwner(lock: string): Promise<number | undefined> {
  const { pid, born } = parseOwner(lock);
  if (pid === undefined || !isAlive(pid)) return undefined;
  // Process ids are used again, in containers at once: the same id born at another time is somebody else.
  return born === (await birthOf(pid)) ? pid : undefined;
}

function parseOwner(lock: string): { pid?: number; born?: unknown } {
  try {
    const owner = JSON.parse(lock) as { pid?: unknown; born?: unknown } | null;
    return typeof owner?.pid === 'number' ? { pid: owner.pid, born: owner.born } : {};
  } catch {
    return {};
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // signal 0 only asks
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it lives, but is not ours to ask
  }
}

/** When a process began, as text that only ever compares equal for one process; '' where the system does not say. */
async function birthOf(pid: number): Promise<string> {
  try {
    const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name in parentheses may hold spaces; starttime is field 22, the 20th after it.
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${bootId.trim()}:${startTime}`;
  } catch {
    return '';
  }
}

function lockedBy(path: string, owner: string): QueueError {
  const message = `The queue's folder is in use by ${owner}: stop that one first, or delete ${path} if it is gone.`;
  return new QueueError('locked', message);
}
