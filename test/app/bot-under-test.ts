import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { REST } from 'discord.js';

import { CommandRegistration } from '../../src/commands/deploy/command-registration.js';
import { payloads } from '../../src/commands/payloads/index.js';
import type { LocalDiscord } from '../discord/local-discord.js';

const ENTRY = fileURLToPath(new URL('../../dist/src/index.js', import.meta.url));

/** One line of the bot's log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** How a program ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built bot in a process of its own, as `npm start` runs it. */
export class BotUnderTest {
  readonly #child: ChildProcess;
  readonly #exit: Promise<Exit>;
  readonly #waiting = new Set<() => void>();
  #stdout = '';
  #stderr = '';
  #hasExited = false;

  private constructor(environment: Readonly<Record<string, string>>, folder: string) {
    const { PATH, HOME } = process.env;
    this.#child = spawn(process.execPath, [ENTRY], {
      // A folder of its own, so that no developer's `.env` is read.
      cwd: folder,
      env: { ...(PATH && { PATH }), ...(HOME && { HOME }), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (data: Buffer) => {
      this.#stdout += data.toString();
      for (const look of this.#waiting) look();
    });
    this.#child.stderr?.on('data', (data: Buffer) => {
      this.#stderr += data.toString();
    });
    this.#exit = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        this.#hasExited = true;
        for (const look of this.#waiting) look();
        resolve({ code, signal });
      });
    });
  }

  /** @param folder - Current folder and, unless the environment says otherwise, place of its data. */
  static start(folder: string, environment: Readonly<Record<string, string>> = {}): BotUnderTest {
    return new BotUnderTest(environment, folder);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Everything on standard output that is a line of the log. */
  get log(): readonly LogLine[] {
    const lines = this.#stdout.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Process of the engine; undefined where the system does not tell. */
  get enginePid(): number | undefined {
    const path = `/proc/${this.pid}/task/${this.pid}/children`;
    if (!existsSync(path)) return undefined;
    const [pid] = readFileSync(path, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    return pid;
  }

  /** Waits for a line of the log, past or to come. */
  async logged(message: string, timeoutMs = 60_000): Promise<LogLine> {
    let found: LogLine | undefined;
    const look = () => (found ??= this.log.find(({ msg }) => msg === message));
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => finish(new Error(this.#inVain(message))), timeoutMs);
      const check = () => {
        if (look()) finish();
        else if (this.#hasExited) finish(new Error(this.#inVain(message)));
      };
      const finish = (error?: Error) => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        if (error) reject(error);
        else resolve();
      };
      this.#waiting.add(check);
      check();
    });
    if (found === undefined) throw new Error(this.#inVain(message));
    return found;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  exit(): Promise<Exit> {
    return this.#exit;
  }

  /** Ends it in order, if it still runs. */
  async stop(): Promise<Exit> {
    this.kill('SIGTERM');
    return this.#exit;
  }

  #inVain(message: string): string {
    return `The bot did not log "${message}".\n${this.#stdout.slice(-3000)}\n${this.#stderr.slice(-1000)}`;
  }
}

/** Settings with which a bot runs against a local Discord. */
export function environmentFor(discord: LocalDiscord): Record<string, string> {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
  };
}

/** Registers the bot's commands, as `npm run deploy` does. */
export async function deployCommands(discord: LocalDiscord): Promise<void> {
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const registration = new CommandRegistration({ rest });
  await registration.apply(await registration.plan(payloads), () => {});
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'riffcord-bot-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
