import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('documentation', () => {
  it.each([
    ['src/engine/errors.ts', 'EngineErrorCode', '## Engine'],
    ['src/hub/hub-error.ts', 'HubErrorCode', '## Model hub'],
    ['src/queue/errors.ts', 'QueueErrorCode', '## Queue'],
  ])('lists every code of %s, and no other', (file, type, heading) => {
    expect(documentedCodes(heading)).toEqual(codesIn(file, type));
  });

  it('links only to files that exist', () => {
    const pages = pagesIn('.', 'docs', 'bench', 'models', 'training');
    const broken = pages.flatMap((page) =>
      linksIn(page).filter((link) => !existsSync(join(root, dirname(page), link))),
    );
    expect(broken).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = pagesIn('.', 'docs', 'bench').flatMap((page) =>
      [...read(page).matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? ''),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

/** Markdown files of these folders and those below; of the root, only its own. */
function pagesIn(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: folder !== '.' })
      .map((name) => join(folder, String(name)))
      .filter((name) => name.endsWith('.md')),
  );
}

function codesIn(file: string, type: string): string[] {
  const union = new RegExp(`type ${type} =([^;]*);`).exec(read(file))?.[1] ?? '';
  return [...union.matchAll(/'([a-z_]+)'/g)].map((match) => match[1] ?? '').sort();
}

function documentedCodes(heading: string): string[] {
  const section = read('docs/errors.md').split(heading)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([a-z_]+)`/gm)].map((match) => match[1] ?? '').sort();
}

function linksIn(page: string): string[] {
  const links = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
  return links.filter((link) => !/^[a-z]+:/.test(link));
}
