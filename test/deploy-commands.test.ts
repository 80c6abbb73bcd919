import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { payloads } from '../src/commands/payloads/index.js';
import { LocalDiscord } from './discord/local-discord.js';

const ENTRY = fileURLToPath(new URL('../dist/deploy-commands.js', import.meta.url));

const NAMES = payloads.map(({ name }) => name);
const ALL_REGISTERED = NAMES.map((name) => `registered /${name}\n`).join('');
const ALL_LEFT = NAMES.map((name) => `left /${name} as it is\n`).join('');

let discord: LocalDiscord;

beforeEach(async () => {
  discord = await LocalDiscord.start();
});

afterEach(() => discord.stop());

describe('npm run deploy', () => {
  it('registers the commands, and then leaves them as they are', async () => {
    expect(await deploy()).toEqual({ code: 0, stdout: ALL_REGISTERED, stderr: '' });
    expect(discord.registeredCommands().map(({ form }) => form.name)).toEqual(NAMES);
    const before = discord.requests.length;
    expect(await deploy()).toEqual({ code: 0, stdout: ALL_LEFT, stderr: '' });
    const methods = discord.requests.slice(before).map(({ method }) => method);
    expect(new Set(methods)).toEqual(new Set(['GET']));
    expect(discord.violations).toEqual([]);
  });

  it('changes what differs and removes what is gone', async () => {
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const route = Routes.applicationCommands(discord.applicationId);
    for (const payload of payloads) await rest.post(route, { body: payload });
    await rest.post(route, { body: { name: 'riff', description: 'Another riff' } });
    await rest.post(route, { body: { name: 'old', description: 'Nobody needs it' } });
    const { stdout } = await deploy();
    expect(stdout.replaceAll(/^left .*\n/gm, '')).toBe('changed /riff\nremoved /old\n');
    expect(discord.registeredCommands().map(({ form }) => form.name)).toEqual(NAMES);
    expect((await deploy()).stdout).toBe(ALL_LEFT);
    expect(discord.violations).toEqual([]);
  });

  it('registers for one guild alone', async () => {
    const guild = discord.createGuild();
    expect((await deploy('--guild', guild.id)).stdout).toBe(ALL_REGISTERED);
    expect(discord.registeredCommands()).toEqual([]);
    expect(discord.registeredCommands(guild)).toHaveLength(NAMES.length);
    expect((await deploy('--guild', guild.id)).stdout).toBe(ALL_LEFT);
    expect(discord.violations).toEqual([]);
  });

  it.each([
    ['a guild that is no number', ['--guild', 'Band'], '--guild takes a guild'],
    ['an option that it does not know', ['--gild', '1'], 'Usage:'],
  ])('refuses %s in a sentence', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await deploy(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });

  it('says in a sentence that the token is wrong, or missing', async () => {
    expect(await run([], { ...environment(), DISCORD_TOKEN: 'wrong' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Discord does not accept the token: .*\n$/) as string,
    });
    expect(await run([], {})).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DISCORD_TOKEN') as string,
    });
  });
});

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function deploy(...args: string[]): Promise<Result> {
  return run(args, environment());
}

function environment(): Record<string, string> {
  return { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
}

/** In a folder where no developer's `.env` is read. */
function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Result> {
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd: tmpdir(), env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}
