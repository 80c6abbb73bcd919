/** Files of a folder of this machine from which a model is to be added. */
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

import { CliError } from '../../cli-error.js';

export interface LocalFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  /** Where its content lies. */
  readonly realPath: string;
  readonly bytes: number;
  /** Number of the disk. */
  readonly device: number;
}

/** Bytes of a README whose beginning is looked at. */
const README_BYTES = 64 * 1024;

/**
 * Files of the folder and of the folders in it; no model has deeper ones. Links are followed only within the folder, and
 * to where the hub's own cache keeps its content.
 * @throws CliError `model_unsuitable` for a link that leads elsewhere
 */
export async function listLocalFiles(folder: string): Promise<LocalFile[]> {
  const allowed = await allowedRoots(folder);
  const names = await readdir(folder, { withFileTypes: true });
  const inner = await Promise.all(
    names
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => (await readdir(join(folder, name))).map((file) => `${name}/${file}`)),
  );
  const paths = [...names.filter((entry) => !entry.isDirectory()).map(({ name }) => name), ...inner.flat()];
  const files = await Promise.all(paths.map((path) => localFile(folder, path, allowed)));
  return files.filter((file) => file !== undefined);
}

/** What the front matter of its README calls the licence. */
export async function licenceIn(folder: string): Promise<string | undefined> {
  const file = await open(join(folder, 'README.md')).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(README_BYTES), 0, README_BYTES, 0);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '';
    return /^license: *([\w.-]{1,100})\s*$/m.exec(frontMatter)?.[1];
  } finally {
    await file.close();
  }
}

async function allowedRoots(folder: string): Promise<readonly string[]> {
  const root = await realpath(folder);
  const isSnapshot = basename(dirname(root)) === 'snapshots';
  return isSnapshot ? [root, join(dirname(dirname(root)), 'blobs')] : [root];
}

/** Undefined for what is no file. */
async function localFile(
  folder: string,
  path: string,
  allowed: readonly string[],
): Promise<LocalFile | undefined> {
  const full = join(folder, path);
  const stats = await stat(full).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  const realPath = await realpath(full);
  if (!allowed.some((root) => isInside(root, realPath))) {
    const message = `${full} is a link that leads out of the folder: put the file itself there.`;
    throw new CliError('model_unsuitable', message);
  }
  return { path, realPath, bytes: stats.size, device: stats.dev };
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
