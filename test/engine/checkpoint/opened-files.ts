/** Which files are opened, by whatever function of Node's. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';

type Opening = (path: unknown, ...rest: readonly unknown[]) => unknown;

const OPENINGS: readonly (readonly [owner: object, names: readonly string[]])[] = [
  [fs.promises, ['open', 'readFile', 'copyFile']],
  [fs, ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream', 'copyFile', 'copyFileSync']],
];

/** Adds to the set the path of each file that is opened for reading meanwhile. */
export async function recordOpenedFiles(opened: Set<string>, use: () => Promise<void>): Promise<void> {
  const restore = OPENINGS.flatMap(([owner, names]) => names.map((name) => watch(owner, name, opened)));
  // Functions that modules have imported by name are exchanged as well.
  syncBuiltinESMExports();
  try {
    await use();
  } finally {
    for (const undo of restore) undo();
    syncBuiltinESMExports();
  }
}

function watch(owner: object, name: string, opened: Set<string>): () => void {
  const original = Reflect.get(owner, name) as Opening;
  const watched: Opening = (path, ...rest) => {
    if (path instanceof URL) opened.add(fileURLToPath(path));
    else if (typeof path === 'string' || path instanceof Uint8Array) opened.add(Buffer.from(path).toString());
    return Reflect.apply(original, owner, [path, ...rest]);
  };
  Reflect.set(owner, name, watched);
  return () => Reflect.set(owner, name, original);
}
