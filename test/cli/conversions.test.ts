import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { durationSeconds } from '../../src/engine/audio/audio-clip.js';
import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import { readAudio } from '../../src/engine/files/read-audio.js';
import { readPicture } from '../../src/engine/files/read-picture.js';
import { writeAudio } from '../../src/engine/files/write-audio.js';
import { inFolder, onlyObject, runCli, untilItHasWorked } from './run-cli.js';

interface ErrorResult {
  readonly error: { readonly code: string; readonly message: string };
}

describe('riffcord to-image and to-audio', () => {
  it('turn a tone into its picture and back into the tone', () =>
    inFolder(async (cwd) => {
      await writeFile(join(cwd, 'tone.wav'), await wav(tone(440, 2)));
      const toImage = await runCli(['to-image', 'tone.wav', 'tone.png'], { cwd });
      expect(toImage).toEqual({
        code: 0,
        stdout: 'Picture   tone.png\nSize      201 x 512\nDuration  2.00 s\n',
        stderr: '',
      });
      const toAudio = await runCli(['to-audio', 'tone.png', 'back.wav', '--json'], { cwd });
      expect(onlyObject(toAudio.stdout)).toMatchObject({
        file: 'back.wav',
        durationSeconds: 2,
        numberOfChannels: 1,
        params: { numFrequencies: 512, stepSizeMs: 10 },
        paramsFromTags: true,
      });
      const { clip } = await readAudio(await readFile(join(cwd, 'back.wav')));
      expect(durationSeconds(clip)).toBe(2);
      expect(frequencyOf(clip)).toBeCloseTo(440, -1);
    }));

  it('take a part of the sound and every parameter, and keep them in the picture', () =>
    inFolder(async (cwd) => {
      await writeFile(join(cwd, 'tone.wav'), await wav(tone(1000, 2, 48_000)));
      const part = ['--start', '0.5', '--duration', '1'];
      const params = ['--sample-rate', '22050', '--step-size-ms', '20', '--window-duration-ms', '80'];
      const more = ['--padded-duration-ms', '200', '--num-frequencies', '128', '--min-frequency', '100'];
      const rest = ['--max-frequency', '8000', '--power-for-image', '0.5', '--stereo'];
      const all = [...part, ...params, ...more, ...rest];
      const result = await runCli(['to-image', 'tone.wav', 'tone.webp', '--json', ...all], { cwd });
      expect(onlyObject(result.stdout)).toMatchObject({ width: 51, height: 128, durationSeconds: 1 });
      const file = await readPicture(await readFile(join(cwd, 'tone.webp')));
      expect(file.picture).toMatchObject({ width: 51, height: 128 });
      expect(file.params).toEqual({
        sampleRate: 22050,
        stereo: true,
        stepSizeMs: 20,
        windowDurationMs: 80,
        paddedDurationMs: 200,
        numFrequencies: 128,
        minFrequency: 100,
        maxFrequency: 8000,
        powerForImage: 0.5,
      });

      const looped = await runCli(['to-audio', 'tone.webp', 'loop.ogg', '--loop', '--iterations', '2'], {
        cwd,
      });
      expect(looped.stdout).toBe(
        'Sound       loop.ogg\nDuration    1.02 s\nChannels    stereo\nParameters  from the picture\n',
      );
    }));

  it('read a picture without tags with what the command line says', () =>
    inFolder(async (cwd) => {
      const grey = { width: 20, height: 64, channels: 3, background: '#808080' } as const;
      await sharp({ create: grey }).png().toFile(join(cwd, 'plain.png'));
      const asIs = await runCli(['to-audio', 'plain.png', 'a.wav'], { cwd });
      expect(asIs).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/^The picture is 64 pixels high, /) as string,
      });
      const told = await runCli(
        ['to-audio', 'plain.png', 'a.wav', '--num-frequencies', '64', '--seed', '1'],
        { cwd },
      );
      expect(told.code).toBe(0);
      expect(told.stdout).toMatch(/^Parameters +the standard ones/m);
      const other = ['to-audio', 'plain.png', 'a.wav', '--num-frequencies', '64', '--seed', '2', '--force'];
      const before = await readFile(join(cwd, 'a.wav'));
      expect((await runCli(other, { cwd })).code).toBe(0);
      expect(await readFile(join(cwd, 'a.wav'))).not.toEqual(before);
    }));
});

describe('riffcord to-image --stereo-layout', () => {
  it('draws middle and side, which to-audio takes for what they are', () =>
    inFolder(async (cwd) => {
      const left = tone(440, 1).channels[0]!;
      await writeFile(
        join(cwd, 'left.wav'),
        await wav({ sampleRate: 44_100, channels: [left, left.map(() => 0)] }),
      );
      const options = ['--stereo', '--stereo-layout', 'mid-side'];
      const drawn = await runCli(['to-image', 'left.wav', 'a.png', '--json', ...options], { cwd });
      expect(onlyObject(drawn.stdout)).toMatchObject({ params: { stereo: true, stereoLayout: 'mid-side' } });
      expect((await runCli(['to-audio', 'a.png', 'b.wav', '--quality', 'fast'], { cwd })).code).toBe(0);
      const { channels } = (await readAudio(await readFile(join(cwd, 'b.wav')))).clip;
      const [loud, quiet] = channels.map((samples) => Math.max(...samples.map(Math.abs)));
      expect(quiet! / loud!).toBeLessThan(0.01);
      const unknown = await runCli(['to-image', 'left.wav', 'c.png', '--stereo-layout', 'both'], { cwd });
      expect(unknown).toMatchObject({ code: 2 });
      expect(unknown.stderr).toMatch(/Allowed choices are left-right, mid-side\./);
    }));
});

describe('riffcord to-audio', () => {
  it('makes sound in every quality, and at every sample rate', () =>
    inFolder(async (cwd) => {
      const path = join(cwd, 'plain.png');
      await sharp({ create: { width: 20, height: 64, channels: 3, background: '#808080' } })
        .png()
        .toFile(path);
      const make = async (...options: string[]): Promise<AudioClip> => {
        const asked = ['to-audio', 'plain.png', 'a.wav', '--force', '--num-frequencies', '64', ...options];
        const result = await runCli(asked, { cwd });
        expect(result).toMatchObject({ code: 0, stderr: '' });
        return (await readAudio(await readFile(join(cwd, 'a.wav')))).clip;
      };
      const standard = await make();
      const [studio, fast, reference] = [
        await make('--quality', 'studio'),
        await make('--quality', 'fast'),
        await make('--quality', 'reference'),
      ];
      expect(studio).toEqual(standard);
      expect(fast.channels[0]).not.toEqual(standard.channels[0]);
      expect(reference.channels[0]).not.toEqual(standard.channels[0]);
      expect(standard.sampleRate).toBe(44_100);
      for (const quality of ['fast', 'reference']) {
        const sound = await make('--output-rate', '48000', '--quality', quality);
        expect([sound.sampleRate, durationSeconds(sound)]).toEqual([48_000, 0.19]);
      }
    }));

  it.each([
    [['--quality', 'best'], /Allowed choices are fast, studio, reference\./],
    [['--iterations', '0'], /It must be from 1 to 1000\./],
    [['--iterations', '1.5'], /It must be a whole number\./],
    [['--output-rate', '7999'], /It must be from 8000 to 192000\./],
    [['--output-rate', 'high'], /It must be a number\./],
  ])('refuses %j with what it may be', (options, sentence) =>
    inFolder(async (cwd) => {
      const result = await runCli(['to-audio', 'a.png', 'a.wav', ...options], { cwd });
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr).toMatch(sentence);
      expect(await readdir(cwd)).toEqual([]);
    }),
  );
});

describe('riffcord to-image and to-audio, given bad files', () => {
  it.each<[string, string, (path: string) => Promise<void>, string, RegExp]>([
    [
      'noise for sound',
      'to-image',
      (path) => writeFile(path, noise(5000)),
      'audio_unreadable',
      /convert it to/,
    ],
    [
      'sound of no length',
      'to-image',
      async (path) => writeFile(path, await wav(tone(440, 0))),
      'audio_empty',
      /no sound in it/,
    ],
    ['an hour', 'to-image', writeHour, 'audio_too_long', /longer than 300 seconds/],
    [
      '100 megapixels',
      'to-audio',
      (path) => writeFile(path, hugePng()),
      'image_too_large',
      /100\.0 megapixels \(10000 x 10000\)/,
    ],
    ['a photograph', 'to-audio', writePhotograph, 'image_not_spectrogram', /90 pixels high/],
  ])('says what is wrong and writes nothing: %s', (_, command, prepare, code, sentence) =>
    inFolder(async (cwd) => {
      await prepare(join(cwd, 'input'));
      const before = await readdir(cwd);
      const output = command === 'to-image' ? 'out.png' : 'out.wav';
      const result = await runCli([command, 'input', output, '--json'], { cwd });
      expect(result).toMatchObject({ code: 3, stderr: '' });
      const { error } = onlyObject<ErrorResult>(result.stdout);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(sentence);
      expect(await readdir(cwd)).toEqual(before);
    }),
  );

  it('says so when a folder is named, and when the part asked for is empty', () =>
    inFolder(async (cwd) => {
      const folder = await runCli(['to-image', '.', 'a.png'], { cwd });
      expect(folder).toEqual({ code: 3, stdout: '', stderr: '. is a folder: name a file in it.\n' });
      await writeFile(join(cwd, 'tone.wav'), await wav(tone(440, 1)));
      const beyond = await runCli(['to-image', 'tone.wav', 'a.png', '--start', '9'], { cwd });
      expect(beyond).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('the file is 1.00 s long') as string,
      });
    }));
});

describe('riffcord to-image, on a full disk', () => {
  const hasUlimit = spawnSync('bash', ['-c', 'ulimit -f 8']).status === 0;

  it.skipIf(!hasUlimit)('ends with 5, and an older file of that name is still whole (needs bash)', () =>
    inFolder(async (cwd) => {
      await writeFile(join(cwd, 'tone.wav'), await wav(tone(440, 1)));
      await writeFile(join(cwd, 'old.png'), 'old');
      const result = await runCli(['to-image', 'tone.wav', 'old.png', '--force'], { cwd, maxFileKib: 1 });
      expect(result).toMatchObject({ code: 5, stdout: '' });
      expect(result.stderr).toBe(
        'There is no space left to write old.png: free some, or choose another folder.\n',
      );
      expect(await readFile(join(cwd, 'old.png'), 'utf8')).toBe('old');
      expect((await readdir(cwd)).sort()).toEqual(['old.png', 'tone.wav']);
    }),
  );
});

describe.skipIf(process.platform !== 'linux')(
  'riffcord to-image, interrupted (needs Linux, to see it work)',
  () => {
    it('ends with 130 in the middle of the work and leaves nothing behind', () =>
      inFolder(async (cwd) => {
        await writeFile(join(cwd, 'long.wav'), await wav(tone(440, 100)));
        const result = await runCli(['to-image', 'long.wav', 'long.png', '--step-size-ms', '0.5'], {
          cwd,
          meanwhile: async (child) => {
            await untilItHasWorked(child, 1.5);
            child.kill('SIGINT');
          },
        });
        expect(result).toEqual({ code: 130, stdout: '', stderr: 'Interrupted: nothing was written.\n' });
        expect(await readdir(cwd)).toEqual(['long.wav']);
      }));
  },
);

function tone(frequency: number, seconds: number, sampleRate = 44_100): AudioClip {
  const samples = Float32Array.from(
    { length: seconds * sampleRate },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * frequency * index) / sampleRate),
  );
  return { sampleRate, channels: [samples] };
}

async function wav(clip: AudioClip): Promise<Uint8Array> {
  return (await writeAudio(clip, 'wav')).bytes;
}

/** From the zero crossings. */
function frequencyOf(clip: AudioClip): number {
  const samples = clip.channels[0] ?? new Float32Array(0);
  const rises = samples.filter((sample, index) => sample >= 0 && (samples[index - 1] ?? 0) < 0).length;
  return rises / durationSeconds(clip);
}

/** The same each time. */
function noise(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7919 + (index * index) / 3) & 0xff);
}

/** An hour of 8-bit silence, most of it a hole in the file. */
async function writeHour(path: string): Promise<void> {
  const sampleRate = 8000;
  const size = 3600 * sampleRate;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + size, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // PCM
  head.writeUInt16LE(1, 22); // mono
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(size, 40);
  await writeFile(path, head);
  await truncate(path, 44 + size);
}

async function writePhotograph(path: string): Promise<void> {
  const create = { width: 160, height: 90, channels: 3, background: '#336699' } as const;
  await writeFile(path, await sharp({ create }).jpeg().toBuffer());
}

/** 10,000 x 10,000 white pixels in some kilobytes. */
function hugePng(): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(10_000, 0);
  header.writeUInt32BE(10_000, 4);
  header.set([1, 0, 0, 0, 0], 8); // one bit a pixel, grey
  const rows = deflateSync(Buffer.alloc(10_000 * 1251, 0), { level: 1 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), 4 + body.length);
  return chunk;
}
