import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RedisServerProgram {
  readonly path: string;
  /** Where its libraries are, if not where the system looks. */
  readonly libraryPath: string | undefined;
}

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
const UNPACKED = join(CACHE, 'redis-server');
/** The server and the libraries that a slim Debian lacks. */
const PACKAGES = [
  'redis-server',
  'redis-tools',
  'libatomic1',
  'libjemalloc2',
  'liblua5.1-0',
  'liblzf1',
  'lua-bitop',
  'lua-cjson',
];
const DOWNLOAD_MS = 120_000;

let found: RedisServerProgram | undefined;
let hasLooked = false;

/**
 * The redis-server of this machine, or Debian's own: its packages are then unpacked into node_modules/.cache, once,
 * without root and without changing the system. Undefined where there is neither.
 */
export function redisServerProgram(): RedisServerProgram | undefined {
  if (!hasLooked) found = installed() ?? unpacked() ?? download();
  hasLooked = true;
  return found;
}

function installed(): RedisServerProgram | undefined {
  return runs({ path: 'redis-server', libraryPath: undefined });
}

function unpacked(folder = UNPACKED): RedisServerProgram | undefined {
  const libraries = join(folder, 'usr/lib');
  if (!existsSync(libraries)) return undefined;
  // Debian's libraries are one folder deeper, named for the kind of machine.
  const machine = readdirSync(libraries).find((name) => name.endsWith('-linux-gnu')) ?? '';
  return runs({ path: join(folder, 'usr/bin/redis-server'), libraryPath: join(libraries, machine) });
}

function download(): RedisServerProgram | undefined {
  if (spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  console.error('Fetching redis-server for the tests from Debian (once; about half a minute) ...');
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'redis-server-'));
  try {
    unpackInto(folder);
    if (unpacked(folder) === undefined) return undefined;
    if (!existsSync(UNPACKED)) renameSync(folder, UNPACKED);
    return unpacked();
  } catch (error) {
    console.error(`redis-server could not be fetched, so its tests are skipped: ${String(error)}`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With lists of its own, because those of the system are root's and, in a fresh container, empty. */
function unpackInto(folder: string): void {
  const state = join(folder, 'apt');
  for (const part of ['lists/partial', 'archives/partial']) mkdirSync(join(state, part), { recursive: true });
  const own = [
    '-o',
    `Dir::State::Lists=${state}/lists`,
    '-o',
    `Dir::Cache=${state}`,
    '-o',
    'APT::Sandbox::User=',
  ];
  const run = (program: string, ...words: string[]) =>
    execFileSync(program, words, { cwd: state, stdio: 'ignore', timeout: DOWNLOAD_MS });
  run('apt-get', ...own, 'update');
  run('apt-get', ...own, 'download', ...PACKAGES);
  for (const file of readdirSync(state).filter((name) => name.endsWith('.deb'))) {
    run('dpkg-deb', '-x', join(state, file), folder);
  }
  rmSync(state, { recursive: true, force: true });
}

function runs(program: RedisServerProgram): RedisServerProgram | undefined {
  const { status } = spawnSync(program.path, ['--version'], { env: environmentFor(program) });
  return status === 0 ? program : undefined;
}

/** The environment in which the program finds its libraries. */
export function environmentFor({ libraryPath }: RedisServerProgram): NodeJS.ProcessEnv {
  return libraryPath === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: libraryPath };
}
