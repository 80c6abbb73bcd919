import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const PROGRAM = fileURLToPath(new URL('../../bin/riffcord.js', import.meta.url));
/** Holds a model that is small enough to run in an instant, and sounds accordingly. */
export const TINY_MODELS = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));
export const TINY = ['--model', 'riffcord-tiny'] as const;

export interface CliResult {
  /** Exit code; null when a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Working folder. */
  readonly cwd: string;
  /** Added to an environment that has `RIFFCORD_MODELS` and no token. */
  readonly env?: Readonly<Record<string, string>>;
  /** What to do while it runs. */
  readonly meanwhile?: (child: ChildProcess) => Promise<void>;
  /** KiB that a file may have, as `ulimit -f` has it. */
  readonly maxFileKib?: number;
  /** On a pseudo-terminal, whose one stream arrives as stdout. */
  readonly onTerminal?: boolean;
}

/** Runs the program as a user's script would: with pipes, and nothing on stdin. */
export async function runCli(args: readonly string[], options: RunOptions): Promise<CliResult> {
  const { cwd, env, meanwhile } = options;
  const [program = '', ...rest] = commandLine(args, options);
  const child = spawn(program, rest, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], RIFFCORD_MODELS: TINY_MODELS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), meanwhile?.(child)]);
  return { code: await code, stdout, stderr };
}

function commandLine(args: readonly string[], { maxFileKib, onTerminal = false }: RunOptions): string[] {
  const command = [process.execPath, PROGRAM, ...args];
  if (onTerminal) return ['script', '-qec', command.map((word) => `'${word}'`).join(' '), '/dev/null'];
  if (maxFileKib === undefined) return command;
  return ['bash', '-c', `ulimit -f ${maxFileKib} && exec "$@"`, 'bash', ...command];
}

/** Runs a test in an empty folder of its own. */
export async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'riffcord-cli-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The one JSON object that stdout must be. */
export function onlyObject<T>(stdout: string): T {
  if (!/^\{[^\n]*\}\n$/.test(stdout)) throw new Error(`Expected one JSON object on one line, got ${stdout}.`);
  return JSON.parse(stdout) as T;
}

/** Resolves when the program has begun its engine process. Linux only. */
export async function untilItHasAChild({ pid }: ChildProcess): Promise<void> {
  for (;;) {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => 'gone');
    if (children.trim() !== '') return;
    await sleep(20);
  }
}

/** Resolves when the program has used this much processor time: a measure that a busy machine does not change. */
export async function untilItHasWorked({ pid }: ChildProcess, seconds: number): Promise<void> {
  const ticksPerSecond = 100;
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined) return;
    // proc(5): utime and stime are fields 14 and 15, the 12th and 13th after the name in parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond >= seconds) return;
    await sleep(20);
  }
}
