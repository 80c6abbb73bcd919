import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { saveFile } from '../../../src/engine/files/save-file.js';
import { failureOf } from './fixtures.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffcord-save-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('saving a file', () => {
  it('writes a new one, replaces an old one, and leaves nothing else', async () => {
    const path = join(folder, 'clip.wav');
    await saveFile(path, new Uint8Array([1, 2, 3]));
    await saveFile(path, new Uint8Array([4, 5]));
    expect([...(await readFile(path))]).toEqual([4, 5]);
    expect(await readdir(folder)).toEqual(['clip.wav']);
  });

  it('says that the folder is missing', async () => {
    const { code, message } = await failureOf(saveFile(join(folder, 'no', 'clip.wav'), new Uint8Array(1)));
    expect(code).toBe('io_failed');
    expect(message).toMatch(/there is no folder .*no\. Create it first/);
  });

  it('says that a folder is in the way, and leaves nothing behind', async () => {
    const path = join(folder, 'clip.wav');
    await mkdir(path);
    await writeFile(join(path, 'inside'), 'x');
    const { code, message } = await failureOf(saveFile(path, new Uint8Array(1)));
    expect(code).toBe('io_failed');
    expect(message).toContain('in the way');
    expect(await readdir(folder)).toEqual(['clip.wav']);
  });

  it('says that the name is too long', async () => {
    const { code, message } = await failureOf(saveFile(join(folder, 'x'.repeat(300)), new Uint8Array(1)));
    expect(code).toBe('io_failed');
    expect(message).toContain('shorter');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a full disk', () => {
  it.skipIf(process.platform === 'win32')(
    'is told when the limit of file sizes is reached, the old file stays, and nothing is left behind (not on Windows: no ulimit)',
    async () => {
      const path = join(folder, 'clip.wav');
      await writeFile(path, 'old');
      const built = fileURLToPath(new URL('../../../dist/src/engine/files/save-file.js', import.meta.url));
      const script = `
        import { saveFile } from ${JSON.stringify(pathToFileURL(built).href)};
        const error = await saveFile(${JSON.stringify(path)}, new Uint8Array(1e6)).catch((reason) => reason);
        console.log(JSON.stringify({ code: error.code, message: error.message }));`;
      const command = 'ulimit -f 16 && exec "$0" --input-type=module -e "$1"';
      const { stdout } = await promisify(execFile)('bash', ['-c', command, process.execPath, script]);
      const { code, message } = JSON.parse(stdout) as { code: string; message: string };
      expect(code).toBe('disk_full');
      expect(message).toContain('no space left');
      expect(await readFile(path, 'utf8')).toBe('old');
      expect(await readdir(folder)).toEqual(['clip.wav']);
    },
  );

  it.skipIf(!canMount())(
    'is told when the volume is full, the old file stays, and nothing is left behind (only where a small volume can be mounted)',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
      try {
        const path = join(folder, 'clip.wav');
        await saveFile(path, new Uint8Array(1000));
        const { code, message } = await failureOf(saveFile(path, new Uint8Array(1e6)));
        expect(code).toBe('disk_full');
        expect(message).toContain('no space left');
        expect((await readFile(path)).length).toBe(1000);
        expect(await readdir(folder)).toEqual(['clip.wav']);
      } finally {
        execFileSync('umount', [folder]);
      }
    },
  );
});

/** Mounting takes an administrator, and in most containers is forbidden even to one. */
function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/bin/mount')) return false;
  const point = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', point], { stdio: 'ignore' });
    execFileSync('umount', [point], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    execFileSync('rmdir', [point]);
  }
}
