import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { durationSeconds } from '../../src/engine/audio/audio-clip.js';
import { readAudio } from '../../src/engine/files/read-audio.js';
import { readPicture } from '../../src/engine/files/read-picture.js';
import { MASK_PICTURES } from '../../src/engine/seed-pictures/mask-pictures.js';
import {
  SEED_PICTURES,
  createSeedPicture,
  describeSeedPicture,
} from '../../src/engine/seed-pictures/seed-pictures.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../src/engine/spectrogram/spectrogram-params.js';
import { inFolder, onlyObject, runCli, untilItHasWorked } from './run-cli.js';

describe('riffcord seeds', () => {
  it('lists seed pictures and masks, and writes nothing', () =>
    inFolder(async (cwd) => {
      const result = await runCli(['seeds'], { cwd });
      expect(result).toMatchObject({ code: 0, stderr: '' });
      const lines = result.stdout.split('\n');
      expect(lines[0]).toBe(
        'backbeat        93.8 bpm  4/4  drums, bass and electric piano at a walking pace: the one to begin with',
      );
      expect(lines.length).toBe(SEED_PICTURES.length + 2 + MASK_PICTURES.length + 1);
      const json = await runCli(['seeds', '--json'], { cwd });
      expect(onlyObject(json.stdout)).toEqual({ seedPictures: SEED_PICTURES, masks: MASK_PICTURES });
      expect(await readdir(cwd)).toEqual([]);
    }));

  it('tells the tempo of another width, of those that are named', () =>
    inFolder(async (cwd) => {
      const result = await runCli(['seeds', 'waltz', 'sea', '--width', '700', '--json'], { cwd });
      expect(onlyObject(result.stdout)).toEqual({
        seedPictures: ['waltz', 'sea'].map((name) =>
          describeSeedPicture(name, DEFAULT_SPECTROGRAM_PARAMS, 700),
        ),
        masks: [],
      });
    }));
});

describe('riffcord seeds --out', () => {
  it('writes the very pictures of the engine, with their parameters in them, and their sounds', () =>
    inFolder(async (cwd) => {
      const args = ['seeds', 'backbeat', '--out', 'new/pictures', '--audio', '--json'];
      const result = await runCli(args, { cwd });
      const files = ['backbeat.png', 'backbeat.wav'].map((name) => join('new/pictures', name));
      expect(onlyObject(result.stdout)).toMatchObject({ files, seedPictures: [{ beats: 8, meter: '4/4' }] });
      expect(await readdir(join(cwd, 'new/pictures'))).toEqual(['backbeat.png', 'backbeat.wav']);
      const file = await readPicture(await readFile(join(cwd, files[0]!)));
      expect(file).toMatchObject({ params: DEFAULT_SPECTROGRAM_PARAMS, paramsFromTags: true });
      expect(Buffer.compare(file.picture.rgb, createSeedPicture('backbeat').rgb)).toBe(0);
      const { clip } = await readAudio(await readFile(join(cwd, files[1]!)));
      expect(durationSeconds(clip)).toBe(5.12);
    }));

  it('takes width and parameters, and writes masks of the same size', () =>
    inFolder(async (cwd) => {
      const args = ['seeds', 'sea', '--out', '.', '--masks', '--width', '64', '--num-frequencies', '96'];
      const result = await runCli(args, { cwd });
      const names = ['sea', ...MASK_PICTURES.map(({ name }) => `mask-${name}`)].map((name) => `${name}.png`);
      expect(result).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
      expect((await readdir(cwd)).sort()).toEqual([...names].sort());
      for (const name of names) {
        const { picture } = await readPicture(await readFile(join(cwd, name)));
        expect(picture).toMatchObject({ width: 64, height: 96 });
      }
    }));

  it('overwrites nothing unless it is told to', () =>
    inFolder(async (cwd) => {
      await writeFile(join(cwd, 'sea.png'), 'mine');
      const args = ['seeds', 'bells', 'sea', '--out', '.', '--width', '16'];
      const refused = await runCli(args, { cwd });
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toMatch(/^sea\.png exists already: .*--force/);
      expect(await readdir(cwd)).toEqual(['sea.png']);
      expect((await runCli([...args, '--force'], { cwd })).code).toBe(0);
      expect((await readFile(join(cwd, 'sea.png'))).length).toBeGreaterThan(100);
    }));

  it.each([
    [['seeds', 'og_beat'], /^There is no seed picture "og_beat"\. There are: backbeat, house, /],
    [['seeds', '--width', '7'], /whole number of columns from 8 to 32768 wide, got 7\.$/],
    [['seeds', '--width', 'wide'], /It must be a number\./],
    [['seeds', '--audio'], /^--audio and --masks need --out, the folder that the files go to\.$/],
    [['seeds', '--out', '.', '--max-frequency', '30000'], /^Expected maxFrequency to be /],
  ])('refuses %j in a sentence', (args, sentence) =>
    inFolder(async (cwd) => {
      const result = await runCli(args, { cwd });
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr.trim()).toMatch(sentence);
      expect(await readdir(cwd)).toEqual([]);
    }),
  );
});

describe.skipIf(process.platform !== 'linux')(
  'riffcord seeds, interrupted (needs Linux, to see it work)',
  () => {
    it('ends with 130 after the picture at hand and leaves nothing behind', () =>
      inFolder(async (cwd) => {
        const result = await runCli(['seeds', '--out', '.'], {
          cwd,
          meanwhile: async (child) => {
            await untilItHasWorked(child, 1.2);
            child.kill('SIGINT');
          },
        });
        expect(result).toEqual({ code: 130, stdout: '', stderr: 'Interrupted: nothing was written.\n' });
        expect(await readdir(cwd)).toEqual([]);
      }));
  },
);
