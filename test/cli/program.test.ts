import { PassThrough } from 'node:stream';
import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { composeCli } from '../../src/app/compose-cli.js';
import { EXIT_CODES } from '../../src/cli/exit-codes.js';
import { Output } from '../../src/cli/output.js';
import { createProgram } from '../../src/cli/program.js';

describe('the program, given a command line that cannot be', () => {
  it.each([
    ['no command', [], /^Say what to do, for example: riffcord riff /],
    ['an unknown command', ['rif', 'a'], /^Unknown command 'rif'/],
    ['no prompt', ['riff'], /^The prompt is empty: /],
    ['a blank prompt', ['riff', ' \t'], /^The prompt is empty: /],
    ['5,000 characters', ['riff', 'x'.repeat(5000)], /^The prompt is longer than 500 characters: /],
    [
      'a long negative prompt',
      ['riff', 'a', '--negative', 'x'.repeat(501)],
      /^The negative prompt is longer than/,
    ],
    ['steps 0', ['riff', 'a', '--steps', '0'], /^steps must be a whole number from 1 to 100\.$/],
    ['half a step', ['riff', 'a', '--steps', '1.5'], /^steps must be a whole number/],
    [
      'steps NaN',
      ['riff', 'a', '--steps', 'NaN'],
      /^Option '--steps <n>' argument 'NaN' is invalid\. It must be a number\. /,
    ],
    ['steps of nothing', ['riff', 'a', '--steps', ''], /It must be a number\. /],
    ['steps without number', ['riff', 'a', '--steps'], /^Option '--steps <n>' argument missing\. See/],
    ['endless guidance', ['riff', 'a', '--guidance', 'Infinity'], /It must be a number\. /],
    ['guidance 0', ['riff', 'a', '--guidance', '0'], /^guidance must be at least 1\.$/],
    ['a seed below 0', ['riff', 'a', '--seed=-1'], /^seed must be a whole number from 0 to 4294967295\.$/],
    ['a seed of 33 bits', ['riff', 'a', '--seed', '4294967296'], /^seed must be a whole number/],
    [
      'an unknown scheduler',
      ['riff', 'a', '--scheduler', 'quick'],
      /^scheduler must be one of euler, heun, dpmpp-2m, .*, lcm\.$/,
    ],
    ['an unknown format', ['riff', 'a', '--format', 'flac'], /^format must be one of wav, mp3, ogg\.$/],
    ['two formats', ['riff', 'a', '--format', 'mp3', '--out', 'a.wav'], /leave one of them out\.$/],
    [
      'a file of another kind',
      ['riff', 'a', '--out', 'a.flac'],
      /^--out must be a folder, or a file that ends in/,
    ],
    ['a recipe and a prompt', ['riff', 'a', '--recipe', 'x.mp3'], /leave a prompt out\.$/],
    ['a recipe and a seed', ['riff', '--seed', '1', '--recipe', 'x.mp3'], /leave --seed out\.$/],
    [
      'a picture of another kind',
      ['to-image', 'a.wav', 'a.gif'],
      /^The picture must end in \.png, \.jpg or \.webp/,
    ],
    [
      'a sound of another kind',
      ['to-audio', 'a.png', 'a.flac'],
      /^The sound must end in \.wav, \.mp3 or \.ogg/,
    ],
    ['one name too few', ['to-image', 'a.wav'], /^Missing required argument 'picture'\. See/],
    ['one name too many', ['recipe', 'a', 'b'], /^Too many arguments for 'recipe'/],
    [
      'a step of nothing',
      ['to-image', 'a.wav', 'a.png', '--step-size-ms', '0'],
      /^Expected stepSizeMs to be at least one/,
    ],
    [
      'frequencies above half the rate',
      ['to-image', 'a.wav', 'a.png', '--sample-rate', '8000'],
      /^Expected maxFrequency/,
    ],
    ['a start before the start', ['to-image', 'a.wav', 'a.png', '--start', '-1'], /It must be at least 0\. /],
    [
      'half an iteration',
      ['to-audio', 'a.png', 'a.wav', '--iterations', '1.5'],
      /It must be a whole number\. /,
    ],
    [
      'many iterations',
      ['to-audio', 'a.png', 'a.wav', '--iterations', '1001'],
      /It must be from 1 to 1000\. /,
    ],
  ])('says so in one sentence, exit code 2: %s', async (_, args, sentence) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr.trim()).toMatch(sentence);
  });

  it('lists its exit codes in --help and in docs/cli.md', async () => {
    const { exitCode, stdout } = await run(['--help']);
    const page = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    expect(exitCode).toBe(0);
    for (const [code, meaning] of Object.entries(EXIT_CODES)) {
      expect(stdout).toContain(`  ${code.padEnd(4)} ${meaning}\n`);
      expect(page).toContain(`| ${code} | ${meaning} |`);
    }
  });

  it('has every option of every command in docs/cli.md', async () => {
    const page = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    const { program } = setUp();
    const flags = program.commands.flatMap((command) => command.options.map((option) => option.long ?? ''));
    expect(flags.length).toBeGreaterThan(30);
    expect(flags.filter((flag) => !page.includes(`\`${flag}`))).toEqual([]);
  });
});

function setUp() {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const output = new Output({ stdout, stderr, json: false });
  const { signal } = new AbortController();
  const program = createProgram({ parts: composeCli(), output, terminal: process.stderr, signal });
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ writeOut: (text) => stdout.write(text) });
  }
  return { program, output, stdout, stderr };
}

/** Runs a command line in this process: none of these gets as far as the engine. */
async function run(args: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const { program, output, stdout, stderr } = setUp();
  let exitCode = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = output.failure(error);
  }
  const read = (stream: PassThrough): string => ((stream.read() as Buffer | null) ?? '').toString();
  return { exitCode, stdout: read(stdout), stderr: read(stderr) };
}
