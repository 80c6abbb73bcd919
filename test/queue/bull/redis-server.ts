import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { Redis } from 'ioredis';

import { environmentFor, redisServerProgram } from './redis-server-program.js';

export interface RedisServerOptions {
  /** Further settings, as on the command line without the dashes. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Keeps every write on the disk before it is answered. @defaultValue false: nothing outlives a restart */
  readonly isDurable?: boolean;
}

/** A real redis-server on a free port, in a folder of its own. */
export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, settings: readonly string[]) {
    this.port = port;
    this.#folder = folder;
    this.#settings = settings;
  }

  static async start({ settings = {}, isDurable = false }: RedisServerOptions = {}): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'riffcord-redis-'));
    const all = { appendonly: isDurable ? 'yes' : 'no', appendfsync: 'always', save: '', ...settings };
    const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
    const server = new RedisServer(await freePort(), folder, words);
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Starts it again, on the same port and with the same folder. */
  async restart(): Promise<void> {
    const program = redisServerProgram();
    if (program === undefined) {
      throw new Error('There is no redis-server. On Debian: apt install redis-server.');
    }
    const words = [
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.#folder,
      ...this.#settings,
    ];
    const env = environmentFor(program);
    const child = spawn(program.path, words, { stdio: ['ignore', 'pipe', 'inherit'], env });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('Ready to accept connections')) break;
    }
    child.stdout.resume();
  }

  /** SIGKILL: as if the machine's power went, but that the system keeps what it was given. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Runs one command. */
  async command(name: string, ...words: string[]): Promise<unknown> {
    const redis = new Redis(this.port, { maxRetriesPerRequest: 0 });
    try {
      return await redis.call(name, ...words);
    } finally {
      redis.disconnect();
    }
  }

  /** It neither answers nor hangs up, until it is thawed. */
  freeze(): void {
    process.kill(this.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.pid, 'SIGCONT');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
