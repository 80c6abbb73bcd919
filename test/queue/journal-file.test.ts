import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { JournalFile } from '../../src/queue/journal-file.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffcord-journal-'));
  path = join(folder, 'journal.jsonl');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('JournalFile', () => {
  it('reads back the lines it was given, in order', async () => {
    const { file, contents } = await JournalFile.open(path);
    expect(contents).toEqual({ lines: [], tornBytes: 0 });
    await file.append(['one', 'two']);
    await file.append(['drei – 三']);
    expect(file.size).toBe(8 + Buffer.byteLength('drei – 三\n'));
    await file.close();
    expect(await linesOf(path)).toEqual(['one', 'two', 'drei – 三']);
  });

  it('cuts off a torn last line before anything is written after it', async () => {
    await writeFile(path, 'one\ntw');
    const { file, contents } = await JournalFile.open(path);
    expect(contents.tornBytes).toBe(2);
    await file.append(['two']);
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('replaces all lines at once, and appends to the new ones', async () => {
    const { file } = await JournalFile.open(path);
    await file.append(['one', 'two']);
    await file.rewrite(['three']);
    expect(file.size).toBe(6);
    await file.append(['four']);
    await file.close();
    expect(await linesOf(path)).toEqual(['three', 'four']);
  });

  it('is not confused by what a rewriting that died left behind', async () => {
    await appendFile(`${path}.new`, 'half a');
    const { file } = await JournalFile.open(path);
    await file.rewrite(['whole']);
    await file.close();
    expect(await linesOf(path)).toEqual(['whole']);
  });
});

async function linesOf(path: string): Promise<string[]> {
  const { file, contents } = await JournalFile.open(path);
  await file.close();
  return contents.lines.map((line) => line.toString());
}
