import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readAudio } from '../../src/engine/files/read-audio.js';
import { readPicture } from '../../src/engine/files/read-picture.js';
import { readRecipe } from '../../src/engine/files/read-recipe.js';
import type { Recipe } from '../../src/engine/recipe/recipe.js';
import { CONDITIONED_MODEL, withConditionedModel } from '../engine/conditioned-model.js';
import { inFolder, onlyObject, runCli, TINY, TINY_MODELS, untilItHasAChild } from './run-cli.js';

interface RiffResult {
  readonly files: { readonly picture: string; readonly audio: string };
  readonly prompt: string;
  readonly seed: number;
  readonly durationSeconds: number;
  readonly elapsedSeconds: number;
  readonly realTimeFactor: number;
  readonly recipe: Recipe;
}

interface ErrorResult {
  readonly error: { readonly code: string; readonly message: string };
}

describe('riffcord riff', () => {
  it('makes a picture and a sound, named for prompt and seed, and says what it did', () =>
    inFolder(async (cwd) => {
      const { code, stdout, stderr } = await runCli(['riff', 'Funk  bass,', 'éàsy!', ...TINY], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const seed = /^Seed +(\d+)$/m.exec(stdout)?.[1] ?? '';
      expect((await readdir(cwd)).sort()).toEqual([
        `funk-bass-easy-${seed}.mp3`,
        `funk-bass-easy-${seed}.png`,
      ]);
      expect(stdout).toMatch(/^Prompt +Funk {2}bass, éàsy!$/m);
      expect(stdout).toMatch(/^Duration +0\.64 s$/m);
      expect(stdout).toMatch(/^Made in +[\d.]+ s \(real-time factor [\d.]+\)$/m);

      const sound = await readFile(join(cwd, `funk-bass-easy-${seed}.mp3`));
      const picture = await readFile(join(cwd, `funk-bass-easy-${seed}.png`));
      const { clip, format } = await readAudio(sound);
      expect(format).toBe('mp3');
      expect(clip.channels[0]?.some((sample) => Math.abs(sample) > 0.01)).toBe(true);
      expect((await readPicture(picture)).picture).toMatchObject({ width: 64, height: 512 });
      const recipe = await readRecipe(sound);
      expect(recipe).toMatchObject({ prompt: 'Funk  bass, éàsy!', seed: Number(seed), numInferenceSteps: 4 });
      expect(await readRecipe(picture)).toEqual(recipe);
    }));

  it('prints exactly one JSON object, takes every option, and never overwrites what it named itself', () =>
    inFolder(async (cwd) => {
      const knobs = [
        '--negative',
        'noise',
        '--seed',
        '7',
        '--steps',
        '3',
        '--guidance',
        '2.5',
        '--scheduler',
        'heun',
      ];
      const args = ['riff', 'jazz', ...knobs, '--format', 'ogg', '--out', 'made/here', '--json', ...TINY];
      const runs = [await runCli(args, { cwd }), await runCli(args, { cwd })];
      expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
        { code: 0, stderr: '' },
        { code: 0, stderr: '' },
      ]);
      const [first, second] = runs.map(({ stdout }) => onlyObject<RiffResult>(stdout));
      expect(first).toMatchObject({
        files: { picture: join('made/here', 'jazz-7.png'), audio: join('made/here', 'jazz-7.ogg') },
        prompt: 'jazz',
        seed: 7,
        durationSeconds: 0.64,
        audio: { format: 'ogg' },
        recipe: {
          negativePrompt: 'noise',
          numInferenceSteps: 3,
          guidanceScale: 2.5,
          scheduler: 'heun',
          model: { name: 'riffcord-tiny' },
        },
      });
      expect(first?.realTimeFactor).toBeCloseTo((first?.elapsedSeconds ?? 0) / 0.64);
      expect(second?.files.audio).toBe(join('made/here', 'jazz-7-2.ogg'));
      const bytes = (path = ''): Promise<Buffer> => readFile(join(cwd, path));
      expect(await bytes(second?.files.audio)).toEqual(await bytes(first?.files.audio));
      expect(await bytes(second?.files.picture)).toEqual(await bytes(first?.files.picture));
    }));

  it('makes a clip again from its sound file alone, byte for byte, and overwrites only when told to', () =>
    inFolder(async (cwd) => {
      await runCli(['riff', 'bells', '--out', 'a.wav', ...TINY], { cwd });
      const again = await runCli(['riff', '--recipe', 'a.wav', '--out', 'b.wav'], { cwd });
      expect(again.code).toBe(0);
      expect((await readdir(cwd)).sort()).toEqual(['a.png', 'a.wav', 'b.png', 'b.wav']);
      expect(await readFile(join(cwd, 'b.wav'))).toEqual(await readFile(join(cwd, 'a.wav')));
      expect(await readFile(join(cwd, 'b.png'))).toEqual(await readFile(join(cwd, 'a.png')));

      const refused = await runCli(['riff', 'other', '--out', 'b.wav', ...TINY], { cwd });
      expect(refused).toEqual({
        code: 2,
        stdout: '',
        stderr: 'b.wav exists already: choose another name, or add --force to overwrite it.\n',
      });
      const forced = await runCli(['riff', 'other', '--out', 'b.wav', '--force', ...TINY], { cwd });
      expect(forced.code).toBe(0);
      expect((await readRecipe(await readFile(join(cwd, 'b.wav')))).prompt).toBe('other');
    }));

  it('does not pass off another model’s clip as the same', () =>
    inFolder(async (cwd) => {
      await runCli(['riff', 'bells', '--out', 'a.wav', ...TINY], { cwd });
      const elsewhere = await runCli(['riff', '--recipe', 'a.png', '--json'], {
        cwd,
        env: { RIFFCORD_MODELS: '' },
      });
      expect(elsewhere.code).toBe(4);
      const { error } = onlyObject<ErrorResult>(elsewhere.stdout);
      expect(error.code).toBe('model_differs');
      expect(error.message).toMatch(
        /^The clip was made by the model "riffcord-tiny" .* would make another clip: /,
      );
    }));
});

describe('riffcord riff, with a model that tells what it understood', () => {
  it('prints it, with the tempo, or that it was nothing', () =>
    withConditionedModel((root) =>
      inFolder(async (cwd) => {
        const env = { RIFFCORD_MODELS: root };
        const quick = ['--steps', '1', '--model', CONDITIONED_MODEL];
        const fast = await runCli(['riff', 'funk with piano, 150 bpm', ...quick], { cwd, env });
        expect(fast.stdout).toMatch(/^Understood +funk, piano lead, 150 bpm$/m);
        const args = ['riff', 'xyzzy', ...quick, '--out', 'x.wav'];
        expect((await runCli(args, { cwd, env })).stdout).toMatch(
          /^Understood +none of these words, so this is a surprise$/m,
        );
      }),
    ));
});

describe('riffcord riff, asked for what cannot be', () => {
  it.each([
    ['an empty prompt', ['riff', ''], 2, /^The prompt is empty: /],
    ['an unknown option', ['riff', 'a', '--stepz', '3'], 2, /^Unknown option '--stepz'/],
    ['a tempo beyond all music', ['riff', 'a', '--bpm', '300'], 2, /^bpm must be at most 200/],
    [
      'a tempo of a model that knows none',
      ['riff', 'a', '--bpm', '90', ...TINY],
      2,
      /cannot be told a tempo/,
    ],
    [
      'a recipe that is not there',
      ['riff', '--recipe', 'x.mp3'],
      3,
      /^There is no file x\.mp3: check its name\.$/,
    ],
    [
      'an unknown model',
      ['riff', 'a', '--model', 'big'],
      4,
      /^There is no model "big"\. Choose one of: .*riffcord-tiny/,
    ],
    [
      'a folder that is not there',
      ['riff', 'a', '--out', 'no/a.mp3'],
      5,
      /^no is no folder that may be written to\./,
    ],
  ])('says so in one sentence: %s', (_, args, code, sentence) =>
    inFolder(async (cwd) => {
      const result = await runCli(args, { cwd });
      expect(result).toMatchObject({ code, stdout: '' });
      expect(result.stderr).toMatch(/^[^\n]+\n$/);
      expect(result.stderr.trim()).toMatch(sentence);
      expect(await readdir(cwd)).toEqual([]);
    }),
  );

  it('tells errors as one JSON object when asked for JSON', () =>
    inFolder(async (cwd) => {
      const invalid = await runCli(['riff', 'a', '--steps', '0', '--json'], { cwd });
      expect(invalid).toMatchObject({ code: 2, stderr: '' });
      expect(onlyObject(invalid.stdout)).toEqual({
        error: { code: 'invalid_request', message: 'steps must be a whole number from 1 to 100.' },
      });
      const misspelt = await runCli(['riff', 'a', '--stepz', '0', '--json'], { cwd });
      expect(onlyObject<ErrorResult>(misspelt.stdout).error.code).toBe('usage');
      const wrongSetting = await runCli(['riff', 'a', '--json'], { cwd, env: { RIFFCORD_THREADS: 'many' } });
      expect(wrongSetting.code).toBe(2);
      expect(onlyObject<ErrorResult>(wrongSetting.stdout).error.message).toMatch(/^RIFFCORD_THREADS must be/);
      const device = process.platform === 'darwin' ? 'dml' : 'coreml';
      const noSuchDevice = await runCli(['riff', 'a', '--json', ...TINY], {
        cwd,
        env: { RIFFCORD_DEVICE: device },
      });
      expect(noSuchDevice.code).toBe(2);
      expect(onlyObject<ErrorResult>(noSuchDevice.stdout).error.code).toBe('device_unavailable');
    }));

  it('refuses a truncated model before it is loaded', () =>
    inFolder(async (cwd) => {
      const model = join(cwd, 'models', 'riffcord-tiny');
      await cp(join(TINY_MODELS, 'riffcord-tiny'), model, { recursive: true });
      await truncate(join(model, 'unet', 'model.onnx'), 1000);
      const env = { RIFFCORD_MODELS: join(cwd, 'models') };
      const truncated = await runCli(['riff', 'a', ...TINY], { cwd, env });
      expect(truncated).toMatchObject({ code: 4, stdout: '' });
      expect(truncated.stderr).toMatch(
        /unet\/model\.onnx is damaged: it has 1000 bytes and should have \d+\. /,
      );
    }));
});

describe('riffcord riff, on a full disk', () => {
  const hasUlimit = spawnSync('bash', ['-c', 'ulimit -f 8']).status === 0;

  it.skipIf(!hasUlimit)('ends with 5 and leaves neither of the two files (needs bash)', () =>
    inFolder(async (cwd) => {
      // The sound fits and is written first; the picture does not.
      const result = await runCli(['riff', 'a', '--seed', '1', ...TINY], { cwd, maxFileKib: 40 });
      expect(result).toEqual({
        code: 5,
        stdout: '',
        stderr: 'There is no space left to write a-1.png: free some, or choose another folder.\n',
      });
      expect(await readdir(cwd)).toEqual([]);
    }),
  );

  it('finds a folder that is a file before it works', () =>
    inFolder(async (cwd) => {
      await writeFile(join(cwd, 'file'), '');
      const result = await runCli(['riff', 'a', '--out', 'file/'], { cwd });
      expect(result).toMatchObject({ code: 5, stderr: 'The folder file/ cannot be made. Choose another.\n' });
    }));
});

describe.skipIf(process.platform !== 'linux')(
  'riffcord riff, interrupted (needs Linux, to see the engine start)',
  () => {
    it.each(['SIGINT', 'SIGTERM'] as const)(
      'ends with 130 on %s, without a file and without an engine',
      (signal) =>
        inFolder(async (cwd) => {
          await mkdir(join(cwd, 'out'));
          let engine = '';
          const result = await runCli(['riff', 'long', '--steps', '100', '--json', '--out', 'out'], {
            cwd,
            meanwhile: async (child) => {
              await untilItHasAChild(child);
              engine = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
              child.kill(signal);
            },
          });
          expect(result).toMatchObject({ code: 130, stderr: '' });
          expect(onlyObject(result.stdout)).toEqual({
            error: { code: 'interrupted', message: 'Interrupted: nothing was written.' },
          });
          expect(await readdir(join(cwd, 'out'))).toEqual([]);
          expect(() => process.kill(Number(engine), 0)).toThrow('ESRCH');
        }),
    );
  },
);

const hasPseudoTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
);

describe.skipIf(!hasPseudoTerminal)('riffcord riff, on a terminal (needs script of util-linux)', () => {
  it('draws a bar with percentage, stage and time left, wipes it, and prints the result', () =>
    inFolder(async (cwd) => {
      // The shipped model, because the tiny one is done before the bar is drawn a second time.
      const { code, stdout } = await runCli(['riff', 'funk', '--steps', '30'], {
        cwd,
        env: { TERM: 'xterm' },
        onTerminal: true,
      });
      expect(code).toBe(0);
      expect(stdout).toMatch(/░ 0 % {2}(starting|loading the model)/);
      expect(stdout).toMatch(/█░+ \d+ % {2}painting, step \d+ of 30/);
      expect(stdout).toMatch(/\d+ % {2}[a-z ]+, \d+ s left/);
      // eslint-disable-next-line no-control-regex -- the bar's line is wiped before the result
      expect(stdout).toMatch(/\u001b\[2KSound +funk-\d+\.mp3/);
      expect(stdout).toContain('\u001b[?25h');
    }));
});
