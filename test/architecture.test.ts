import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  readonly from: string;
  /** A file of ours (path from the root, .ts), or a package's name, or node:something. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = [...sourceFiles('src'), ...sourceFiles('measures'), 'deploy-commands.ts'];
const imports = files.flatMap(importsOf);

/** What each room may import as values, by prefix. `types` may be imported as types only. */
const rooms: Record<string, { may: string[]; types?: string[] }> = {
  'src/engine/': {
    may: [
      'src/engine/',
      'node:',
      'zod',
      'sharp',
      'fft.js',
      '@echogarden/pffft-wasm',
      '@audio/',
      'audio-type',
      '@huggingface/tokenizers',
    ],
  },
  'src/queue/': { may: ['src/queue/', 'node:', 'zod', 'bullmq', 'ioredis'] },
  'src/hub/': { may: ['src/hub/', 'node:', 'zod'] },
  'src/voice/': { may: ['src/voice/', 'node:'], types: ['src/engine/index.ts'] },
  'src/commands/': {
    may: [
      'src/commands/',
      'src/engine/limits.ts',
      'src/engine/errors.ts',
      'src/engine/generation-request.ts',
      'src/engine/understanding/',
      'src/queue/errors.ts',
      'discord.js',
      'zod',
      'node:crypto',
    ],
    types: ['src/engine/', 'src/queue/', 'src/logger.ts'],
  },
  'src/commands/payloads/': {
    may: ['src/commands/payloads/', 'src/commands/language/', 'src/engine/limits.ts', 'discord.js'],
  },
  'src/cli/': {
    may: [
      'src/cli/',
      'src/engine/',
      'src/hub/',
      'src/app/compose-cli.ts',
      'node:',
      'commander',
      'cli-progress',
      'zod',
    ],
    types: ['src/config.ts'],
  },
  'measures/': { may: ['measures/', 'src/engine/'] },
  'src/logger.ts': { may: ['pino', 'node:'] },
  'src/config.ts': { may: ['zod', 'node:', 'src/engine/limits.ts'] },
  'deploy-commands.ts': {
    may: ['src/commands/payloads/', 'src/commands/deploy/', 'src/config.ts', 'discord.js', 'node:'],
  },
};

/** Packages and modules of Node that exactly one place may know. */
const owners: Record<string, string> = {
  'onnxruntime-node': 'src/engine/runtime/',
  sharp: 'src/engine/files/',
  '@huggingface/tokenizers': 'src/engine/diffusion/',
  'fft.js': 'src/engine/math/',
  '@echogarden/pffft-wasm': 'src/engine/simd/',
  bullmq: 'src/queue/bull/',
  ioredis: 'src/queue/bull/',
  pino: 'src/logger.ts',
  commander: 'src/cli/',
  'node:worker_threads': 'src/engine/workshop/',
};

describe('architecture', () => {
  it('reads a real tree', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(50);
  });

  it.each(Object.keys(rooms))('%s imports only what it may', (room) => {
    const forbidden = imports
      .filter((i) => i.from.startsWith(room) && mostSpecificRoom(i.from) === room && !isAllowed(room, i))
      .map((i) => `${i.from} -> ${i.to}${i.typeOnly ? ' (type)' : ''}`);
    expect(forbidden).toEqual([]);
  });

  it.each(Object.entries(owners))('%s is known to %s alone', (name, owner) => {
    const strangers = imports.filter(
      (i) => packageName(i.to) === name && !i.typeOnly && !i.from.startsWith(owner),
    );
    expect(strangers.map((i) => i.from)).toEqual([]);
  });

  it('has a composition root that nobody else imports', () => {
    const allowed = (from: string) => /^src\/(app\/|index\.ts|cli\/)/.test(from);
    const strangers = imports.filter((i) => i.to.startsWith('src/app/') && !allowed(i.from));
    expect(strangers).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(cyclesIn(imports.filter((i) => !i.typeOnly))).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = files.filter((f) => /process\.env\b/.test(readFileSync(join(root, f), 'utf8')));
    expect(
      readers.filter(
        (f) => !['src/config.ts', 'src/index.ts', 'deploy-commands.ts', 'src/app/compose-cli.ts'].includes(f),
      ),
    ).toEqual([]);
  });

  it('makes requests of its own in two places: for files from Discord, and for models', () => {
    const asks = /(?<!async |[.#\w]|^ +)fetch\(|\bglobalThis\.fetch\b|'node:https?'|'undici'/m;
    const asking = files.filter((f) => asks.test(readFileSync(join(root, f), 'utf8')));
    expect(asking.filter((f) => !f.startsWith('src/hub/'))).toEqual(['src/app/cdn-attachment-source.ts']);
  });

  it('has no name that names nothing', () => {
    const vague = files.filter((f) => /(^|[-/])(utils?|misc|helpers?|manager)([-./])/.test(f));
    expect(vague).toEqual([]);
  });
});

function mostSpecificRoom(file: string): string {
  const candidates = Object.keys(rooms).filter((room) => file.startsWith(room));
  return candidates.sort((a, b) => b.length - a.length)[0] ?? '';
}

function isAllowed(room: string, { from, to, typeOnly }: Import): boolean {
  const rule = rooms[room];
  if (!rule) return true;
  if (packageName(to) === 'onnxruntime-node') return from.startsWith('src/engine/runtime/');
  if (rule.may.some((prefix) => to.startsWith(prefix))) return true;
  return typeOnly && (rule.types ?? []).some((prefix) => to.startsWith(prefix));
}

function packageName(to: string): string {
  const parts = to.split('/');
  return to.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? to);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const ours = specifier.startsWith('.');
    const to = ours ? posix.join(dirname(file), specifier).replace(/\.js$/, '.ts') : specifier;
    found.push({ from: file, to, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every import cycle among our files, as `a -> b -> a`, found by depth-first search. */
function cyclesIn(edges: Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file].join(' -> '));
    if (at >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return cycles;
}
